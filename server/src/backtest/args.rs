//! What `strategos backtest` is told.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

const EXAMPLES: &str = "\
Examples:
  strategos backtest --definition pure-market-making \\
      --config '{\"pair\":\"WLD/USDT\",\"bidSpread\":0.002,\"askSpread\":0.002,\"orderAmount\":50}'
  strategos backtest --definition my-maker@1.2.0 --config @config.json --from 7d --length 2days \\
      --html report.html
  strategos backtest --definition pure-market-making --config @config.json --data trades.csv.gz --json

Nothing is recorded in the installation, and nothing leaves this machine.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct BacktestArgs {
    /// A definition's key, or KEY@VERSION; of this installation, or else a built-in one
    #[arg(long, value_name = "KEY")]
    pub(crate) definition: String,
    /// What differs from the definition's defaults: JSON, or @FILE
    #[arg(long, value_name = "JSON", default_value = "{}")]
    pub(crate) config: String,
    /// Prices of the pair traded: `recorded` (WLD/USDT, 90 days; other pairs are made from it),
    /// `generated` (a random walk), or a CSV file of trades
    #[arg(long, value_name = "DATA", default_value = "recorded")]
    pub(crate) data: String,
    /// Where in the data it begins
    #[arg(long, value_name = "TIME", default_value = "0s", value_parser = humantime::parse_duration)]
    pub(crate) from: Duration,
    /// How much of the data it lives through
    #[arg(long, value_name = "TIME", default_value = "6h", value_parser = humantime::parse_duration)]
    pub(crate) length: Duration,
    /// How often the runtime looks; a server looks every second
    #[arg(long, value_name = "TIME", default_value = "1s", value_parser = humantime::parse_duration)]
    pub(crate) step: Duration,
    /// Decides what generated prices look like, and the way of prices inside a candle
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// The whole report as JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// Also write a page with charts, which needs nothing but a browser
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
}
