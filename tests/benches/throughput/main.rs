//! Measures us beside stock cqrs-es + postgres-es and beside the database's own limit, in one run
//! on one machine. Read the ratios: absolute figures move with the machine.
//!
//! `./dev bench` starts a private PostgreSQL with fsync on and runs this; add names of
//! measurements (`decide`, `instances`, `append`, `load-append`, `start`, `rebuild`,
//! `audit`, `list`) to run only those.
#![expect(clippy::print_stdout, reason = "its output is its purpose")]
#![expect(
    clippy::expect_used,
    reason = "a benchmark that can't measure must stop"
)]
#![expect(clippy::cast_precision_loss, reason = "counts of a few seconds fit")]

mod append;
mod audit;
mod database;
mod decide;
mod instances;
mod list;
mod load_append;
mod load_driver;
mod probe;
mod rebuild;
mod start;
mod stock;
mod stock_http;

use database::Databases;

/// Seconds per sample; `STRATEGOS_BENCH_SECONDS` overrides.
const SECONDS: u64 = 3;

/// As the server has; it serves the peer as well.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() {
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| !a.starts_with("--"))
        .collect();
    let wants = |name: &str| wanted.is_empty() || wanted.iter().any(|w| w == name);
    let seconds = std::env::var("STRATEGOS_BENCH_SECONDS");
    let seconds = seconds.ok().and_then(|s| s.parse().ok()).unwrap_or(SECONDS);
    if wants("decide") {
        decide::measure();
    }
    if wants("instances") {
        instances::measure(seconds).await;
    }
    let databases = Databases::from_environment();
    if wants("append") {
        append::measure(&databases, seconds).await;
    }
    if wants("load-append") {
        load_append::measure(&databases, seconds).await;
    }
    if wants("start") {
        start::measure(&databases, seconds).await;
    }
    if wants("rebuild") {
        rebuild::measure(&databases).await;
    }
    if wants("audit") {
        audit::measure(&databases).await;
    }
    if wants("list") {
        list::measure(&databases, seconds).await;
    }
}
