//! Runs the same operation from many tasks for a while and counts what was acknowledged.

use std::future::Future;
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;

/// What one peer managed.
#[derive(Debug, Clone)]
pub(crate) struct Sample {
    pub(crate) per_second: f64,
    pub(crate) p50_ms: f64,
    pub(crate) p99_ms: f64,
}

/// Calls `operation(worker, iteration)` from `concurrency` tasks, each as fast as it is answered.
/// The first tenth of the time warms up and is not counted.
pub(crate) async fn drive<F, Fut>(concurrency: usize, seconds: u64, operation: F) -> Sample
where
    F: Fn(usize, u64) -> Fut + Clone + Send + 'static,
    Fut: Future<Output = ()> + Send,
{
    let start = Instant::now();
    let counting_from = start + Duration::from_millis(seconds * 100);
    let until = start + Duration::from_secs(seconds);
    let workers = (0..concurrency).map(|worker| {
        let operation = operation.clone();
        tokio::spawn(async move {
            let mut latencies = Histogram::<u64>::new(3).expect("three digits are supported");
            for iteration in 0.. {
                let began = Instant::now();
                if began >= until {
                    break;
                }
                operation(worker, iteration).await;
                if began >= counting_from {
                    let micros = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
                    latencies
                        .record(micros)
                        .expect("an auto-resizing histogram takes any value");
                }
            }
            latencies
        })
    });
    let mut all = Histogram::<u64>::new(3).expect("three digits are supported");
    for worker in futures::future::join_all(workers).await {
        all.add(worker.expect("a worker panicked"))
            .expect("same precision");
    }
    let counted = until.duration_since(counting_from).as_secs_f64();
    Sample {
        per_second: all.len() as f64 / counted,
        p50_ms: all.value_at_quantile(0.5) as f64 / 1000.0,
        p99_ms: all.value_at_quantile(0.99) as f64 / 1000.0,
    }
}

/// One row per concurrency: every peer's median of the rounds, and ratios to the first.
pub(crate) struct Table {
    title: &'static str,
    peers: Vec<&'static str>,
    rows: Vec<(String, Vec<Sample>)>,
}

impl Table {
    pub(crate) fn new(title: &'static str, peers: &[&'static str]) -> Self {
        Self {
            title,
            peers: peers.to_vec(),
            rows: vec![],
        }
    }

    /// `rounds[round][peer]`: peers took turns, so that a slow minute hits all of them.
    pub(crate) fn row(&mut self, label: String, rounds: &[Vec<Sample>]) {
        let medians = (0..self.peers.len()).map(|peer| {
            let mut samples: Vec<&Sample> = rounds.iter().map(|round| &round[peer]).collect();
            samples.sort_by(|a, b| a.per_second.total_cmp(&b.per_second));
            samples[samples.len() / 2].clone()
        });
        let medians: Vec<Sample> = medians.collect();
        self.rows.push((label, medians));
    }

    pub(crate) fn print(&self) {
        println!("\n### {}\n", self.title);
        print!("| |");
        for peer in &self.peers {
            print!(" {peer}/s | p50 / p99 ms |");
        }
        for peer in &self.peers[1..] {
            print!(" {peer} ÷ {} |", self.peers[0]);
        }
        print!("\n| --- |");
        print!("{}", " ---: |".repeat(self.peers.len() * 3 - 1));
        println!();
        for (label, samples) in &self.rows {
            print!("| {label} |");
            for sample in samples {
                print!(
                    " {:.0} | {:.2} / {:.2} |",
                    sample.per_second, sample.p50_ms, sample.p99_ms
                );
            }
            for sample in &samples[1..] {
                print!(" {:.2} |", sample.per_second / samples[0].per_second);
            }
            println!();
        }
    }
}
