//! What every strategy refuses in a configuration that could be read.

use domain::config::Violation;
use domain::money::Decimal;
use domain::phrase::{Param, Phrase};

/// Refuses a venue the installation does not have.
pub(crate) fn check_venue(field: &str, exchange: &str, venues: &[String]) -> Option<Violation> {
    if venues.iter().any(|venue| venue == exchange) {
        return None;
    }
    let phrase = Phrase::UnknownExchange {
        exchange: Param::text(exchange),
        allowed: Param::Text(venues.join(", ")),
    };
    Some(Violation::said(format!("/{field}"), "venue", phrase))
}

/// Refuses an amount that no order could have.
pub(crate) fn check_positive(field: &str, amount: &Decimal) -> Option<Violation> {
    (!amount.is_positive()).then(|| {
        let (subject, limit) = (config_field(field), Param::text(0));
        let phrase = Phrase::MustBeAbove { subject, limit };
        Violation::said(format!("/{field}"), "exclusiveMinimum", phrase)
    })
}

/// Refuses what does not name a base and a quote currency.
pub(crate) fn check_pair(field: &str, pair: &str) -> Option<Violation> {
    let parts = pair.split_once('/').or_else(|| pair.split_once('-'));
    let named = parts.is_some_and(|(base, quote)| !base.is_empty() && !quote.is_empty());
    (!named).then(|| {
        let subject = config_field(field);
        let phrase = Phrase::MustNameTwoCurrencies { subject };
        Violation::said(format!("/{field}"), "pair", phrase)
    })
}

pub(crate) fn config_field(field: &str) -> Param {
    let path = Param::text(field);
    Phrase::ConfigField { path }.into()
}
