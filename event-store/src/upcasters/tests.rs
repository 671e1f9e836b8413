//! The mechanism, shown with a change that never happened.

use chrono::DateTime;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Source, Upcaster, Upcasters};
use crate::error::StoreError;
use crate::recorded::{Position, Recorded, StreamName};

/// 1.0 held the pair as one text; 2.0 splits it.
#[derive(Debug)]
struct SplitPair;

impl Upcaster for SplitPair {
    fn from(&self) -> (&'static str, &'static str, &'static str) {
        ("market", "PairListed", "1.0")
    }

    fn to_version(&self) -> &'static str {
        "2.0"
    }

    fn upcast(&self, payload: Value) -> Result<Value, Source> {
        let pair = payload["PairListed"]["pair"].as_str().ok_or("no pair")?;
        let (base, quote) = pair.split_once('/').ok_or("no slash")?;
        Ok(json!({"PairListed": {"base": base, "quote": quote}}))
    }
}

/// 3.0 says which venue.
#[derive(Debug)]
struct AddVenue;

impl Upcaster for AddVenue {
    fn from(&self) -> (&'static str, &'static str, &'static str) {
        ("market", "PairListed", "2.0")
    }

    fn to_version(&self) -> &'static str {
        "3.0"
    }

    fn upcast(&self, mut payload: Value) -> Result<Value, Source> {
        payload["PairListed"]["venue"] = json!("paper");
        Ok(payload)
    }
}

fn chain() -> Upcasters {
    Upcasters::new([
        Box::new(AddVenue) as Box<dyn Upcaster>,
        Box::new(SplitPair) as Box<dyn Upcaster>,
    ])
}

fn recorded(event_type: &str, event_version: &str, payload: &str) -> Recorded {
    Recorded {
        position: Position(7),
        stream: StreamName::new("market", "binance"),
        version: 1,
        event_id: Uuid::nil(),
        event_type: event_type.to_owned(),
        event_version: event_version.to_owned(),
        payload: payload.to_owned(),
        metadata: "{}".to_owned(),
        recorded_at: DateTime::UNIX_EPOCH,
    }
}

#[test]
fn an_old_event_climbs_every_step_to_todays_shape() {
    let old = recorded("PairListed", "1.0", r#"{"PairListed":{"pair":"BTC/USDT"}}"#);

    let new = chain().apply(old).unwrap();

    assert_eq!(new.event_version, "3.0");
    assert_eq!(
        new.payload,
        r#"{"PairListed":{"base":"BTC","quote":"USDT","venue":"paper"}}"#
    );
}

#[test]
fn an_event_in_todays_shape_keeps_its_very_bytes() {
    let odd = r#"{ "PairListed" : {"base":"BTC", "price": 1.50} }"#;
    let today = recorded("PairListed", "3.0", odd);

    assert_eq!(chain().apply(today.clone()).unwrap(), today);
}

#[test]
fn another_event_of_the_same_version_is_left_alone() {
    let other = recorded("PairDelisted", "1.0", r#"{"PairDelisted":{}}"#);

    assert_eq!(chain().apply(other.clone()).unwrap(), other);
}

#[test]
fn an_event_that_does_not_fit_its_upcaster_is_unreadable_and_named() {
    let broken = recorded("PairListed", "1.0", r#"{"PairListed":{"pair":"BTCUSDT"}}"#);

    let error = chain().apply(broken).unwrap_err();

    assert!(
        matches!(&error, StoreError::Unreadable { position: 7, stream, .. } if stream.aggregate_id == "binance"),
        "{error:?}"
    );
}
