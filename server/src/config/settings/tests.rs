//! Layers, refusals and the example file.

use std::path::PathBuf;

use crate::config::document::Document;
use crate::config::simulation::TradeFile;
use crate::config::{ConfigError, Flags, Settings, load};
use domain::{ErrorChain, Trading};

fn with_file(text: &str, environment: &[(&str, &str)], flags: Flags) -> Result<Settings, String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("strategos.toml");
    std::fs::write(&file, text).unwrap();
    let flags = Flags {
        config: Some(file),
        ..flags
    };
    let environment = environment
        .iter()
        .map(|&(name, value)| (name.to_owned(), value.to_owned()));
    load(&flags, environment).map_err(|error| ErrorChain(&error).to_string())
}

fn refusal(text: &str) -> String {
    with_file(text, &[], Flags::default()).unwrap_err()
}

#[test]
fn flags_overrule_the_environment_which_overrules_the_file() {
    let file = "listen = \"127.0.0.1:1\"\nseed_on_start = false\n[market]\nseed = 7\n";
    let environment = [
        ("STRATEGOS_LISTEN", "127.0.0.1:2"),
        ("STRATEGOS_MARKET__SPEED", "60"),
        (
            "STRATEGOS_CORS_ORIGINS",
            "https://a.example,https://b.example",
        ),
        ("STRATEGOS_TEST_POSTGRES", "postgres://not-a-setting"),
    ];
    let settings = with_file(file, &environment, Flags::default()).unwrap();
    assert_eq!(settings.listen.port(), 2);
    assert!(!settings.seed_on_start);
    assert_eq!(settings.market.seed, 7);
    assert_eq!(settings.market.speed, 60);
    assert_eq!(settings.cors_origins.len(), 2);
    let flags = Flags {
        listen: Some("127.0.0.1:3".to_owned()),
        ..Flags::default()
    };
    let settings = with_file(file, &environment, flags).unwrap();
    assert_eq!(settings.listen.port(), 3);
}

#[test]
fn an_unknown_key_is_refused_by_name() {
    assert!(refusal("lisen = \"127.0.0.1:1\"").contains("`lisen`"));
    assert!(refusal("[market]\nvelocity = 1").contains("`velocity`"));
    let environment = [("STRATEGOS_LISEN", "127.0.0.1:1")];
    let refused = with_file("", &environment, Flags::default()).unwrap_err();
    assert!(refused.contains("`lisen`"), "{refused}");
}

#[test]
fn each_wrong_value_is_refused_with_the_way_out() {
    for (text, way_out) in [
        ("listen = \"everywhere\"", "127.0.0.1:3000"),
        ("listen = \"0.0.0.0:3000\"", "behind_proxy = true"),
        ("data_folder = \"\"", "./strategos-data"),
        ("database_url = \"mysql://x\"", "postgres://"),
        ("tables_url = \"mysql://x\"", "the log's database"),
        ("legacy_auth = \"none\"", "\"token\""),
        ("legacy_sunset = \"soon\"", "2027-06-30"),
        ("cors_origins = [\"*\"]", "https://admin.example.com"),
        (
            "live_trading = \"on\"",
            "write live = true for each account",
        ),
        ("[accounts.gate]\nlive = true", "binance, kraken, mexc, okx"),
        ("[accounts.okx]\nsecret = \"hunter2\"", "secret_file"),
        (
            "[accounts.kraken]\nlive = true\nsandbox = true",
            "no test network",
        ),
        (
            "[accounts.mexc]\nlive = true",
            "api_key_file or api_key_env",
        ),
        (
            "[accounts.okx]\napi_key_env = \"A\"\nsecret_env = \"B\"",
            "password_file",
        ),
        (
            "[accounts.mexc]\napi_key_env = \"A\"\napi_key_file = \"a\"",
            "not both",
        ),
        ("[market]\nspeed = 10001", "real time"),
        ("[paper]\nmaker_fee = \"2\"", "0.1 %"),
        ("[paper]\nlatency_ms = 60001", "60000"),
        ("[paper]\nstarting_balance = \"-1\"", "not negative"),
        ("[paper.starting_balances]\nUSDT = \"all\"", "not negative"),
        ("[paper.faults]\nsilences = \"2\"", "once in a hundred"),
        ("[market.trades]\n\"BTC/USDT\" = \"\"", "generated"),
        ("[risk]\norder_notional = \"-1\"", "not negative"),
        ("[risk]\nrun_loss = \"0\"", "empty for no limit"),
        ("[risk]\nmarket_age_ms = 86400001", "86400000"),
        ("[requests_per_minute]\nbinance = 0", "above zero"),
        ("[requests_per_minute]\nnowhere = 5", "binance, mexc"),
        ("[log]\nlevel = \"loud=very\"", "debug or trace"),
        ("[log]\nformat = \"xml\"", "json"),
        ("listen = ", "configuration"),
    ] {
        let refused = refusal(text);
        assert!(refused.contains(way_out), "{text} was answered {refused}");
    }
}

#[test]
fn an_account_is_on_paper_until_somebody_writes_live() {
    let keys = "api_key_env = \"A\"\nsecret_env = \"B\"\n";
    let trading = |text: &str, before: &str| {
        let file = format!("{before}[accounts.binance]\n{text}{keys}");
        let settings = with_file(&file, &[], Flags::default()).unwrap();
        settings.accounts[0].trading
    };
    assert_eq!(trading("", ""), Trading::Paper);
    assert_eq!(trading("sandbox = true\n", ""), Trading::Paper);
    assert_eq!(trading("live = true\n", ""), Trading::Live);
    let sandbox = "live = true\nsandbox = true\n";
    assert_eq!(trading(sandbox, ""), Trading::Sandbox);
    let off = "live_trading = \"off\"\n";
    assert_eq!(trading("live = true\n", off), Trading::Paper);
}

#[test]
fn a_key_that_was_written_down_is_not_repeated() {
    let refused = refusal("[accounts.binance]\napi_key = \"hunter2\"");
    assert!(!refused.contains("hunter2"), "{refused}");
}

#[test]
fn a_named_file_must_be_there() {
    let flags = Flags {
        config: Some(PathBuf::from("/nowhere/strategos.toml")),
        ..Flags::default()
    };
    let refused = load(&flags, std::iter::empty()).unwrap_err();
    assert!(matches!(refused, ConfigError::NoSuchFile(_)));
}

const KEYS: [&str; 36] = [
    "data_folder",
    "database_url",
    "tables_url",
    "listen",
    "metrics_listen",
    "behind_proxy",
    "seed_on_start",
    "legacy_auth",
    "legacy_sunset",
    "cors_origins",
    "live_trading",
    "seed",
    "speed",
    "loop",
    "maker_fee",
    "taker_fee",
    "latency_ms",
    "starting_balance",
    "lost_requests",
    "lost_answers",
    "silences",
    "repeated_fills",
    "late_fills",
    "disconnects",
    "stale_books",
    "crossed_books",
    "order_notional",
    "position_notional",
    "price_distance_bps",
    "market_age_ms",
    "run_loss",
    "run_drawdown",
    "live_orders",
    "orders_per_minute",
    "level",
    "format",
];

/// Every key of the example is commented out with its default, so it explains all and changes
/// nothing, with the comment signs taken away as well.
#[test]
fn the_example_explains_every_default() {
    let example = include_str!("../../../strategos.example.toml");
    let is_setting = |line: &str| line.starts_with('[') || line.contains(" = ");
    let bare: String = example
        .lines()
        .map(|line| match line.strip_prefix("#") {
            Some(rest) if !rest.starts_with(' ') && is_setting(rest) => rest,
            Some(_) | None => line,
        })
        .flat_map(|line| [line, "\n"])
        .collect();
    for text in [example, bare.as_str()] {
        let document: Document = config::Config::builder()
            .add_source(config::File::from_str(text, config::FileFormat::Toml))
            .build()
            .unwrap()
            .try_deserialize()
            .unwrap();
        assert_eq!(document, Document::default());
    }
    for key in KEYS {
        assert!(
            bare.contains(&format!("\n{key} = ")),
            "{key} is not explained"
        );
    }
}

#[test]
fn the_tables_are_with_the_log_unless_they_are_sent_elsewhere() {
    let log = "database_url = \"postgres://db/log\"\n";
    let together = with_file(log, &[], Flags::default()).unwrap();
    assert_eq!(together.tables_url.expose(), "postgres://db/log");
    let elsewhere = [("STRATEGOS_TABLES_URL", "sqlite:/tmp/tables.sqlite")];
    let apart = with_file(log, &elsewhere, Flags::default()).unwrap();
    assert_eq!(apart.database_url.expose(), "postgres://db/log");
    assert_eq!(apart.tables_url.expose(), "sqlite:/tmp/tables.sqlite");
}

#[test]
fn balances_and_trades_are_named_by_currency_and_pair() {
    let file = "[market.trades]\n\"ETH/BTC\" = \"generated\"\n\"BTC/USDT\" = \"/data/btc.csv\"\n\
                [paper.starting_balances]\nusdt = \"250.5\"\n[paper.faults]\nsilences = \"0.5\"\n";
    let settings = with_file(file, &[], Flags::default()).unwrap();
    let trades = &settings.market.trades;
    assert_eq!(trades["ETH/BTC"], TradeFile::Generated);
    assert_eq!(
        trades["BTC/USDT"],
        TradeFile::Recorded("/data/btc.csv".into())
    );
    let balances = &settings.paper.starting_balances;
    assert_eq!(balances.named["USDT"].to_string(), "250.5");
    assert!(!settings.paper.faults.is_none());
    let defaults = with_file("", &[], Flags::default()).unwrap();
    assert!(defaults.paper.faults.is_none());
    assert_eq!(defaults.risk, executors::GateLimits::default());
}

#[test]
fn what_is_no_setting_is_named_with_its_place() {
    let refused = with_file("", &[("STRATEGOS_LISTN", "1")], Flags::default()).unwrap_err();
    assert!(refused.starts_with("STRATEGOS_LISTN sets"), "{refused}");
    let environment = [("STRATEGOS_MARKET__SED", "1")];
    let refused = with_file("", &environment, Flags::default()).unwrap_err();
    assert!(
        refused.starts_with("STRATEGOS_MARKET__SED sets"),
        "{refused}"
    );
    let refused = refusal("listn = 1");
    assert!(refused.contains("strategos.toml sets"), "{refused}");
}
