//! Which exchanges trade, and how; whether the keys of their accounts can be read.

use domain::Trading;

use super::checklist::Check;
use crate::config::Settings;
use crate::live::read_keys;

pub(super) fn check(settings: &Settings) -> Vec<Check> {
    let mut checks = vec![];
    for account in &settings.accounts {
        let exchange = account.exchange.as_str();
        let orders = match account.trading {
            Trading::Live => "LIVE: orders cost real money",
            Trading::Sandbox => "SANDBOX: orders go to the exchange's test network",
            Trading::Paper => "on paper, though an account is configured",
        };
        checks.push(Check::that(
            cfg!(feature = "ccxt"),
            format!("how {exchange} is traded"),
            orders,
            "this program was built without real exchanges and will not start with this section: \
             build it with `cargo build --release --package server --features ccxt`",
        ));
        let subject = format!("the keys for {exchange} can be read");
        checks.push(match read_keys(account) {
            Ok(_) => Check::ok(subject, "they are there, and only the owner may read them"),
            Err(error) => Check::failed(subject, format!("{error:#}"), "see the message"),
        });
    }
    checks
}
