//! The shape of the configuration, as written in the file; unknown keys are refused by name.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;
use serde::de::IgnoredAny;

pub(crate) const DEFAULT_DATA_FOLDER: &str = "./strategos-data";

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Document {
    pub(crate) data_folder: PathBuf,
    /// Empty means the SQLite file in the data folder.
    pub(crate) database_url: String,
    /// Empty means the log's database.
    pub(crate) tables_url: String,
    pub(crate) listen: String,
    /// Empty means that figures are not told.
    pub(crate) metrics_listen: String,
    pub(crate) behind_proxy: bool,
    pub(crate) seed_on_start: bool,
    pub(crate) legacy_auth: String,
    /// Empty means that no date was announced.
    pub(crate) legacy_sunset: String,
    pub(crate) cors_origins: Vec<String>,
    /// `off` keeps everything on paper, whatever the accounts say; empty leaves it to them.
    pub(crate) live_trading: String,
    /// By exchange.
    pub(crate) accounts: BTreeMap<String, Account>,
    pub(crate) market: Market,
    pub(crate) paper: Paper,
    pub(crate) risk: Risk,
    /// By exchange.
    pub(crate) requests_per_minute: BTreeMap<String, u32>,
    pub(crate) log: Log,
}

/// An account at a real exchange. Each credential by the name of a file or of an environment
/// variable; never itself.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Account {
    pub(crate) live: bool,
    pub(crate) sandbox: bool,
    pub(crate) api_key_file: Option<PathBuf>,
    pub(crate) api_key_env: Option<String>,
    pub(crate) secret_file: Option<PathBuf>,
    pub(crate) secret_env: Option<String>,
    pub(crate) password_file: Option<PathBuf>,
    pub(crate) password_env: Option<String>,
    // Refused; what was written is not even kept
    pub(crate) api_key: Option<IgnoredAny>,
    pub(crate) secret: Option<IgnoredAny>,
    pub(crate) password: Option<IgnoredAny>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Market {
    pub(crate) seed: u64,
    pub(crate) speed: u32,
    #[serde(rename = "loop")]
    pub(crate) starts_over: bool,
    /// By pair: a file of recorded trades, or `generated`.
    pub(crate) trades: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Paper {
    pub(crate) maker_fee: String,
    pub(crate) taker_fee: String,
    pub(crate) latency_ms: u64,
    /// Of each currency that has no starting balance of its own.
    pub(crate) starting_balance: String,
    /// By currency.
    pub(crate) starting_balances: BTreeMap<String, String>,
    pub(crate) faults: Faults,
}

/// Each a fraction from 0 to 1.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Faults {
    pub(crate) seed: u64,
    pub(crate) lost_requests: String,
    pub(crate) lost_answers: String,
    pub(crate) silences: String,
    pub(crate) repeated_fills: String,
    pub(crate) late_fills: String,
    pub(crate) disconnects: String,
    pub(crate) stale_books: String,
    pub(crate) crossed_books: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Risk {
    pub(crate) order_notional: String,
    pub(crate) position_notional: String,
    pub(crate) price_distance_bps: u32,
    pub(crate) market_age_ms: u64,
    /// Empty means that there is no limit.
    pub(crate) run_loss: String,
    pub(crate) run_drawdown: String,
    pub(crate) live_orders: usize,
    pub(crate) orders_per_minute: usize,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Log {
    pub(crate) level: String,
    pub(crate) format: String,
}

impl Default for Document {
    fn default() -> Self {
        Self {
            data_folder: PathBuf::from(DEFAULT_DATA_FOLDER),
            database_url: String::new(),
            tables_url: String::new(),
            listen: "127.0.0.1:3000".to_owned(),
            metrics_listen: String::new(),
            behind_proxy: false,
            seed_on_start: true,
            legacy_auth: "token".to_owned(),
            legacy_sunset: String::new(),
            cors_origins: vec![],
            live_trading: String::new(),
            accounts: BTreeMap::new(),
            market: Market::default(),
            paper: Paper::default(),
            risk: Risk::default(),
            requests_per_minute: BTreeMap::new(),
            log: Log::default(),
        }
    }
}

impl Default for Market {
    fn default() -> Self {
        Self {
            seed: 1,
            speed: 1,
            starts_over: true,
            trades: BTreeMap::new(),
        }
    }
}

impl Default for Paper {
    fn default() -> Self {
        Self {
            maker_fee: "0.001".to_owned(),
            taker_fee: "0.001".to_owned(),
            latency_ms: 50,
            starting_balance: "1000000000".to_owned(),
            starting_balances: BTreeMap::new(),
            faults: Faults::default(),
        }
    }
}

impl Default for Faults {
    fn default() -> Self {
        let never = || "0".to_owned();
        Self {
            seed: 1,
            lost_requests: never(),
            lost_answers: never(),
            silences: never(),
            repeated_fills: never(),
            late_fills: never(),
            disconnects: never(),
            stale_books: never(),
            crossed_books: never(),
        }
    }
}

impl Default for Risk {
    fn default() -> Self {
        Self {
            order_notional: "100000000".to_owned(),
            position_notional: "1000000000".to_owned(),
            price_distance_bps: 10_000,
            market_age_ms: 15_000,
            run_loss: String::new(),
            run_drawdown: String::new(),
            live_orders: 200,
            orders_per_minute: 600,
        }
    }
}

impl Default for Log {
    fn default() -> Self {
        Self {
            level: "info".to_owned(),
            format: "auto".to_owned(),
        }
    }
}
