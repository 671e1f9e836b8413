//! The exchanges there is a dialect for, and how ccxt is told about an account at one.

use ccxt::exchanges::okx::OkxCore;
use ccxt::{Okx, Params, TypedExchange, from_id};
use chrono::TimeDelta;

use super::account::LiveAccount;
use super::dialect::Dialect;
use super::kraken::Kraken;
use super::okx::OkxDialect;
use super::quiet_panics::quietly_now;
use super::spot_v3::SpotV3;
use super::venue::ConnectError;
use crate::venue::LiveExchange;

impl LiveExchange {
    /// Whether requests of one key must arrive in the order of their numbers.
    pub(super) fn one_at_a_time(self) -> bool {
        self == Self::Kraken
    }

    /// Reading trades is dear at every exchange, and most so at kraken.
    pub(super) fn pause_between_readings(self) -> TimeDelta {
        match self {
            Self::Binance | Self::Mexc | Self::Okx => TimeDelta::seconds(2),
            Self::Kraken => TimeDelta::seconds(10),
        }
    }

    pub(super) fn dialect(self) -> &'static dyn Dialect {
        match self {
            Self::Binance => &SpotV3::BINANCE,
            Self::Mexc => &SpotV3::MEXC,
            Self::Kraken => &Kraken,
            Self::Okx => &OkxDialect,
        }
    }

    fn addresses(self, address: &str) -> Params {
        let at = |path: &str| format!("{address}{path}");
        let both = |path: &str| {
            Params::new()
                .with_str("public", &at(path))
                .with_str("private", &at(path))
        };
        match self {
            Self::Binance => both("/api/v3"),
            Self::Kraken => both(""),
            Self::Mexc => Params::new().with_params("spot", both("")),
            Self::Okx => Params::new().with_str("rest", address),
        }
    }
}

/// Whether what is made may sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    Public,
    Private,
}

/// One instance of ccxt. It sends what it is given at once: how often, is decided elsewhere.
pub(super) fn connect(
    account: &LiveAccount,
    access: Access,
) -> Result<Box<dyn TypedExchange>, ConnectError> {
    let exchange = account.exchange;
    if account.sandbox && !exchange.has_sandbox() {
        return Err(ConnectError::NoSandbox(exchange.as_str()));
    }
    let config = config(account, access).into_value_object();
    let made = quietly_now(|| {
        std::panic::catch_unwind(|| {
            if exchange == LiveExchange::Okx {
                return Some(okx(config, account.sandbox));
            }
            from_id(exchange.as_str(), Some(config))
        })
    });
    let made = made.ok().flatten();
    made.ok_or(ConnectError::NotMade(exchange.as_str()))
}

/// okx tells its test network by a header alone. ccxt keeps it where its requests do not look, and
/// without it they would go to the real account.
fn okx(config: ccxt::Value, sandbox: bool) -> Box<dyn TypedExchange> {
    let mut core = OkxCore::new(Some(config));
    if sandbox {
        let headers = &mut core.internals.headers;
        headers.insert("x-simulated-trading".to_owned(), "1".to_owned());
    }
    Box::new(Okx::from_core(core))
}

fn config(account: &LiveAccount, access: Access) -> Params {
    let patience = i64::try_from(account.patience.as_millis()).unwrap_or(i64::MAX);
    // An order that is older on arrival is refused: it would be about a market of the past
    let options = Params::new().with_int("recvWindow", patience);
    let markets = Params::new().with_strs("types", &["spot"]);
    let options = options
        .with_bool("fetchCurrencies", false)
        .with_bool("fetchMargins", false)
        .with_params("fetchMarkets", markets);
    let mut config = Params::new()
        .with_int("timeout", patience)
        .with_bool("enableRateLimit", false)
        .with_params("options", options);
    if let Some(address) = &account.address {
        let network = if account.sandbox { "test" } else { "api" };
        let addresses = account.exchange.addresses(address);
        config = config.with_params("urls", Params::new().with_params(network, addresses));
    }
    if account.sandbox {
        config = config.with_bool("sandbox", true);
    }
    if access == Access::Private {
        let credentials = &account.credentials;
        config = config
            .with_str("apiKey", credentials.api_key.expose())
            .with_str("secret", credentials.secret.expose());
        if let Some(password) = &credentials.password {
            config = config.with_str("password", password.expose());
        }
    }
    config
}
