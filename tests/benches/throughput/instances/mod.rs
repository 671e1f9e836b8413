//! Thousands of instances in one server, as its users run it: what it takes of the machine, how late it
//! is, how long they quote, and how soon they are back after `kill -9`.

mod history;
mod server;
mod venue_file;

use std::hash::{BuildHasher, RandomState};
use std::path::Path;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use futures::StreamExt;
use serde_json::json;
use tests::Client;
use tokio::time::sleep;

use history::History;
use server::{Figures, Measured};

/// How many run; `STRATEGOS_BENCH_INSTANCES` overrides (`1000,10000`).
const SIZES: [usize; 2] = [1_000, 10_000];
/// The least seconds that a period needs to say something.
const SHORTEST: u64 = 60;
const STARTS_AT_ONCE: usize = 32;
/// Started one by one beside those that run, and stopped again.
const MORE: usize = 200;
/// Quote so near the price that they trade all the time, while the server is killed.
const TRADING: usize = 50;
/// How often the server is killed; `STRATEGOS_BENCH_KILLS` overrides.
const KILLS: usize = 3;
/// It is killed at any moment of these after all run again, and sometimes while it comes back.
const KILLED_WITHIN: Duration = Duration::from_secs(4);
/// How often memory is looked at in a period.
const LOOKS: u32 = 6;

pub(crate) async fn measure(seconds: u64) {
    println!(
        "\n### Instances of market making in one server (SQLite), each looking every second\n"
    );
    let sizes = std::env::var("STRATEGOS_BENCH_INSTANCES");
    let sizes: Vec<usize> = match &sizes {
        Ok(sizes) => sizes.split(',').filter_map(|s| s.parse().ok()).collect(),
        Err(_) => SIZES.to_vec(),
    };
    for size in sizes {
        run(size, Duration::from_secs(seconds.max(SHORTEST))).await;
    }
}

async fn run(size: usize, period: Duration) {
    println!("\n{size} instances\n\n| | |\n| --- | ---: |");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut server = Measured::start(folder.path());
    let client = Client::log_in(server.url()).await;
    let definition = client.definition_id("pure-market-making").await;
    let began = Instant::now();
    let starts = (0..size).map(|number| start(&client, &definition, number, WIDE));
    futures::stream::iter(starts)
        .buffer_unordered(STARTS_AT_ONCE)
        .collect::<()>()
        .await;
    let rate = size as f64 / began.elapsed().as_secs_f64();
    line("starts/s", &format!("{rate:.0}"));
    let mut history = History::open(folder.path()).await;
    until(&mut history, |history| history.quoting() == size).await;

    let from = now();
    let before = server.figures().await;
    let memory = memory_over(&server, period).await;
    let after = server.figures().await;
    told(&before, &after, period);
    line("memory meanwhile, MiB", &memory);
    history.catch_up().await;
    let quoted = history.quoted(from, now());
    line(
        "time with a buy and a sell in the book",
        &format!("{:.3} %", quoted * 100.0),
    );

    come_and_go(&client, &definition, size, &mut history).await;
    let traders = size + MORE..size + MORE + TRADING;
    for number in traders.clone() {
        start(&client, &definition, number, NARROW).await;
    }
    until(&mut history, |history| !history.trades().is_empty()).await;
    server = killed(server, folder.path(), size + TRADING, &mut history).await;

    let client = Client::log_in(server.url()).await;
    let stops = (0..size).chain(traders.clone());
    let stops = stops.map(|number| stop(&client, &definition, number));
    futures::stream::iter(stops)
        .buffer_unordered(STARTS_AT_ONCE)
        .collect::<()>()
        .await;
    until(&mut history, |history| history.closed() == traders.end).await;
    let agreed = venue_file::agreed(folder.path(), &history).await;
    line(
        "at the end, orders and trades in the log and at the venue",
        &format!("the same {} and {}", agreed.orders, agreed.trades),
    );
}

async fn come_and_go(client: &Client, definition: &str, size: usize, history: &mut History) {
    for number in size..size + MORE {
        start(client, definition, number, WIDE).await;
    }
    until(history, |history| history.quoting() == size + MORE).await;
    for number in size..size + MORE {
        stop(client, definition, number).await;
    }
    until(history, |history| history.closed() == MORE).await;
    line(
        "from start to first order acknowledged, p50 / p99 ms",
        &history.first_orders(MORE),
    );
    line(
        "from stop to the last cancellation confirmed, p50 / p99 ms",
        &history.stops(),
    );
}

/// Answers with the process that lives.
async fn killed(
    mut server: Measured,
    folder: &Path,
    size: usize,
    history: &mut History,
) -> Measured {
    let kills = std::env::var("STRATEGOS_BENCH_KILLS").ok();
    let kills = kills.and_then(|kills| kills.parse().ok());
    let kills = kills.unwrap_or(KILLS).max(1);
    let mut back = Vec::with_capacity(kills);
    for number in 0..kills {
        sleep(any_moment()).await;
        server.kill();
        // Every other time it is killed once more while it comes back
        if number % 2 == 1 {
            let again = Measured::start(folder);
            sleep(any_moment()).await;
            again.kill();
        }
        let began = now();
        server = Measured::start(folder);
        until(history, |history| history.resumed_since(began) == size).await;
        back.push((history.last_resumed() - began).as_seconds_f64());
    }
    back.sort_by(f64::total_cmp);
    line(
        "after kill -9 until all run again, half / all, s",
        &format!(
            "{:.1} / {:.1} (n = {kills})",
            back[kills / 2],
            back[kills - 1]
        ),
    );
    server
}

fn any_moment() -> Duration {
    let chance = RandomState::new().hash_one(0_u8);
    KILLED_WITHIN.mul_f64(chance as f64 / u64::MAX as f64)
}

/// How far from the price they quote, as a fraction of it.
const WIDE: f64 = 0.01;
const NARROW: f64 = 0.000_1;

/// How far the price may move until quotes are replaced, in percent; `STRATEGOS_BENCH_TOLERANCE`
/// overrides, and with -1 they are replaced each time.
const TOLERANCE: f64 = 0.1;

/// Quotes that are due every five seconds and stay while the price does. The cheapest of the pairs
/// trades at a thousandth of a dollar, and an order must be worth one.
async fn start(client: &Client, definition: &str, number: usize, spread: f64) {
    let exchanges = ["binance", "mexc", "okx", "kraken"];
    let tolerance = std::env::var("STRATEGOS_BENCH_TOLERANCE").ok();
    let tolerance = tolerance.and_then(|percent| percent.parse().ok());
    let config = json!({
        "pair": format!("C{}/USDT", number % 50), "exchangeName": exchanges[number % 4],
        "orderRefreshTime": 5000, "refreshTogether": true,
        "orderRefreshTolerancePct": tolerance.unwrap_or(TOLERANCE),
        "bidSpread": spread, "askSpread": spread, "orderAmount": 1000, "priceSourceType": "mid_price",
    });
    let body = json!({ "definitionId": definition, "userId": format!("user-{number}"),
                       "clientId": "c", "config": config });
    client.post("/admin/strategy/instances/start", body).await;
}

async fn stop(client: &Client, definition: &str, number: usize) {
    let body = json!({ "definitionId": definition, "userId": format!("user-{number}"),
                       "clientId": "c" });
    client.post("/admin/strategy/instances/stop", body).await;
}

async fn until(history: &mut History, enough: impl Fn(&History) -> bool) {
    loop {
        history.catch_up().await;
        if enough(history) {
            return;
        }
        sleep(Duration::from_millis(100)).await;
    }
}

async fn memory_over(server: &Measured, period: Duration) -> String {
    let mut memory = vec![server.memory_mib()];
    for _ in 0..LOOKS {
        sleep(period / LOOKS).await;
        memory.push(server.memory_mib());
    }
    let memory: Vec<String> = memory.iter().map(|mib| format!("{mib:.0}")).collect();
    memory.join(", ")
}

fn told(before: &Figures, after: &Figures, period: Duration) {
    let each = |count: f64| count / period.as_secs_f64();
    let cores = each(after.cpu.as_secs_f64() - before.cpu.as_secs_f64());
    line("CPU, of one core", &format!("{:.0} %", cores * 100.0));
    let ticks = each(after.ticks() - before.ticks());
    line("ticks/s", &format!("{ticks:.0}"));
    line("ticks late by", &after.lateness_since(before));
    let events = each(after.events - before.events);
    line("events/s", &format!("{events:.0}"));
}

fn now() -> DateTime<Utc> {
    #[expect(
        clippy::disallowed_methods,
        reason = "it measures by the server's clock"
    )]
    Utc::now()
}

fn line(what: &str, figure: &str) {
    println!("| {what} | {figure} |");
}
