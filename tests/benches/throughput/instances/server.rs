//! A server process and what it takes: from the system's account of it and its own figures.

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::path::Path;
use std::time::Duration;

use tests::ServerProcess;

/// Clock ticks per second in `/proc`, on every Linux.
const JIFFIES: f64 = 100.0;

pub(crate) struct Measured {
    process: ServerProcess,
    metrics: String,
}

/// At one moment, since the process began.
pub(crate) struct Figures {
    pub(crate) cpu: Duration,
    pub(crate) events: f64,
    /// Ticks that were at most so many milliseconds late.
    late: BTreeMap<u64, f64>,
    ticks: f64,
}

impl Measured {
    pub(crate) fn start(folder: &Path) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let address = listener.local_addr().expect("it is bound");
        drop(listener);
        let settings = folder.join("bench.toml");
        let text = format!("metrics_listen = \"{address}\"\n");
        std::fs::write(&settings, text).expect("a settings file");
        let settings = settings.display().to_string();
        let process = ServerProcess::start_with(folder, &["--settings", &settings]);
        Self {
            process,
            metrics: format!("http://{address}/metrics"),
        }
    }

    pub(crate) fn url(&self) -> &str {
        &self.process.url
    }

    pub(crate) fn kill(self) {
        self.process.kill();
    }

    pub(crate) fn memory_mib(&self) -> f64 {
        let status = self.proc("status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.trim().strip_suffix(" kB"));
        kib.and_then(|kib| kib.parse::<f64>().ok())
            .expect("VmRSS in kB")
            / 1024.0
    }

    pub(crate) async fn figures(&self) -> Figures {
        let text = reqwest::get(&self.metrics)
            .await
            .expect("figures are told")
            .text();
        let text = text.await.expect("figures are text");
        let mut late = BTreeMap::new();
        for line in text.lines() {
            let Some(rest) = line.strip_prefix("tick_lateness_seconds_bucket{le=\"") else {
                continue;
            };
            let (bound, count) = rest.split_once("\"} ").expect("a bucket");
            if let Ok(bound) = bound.parse::<f64>() {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "bounds are a few seconds"
                )]
                let ms = (bound * 1e3).round() as u64;
                late.insert(ms, count.parse().expect("a count"));
            }
        }
        Figures {
            cpu: self.cpu(),
            events: named(&text, "events_appended_total"),
            ticks: named(&text, "tick_lateness_seconds_count"),
            late,
        }
    }

    fn cpu(&self) -> Duration {
        let stat = self.proc("stat");
        // Behind the name, which is in brackets: state is field 3, utime 14 and stime 15
        let (_, fields) = stat.rsplit_once(") ").expect("a name in brackets");
        let jiffies: f64 = fields
            .split(' ')
            .skip(11)
            .take(2)
            .map(|field| field.parse::<f64>().expect("a number"))
            .sum();
        Duration::from_secs_f64(jiffies / JIFFIES)
    }

    fn proc(&self, file: &str) -> String {
        let path = format!("/proc/{}/{file}", self.process.id());
        std::fs::read_to_string(path).expect("Linux tells of its processes")
    }
}

impl Figures {
    pub(crate) fn ticks(&self) -> f64 {
        self.ticks
    }

    /// The smallest bounds that half, 99 % and 99.9 % stayed within.
    pub(crate) fn lateness_since(&self, before: &Self) -> String {
        let ticks = self.ticks - before.ticks;
        let within = |share: f64| {
            let bound = self.late.iter().find(|(bound, count)| {
                **count - before.late.get(bound).copied().unwrap_or(0.0) >= share * ticks
            });
            bound.map_or("more".to_owned(), |(bound, _)| format!("≤ {bound} ms"))
        };
        let (half, most, all) = (within(0.5), within(0.99), within(0.999));
        format!("half {half}, 99 % {most}, 99.9 % {all}")
    }
}

fn named(text: &str, name: &str) -> f64 {
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|rest| rest.trim().parse().ok())
        .unwrap_or_else(|| panic!("no figure {name}"))
}
