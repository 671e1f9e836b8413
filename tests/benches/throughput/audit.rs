//! An auditor's questions to a long log: was it altered, what was an instance then, and can I have it in
//! a file.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::clock::FixedClock;
use domain::execution::ExecutionEvent;
use domain::ids::StrategyKey;
use event_store::{Append, EventLog, Expected, NewEvent, Position, StreamName};
use hdrhistogram::Histogram;
use projections::instance_moments::query as moments_of;
use projections::{Projector, Tables};
use uuid::Uuid;

use super::append::{metadata, open};
use super::database::Databases;
use super::rebuild::{EVENTS_EACH, INSTANCES, fill};

/// `STRATEGOS_BENCH_EVENTS` overrides (`10000000`).
const EVENTS: u64 = INSTANCES * EVENTS_EACH;
/// Often enough to see how much a program of some seconds takes.
const LOOK_AT_MEMORY: Duration = Duration::from_millis(20);
const MOMENTS: u64 = 2_000;
/// Of an instance that has run for long.
const LONG: u64 = 10_000;

pub(crate) async fn measure(databases: &Databases) {
    let events = std::env::var("STRATEGOS_BENCH_EVENTS").ok();
    let events = events.and_then(|events| events.parse().ok());
    let instances = events.unwrap_or(EVENTS) / EVENTS_EACH;
    let events = instances * EVENTS_EACH;
    println!("\n### Auditing {events} events\n");
    println!("| | seconds | events/s | most MiB |\n| --- | ---: | ---: | ---: |");
    let places = [
        ("SQLite", databases.sqlite()),
        ("PostgreSQL", databases.postgres("audit").await),
    ];
    for (name, url) in &places {
        fill(url, &format!("{name}: appending them"), instances).await;
        programs(name, url, events);
    }
    println!("\n| an instance at a random moment | p50 / p99 ms |\n| --- | ---: |");
    for (name, url) in &places {
        moments(name, url, instances).await;
    }
}

/// As auditors run them.
fn programs(name: &str, url: &str, events: u64) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = |name: &str| folder.path().join(name).display().to_string();
    let (key, shelf) = (file("key"), file("shelf"));
    run(
        url,
        &["keygen", "--name", "example.com/bench", "--out", &key],
    );
    let signing = run(url, &["checkpoint", "--key", &key, "--into", &shelf]);
    told_of(&format!("{name}: `checkpoint`"), events, &signing);
    let verifying = run(url, &["verify", "log"]);
    told_of(&format!("{name}: `verify log`"), events, &verifying);
    let public = format!("{key}.pub");
    let held = ["--checkpoints", &shelf, "--public-key", &public];
    let verifying = run(url, &[&["verify", "log"], &held[..]].concat());
    told_of(
        &format!("{name}: `verify log`, against checkpoint and leaf hashes"),
        events,
        &verifying,
    );
    let middle = events / 2;
    let past = run(url, &["at", "--position", &middle.to_string()]);
    told_of(
        &format!("{name}: `at` the middle, everything"),
        middle,
        &past,
    );
    for format in ["ndjson", "csv", "parquet"] {
        let out = file(format);
        let export = ["export", "--key", &key, "--out", &out, "--format", format];
        let exporting = run(url, &export);
        let bytes = size_of(&Path::new(&out).join(format!("events.{format}")));
        let rate = bytes as f64 / 1e6 / exporting.took.as_secs_f64();
        let label = format!("{name}: `export --format {format}`, {rate:.0} MB/s");
        told_of(&label, events, &exporting);
    }
}

/// What a program took.
struct Run {
    took: Duration,
    most_mib: f64,
}

fn told_of(label: &str, events: u64, run: &Run) {
    let seconds = run.took.as_secs_f64();
    let rate = events as f64 / seconds;
    println!(
        "| {label} | {seconds:.2} | {rate:.0} | {:.0} |",
        run.most_mib
    );
}

fn run(url: &str, arguments: &[&str]) -> Run {
    let mut command = Command::new(program());
    command
        .args(["--database", url])
        .args(arguments)
        .stdout(Stdio::null());
    let start = Instant::now();
    let mut program = command.spawn().expect("strategos-replay starts");
    let mut most_mib = 0.0;
    let ended = loop {
        if let Some(ended) = program.try_wait().expect("it is ours to wait for") {
            break ended;
        }
        most_mib = most_memory_mib(program.id()).unwrap_or(most_mib);
        std::thread::sleep(LOOK_AT_MEMORY);
    };
    assert!(ended.success(), "{arguments:?}: {ended}");
    let took = start.elapsed();
    Run { took, most_mib }
}

/// Since the program began; `None` once it has ended.
fn most_memory_mib(id: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let most = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: f64 = most.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kib / 1024.0)
}

/// Beside the folder that benchmarks are built into.
fn program() -> PathBuf {
    let this = std::env::current_exe().expect("a program knows its path");
    let release = this
        .ancestors()
        .nth(2)
        .expect("target/release/deps/throughput");
    let program = release.join("strategos-replay");
    assert!(
        program.exists(),
        "build it first: cargo build --release --package replay-tools (./dev bench does)"
    );
    program
}

fn size_of(file: &Path) -> u64 {
    std::fs::metadata(file).expect("what was exported").len()
}

async fn moments(name: &str, url: &str, instances: u64) {
    let busy = StrategyKey::new("user-7-client-pmm");
    run_for_long(url, &busy).await;
    let log = open(url).await;
    let tables = followed(url, &log).await;
    let head = log.head().await.expect("a head").0;
    // Any key, any moment, the same in every run
    let any = |number: u64| number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 11;
    let short = |number| StrategyKey::new(format!("user-{}-client-pmm", any(number) % instances));
    let mut took = Histogram::<u64>::new(3).expect("a histogram");
    for number in 0..MOMENTS {
        let at = Position(any(number + MOMENTS) % head + 1);
        took += asked(&tables, log.as_ref(), &short(number), at).await;
    }
    told(&format!("{name}: {EVENTS_EACH} events"), &took);
    took.clear();
    for _ in 0..MOMENTS / 10 {
        took += asked(&tables, log.as_ref(), &busy, Position(head)).await;
    }
    told(&format!("{name}: {LONG} events, asked at its end"), &took);
}

/// The tables that moments are looked up in, up to the head of the log.
async fn followed(url: &str, log: &Arc<dyn EventLog>) -> Tables {
    let tables = Tables::connect(url).await.expect("the tables open");
    tables.migrate().await.expect("the tables migrate");
    let clock = Arc::new(FixedClock(chrono::DateTime::UNIX_EPOCH));
    let projector = Projector::new(tables.clone(), log.clone(), clock);
    for name in ["strategy_instances", "strategy_instance_moments"] {
        let rebuilt = projector.rebuild(name, &|_| ()).await;
        rebuilt.expect("a rebuild");
    }
    tables
}

async fn asked(tables: &Tables, log: &dyn EventLog, key: &StrategyKey, at: Position) -> u64 {
    let start = Instant::now();
    moments_of::find(tables, log, key, at)
        .await
        .expect("a past state");
    u64::try_from(start.elapsed().as_micros()).expect("microseconds")
}

fn told(label: &str, took: &Histogram<u64>) {
    let ms = |quantile| took.value_at_quantile(quantile) as f64 / 1e3;
    println!("| {label} | {:.1} / {:.1} |", ms(0.5), ms(0.99));
}

/// Its current run skips ticks, each for another reason.
async fn run_for_long(url: &str, key: &StrategyKey) {
    const AT_ONCE: usize = 100;
    let log = open(url).await;
    for first in (0..LONG).step_by(AT_ONCE) {
        let events = (first..).take(AT_ONCE).map(skipped);
        let append = Append {
            stream: StreamName::new("execution", format!("{key}#3")),
            expected: Expected::Any,
            events: events.collect(),
            metadata: metadata(),
            unchanged: vec![],
            idempotency: None,
        };
        log.append(append).await.expect("an append");
    }
    log.close().await;
}

fn skipped(number: u64) -> NewEvent {
    let event = ExecutionEvent::TickSkipped {
        reason: format!("BTC/USDT on binance has no mid price: its book lacks a side ({number})"),
        tick_at: chrono::DateTime::UNIX_EPOCH,
    };
    NewEvent {
        event_id: Uuid::new_v4(),
        event_type: cqrs_es::DomainEvent::event_type(&event),
        event_version: cqrs_es::DomainEvent::event_version(&event),
        payload: serde_json::to_string(&event).expect("an event is JSON"),
    }
}
