//! Real exchanges: which the operator wants, and the venues for them. Without the feature `ccxt`
//! there are none, and whoever wants one is told how to build it.

mod keys;

use std::collections::BTreeMap;

use domain::Trading;
use executors::venue::{LiveExchange, Venues};

use crate::config::{AccountSettings, Settings};
use crate::terminal::say;

pub(crate) use keys::read_keys;

/// How each exchange with an account of ours is traded.
pub(crate) fn trading(settings: &Settings) -> BTreeMap<LiveExchange, Trading> {
    let accounts = settings.accounts.iter();
    accounts
        .map(|account| (account.exchange, account.trading))
        .collect()
}

/// `paper`, and what is real beside it. Nothing but their markets is asked for yet.
pub(crate) fn with_real_venues(settings: &Settings, paper: Venues) -> anyhow::Result<Venues> {
    require_what_was_built(settings)?;
    let real = |account: &&AccountSettings| account.trading != Trading::Paper;
    let mut venues = paper;
    for account in settings.accounts.iter().filter(real) {
        venues = with_venue(account, venues)?;
    }
    for account in &settings.accounts {
        announce(account);
    }
    Ok(venues)
}

/// Also for accounts that stay on paper: what is written for them would go unheeded.
fn require_what_was_built(settings: &Settings) -> anyhow::Result<()> {
    if let (Some(account), false) = (settings.accounts.first(), cfg!(feature = "ccxt")) {
        anyhow::bail!(
            "[accounts.{}] is configured, and this program was built without real exchanges: build it \
             with `cargo build --release --package server --features ccxt`, or take the section out",
            account.exchange.as_str()
        );
    }
    Ok(())
}

#[cfg(feature = "ccxt")]
fn with_venue(account: &AccountSettings, venues: Venues) -> anyhow::Result<Venues> {
    use std::sync::Arc;

    use anyhow::Context;
    use executors::venue::ccxt::{CcxtVenue, LiveAccount};

    let AccountSettings {
        exchange, trading, ..
    } = *account;
    let name = exchange.as_str();
    let account = LiveAccount {
        sandbox: trading == Trading::Sandbox,
        ..LiveAccount::new(exchange, read_keys(account)?)
    };
    let venue = CcxtVenue::try_new(&account, crate::stores::clock());
    let venue = Arc::new(venue.with_context(|| format!("accounts.{name} cannot be used"))?);
    let reader = venue.clone();
    tokio::spawn(async move { reader.read_markets().await });
    Ok(venues.with_real(name, trading, venue))
}

/// [`require_what_was_built`] has refused every account by then; still nothing would be sent.
#[cfg(not(feature = "ccxt"))]
fn with_venue(account: &AccountSettings, venues: Venues) -> anyhow::Result<Venues> {
    read_keys(account)?;
    Ok(venues)
}

/// To whoever starts it, and into the log: nobody finds out by looking at the account.
fn announce(account: &AccountSettings) {
    let exchange = account.exchange.as_str();
    match account.trading {
        Trading::Live => {
            say(format!(
                "LIVE: orders on {exchange} are real and cost real money."
            ));
            tracing::warn!(exchange, trading = "live", "orders here cost real money");
        }
        Trading::Sandbox => {
            say(format!(
                "SANDBOX: orders on {exchange} go to its test network."
            ));
            tracing::warn!(
                exchange,
                trading = "sandbox",
                "orders here go to the test network"
            );
        }
        Trading::Paper => tracing::info!(
            exchange,
            trading = "paper",
            "an account is configured and stays on paper: its section does not say live = true, or live_trading is off"
        ),
    }
}
