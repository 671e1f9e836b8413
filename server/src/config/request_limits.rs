//! How many requests each exchange takes.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use executors::market::KNOWN_EXCHANGES;

use super::{ConfigError, refuse};

pub(super) fn request_limits(
    per_minute: BTreeMap<String, u32>,
) -> Result<BTreeMap<String, NonZeroU32>, ConfigError> {
    let limits = per_minute.into_iter().map(|(exchange, limit)| {
        if !KNOWN_EXCHANGES.contains(&exchange.as_str()) {
            let known = KNOWN_EXCHANGES.join(", ");
            let way_out = format!("name an exchange of this installation: {known}");
            return refuse("requests_per_minute", exchange, way_out);
        }
        match NonZeroU32::new(limit) {
            Some(limit) => Ok((exchange, limit)),
            None => refuse(
                "requests_per_minute",
                exchange,
                "write how many requests a minute it takes, above zero, or leave it out for no limit",
            ),
        }
    });
    limits.collect()
}
