//! Values that are more than text: checked once, then carried as what they mean.

use std::net::SocketAddr;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::money::Decimal;
use executors::venue::faults::Chance;

use super::{ConfigError, refuse};

/// Anything but loopback is refused unless a proxy that speaks TLS stands in front.
pub(super) fn listen(text: &str, behind_proxy: bool) -> Result<SocketAddr, ConfigError> {
    let Ok(address) = text.parse::<SocketAddr>() else {
        return refuse(
            "listen",
            text,
            "write an IP address and a port, such as 127.0.0.1:3000",
        );
    };
    if address.ip().is_loopback() || behind_proxy {
        return Ok(address);
    }
    refuse(
        "listen",
        text,
        "other machines could reach this address, and logins would cross the network unencrypted; \
         put a TLS proxy in front and set behind_proxy = true, or listen on 127.0.0.1",
    )
}

/// Where figures are told, to whoever asks: any address will do, but it must be meant.
pub(super) fn metrics_listen(text: &str) -> Result<Option<SocketAddr>, ConfigError> {
    if text.is_empty() {
        return Ok(None);
    }
    match text.parse() {
        Ok(address) => Ok(Some(address)),
        Err(_) => refuse(
            "metrics_listen",
            text,
            "write an IP address and a port, such as 127.0.0.1:9464, or leave it empty",
        ),
    }
}

/// A date, or a date and time with its zone.
pub(super) fn sunset(text: &str) -> Result<Option<DateTime<Utc>>, ConfigError> {
    if text.is_empty() {
        return Ok(None);
    }
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").map(|day| day.and_time(NaiveTime::MIN));
    if let Ok(midnight) = day {
        return Ok(Some(midnight.and_utc()));
    }
    match DateTime::parse_from_rfc3339(text) {
        Ok(time) => Ok(Some(time.to_utc())),
        Err(_) => refuse(
            "legacy_sunset",
            text,
            "write a date such as 2027-06-30, or leave it empty when none was announced",
        ),
    }
}

pub(super) fn cors_origin(text: &str) -> Result<String, ConfigError> {
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
        .unwrap_or_default();
    if host.is_empty() || host.contains(['/', '*', ' ', '@']) {
        return refuse(
            "cors_origins",
            text,
            "write scheme and host without a path or wildcard, such as https://admin.example.com",
        );
    }
    Ok(text.to_owned())
}

/// A fraction of the traded value: 0.001 is 0.1 %.
pub(super) fn fee(key: &'static str, text: &str) -> Result<Decimal, ConfigError> {
    match text.parse::<Decimal>() {
        Ok(fee) if !fee.is_negative() && fee < Decimal::one() => Ok(fee),
        Ok(_) | Err(_) => refuse(
            key,
            text,
            "write a fraction from 0 to below 1: \"0.001\" is 0.1 % of the traded value",
        ),
    }
}

pub(super) fn amount(key: &'static str, text: &str) -> Result<Decimal, ConfigError> {
    match text.parse::<Decimal>() {
        Ok(amount) if !amount.is_negative() => Ok(amount),
        Ok(_) | Err(_) => refuse(
            key,
            text,
            "write an amount that is not negative: \"1000.5\"",
        ),
    }
}

pub(super) fn chance(key: &'static str, text: &str) -> Result<Chance, ConfigError> {
    let chance = text.parse().ok().and_then(|fraction| Chance::of(&fraction));
    match chance {
        Some(chance) => Ok(chance),
        None => refuse(
            key,
            text,
            "write how often from 0 to 1: \"0.01\" is once in a hundred times",
        ),
    }
}

/// How many seconds of recorded market pass in one.
pub(super) fn speed(seconds: u32) -> Result<u32, ConfigError> {
    if seconds <= 10_000 {
        return Ok(seconds);
    }
    refuse(
        "market.speed",
        seconds.to_string(),
        "write a whole number up to 10000: 1 is real time, 60 is a minute a second, 0 stands still",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_proxy_lets_others_in() {
        assert!(listen("127.0.0.1:0", false).is_ok());
        assert!(listen("[::1]:3000", false).is_ok());
        assert!(listen("0.0.0.0:3000", true).is_ok());
        let refused = listen("0.0.0.0:3000", false).unwrap_err().to_string();
        assert!(refused.contains("behind_proxy = true"), "{refused}");
    }

    #[test]
    fn amounts_outside_their_range_are_refused() {
        for text in ["-0.1", "1", "a tenth", ""] {
            assert!(fee("paper.maker_fee", text).is_err(), "{text:?}");
        }
        for text in ["-1", "much"] {
            assert!(amount("paper.starting_balance", text).is_err(), "{text:?}");
        }
        for text in ["-0.1", "1.1", ""] {
            assert!(chance("paper.faults.silences", text).is_err(), "{text:?}");
        }
        assert!(speed(10_001).is_err());
        assert!(speed(0).is_ok());
    }
}
