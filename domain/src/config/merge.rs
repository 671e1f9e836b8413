//! How defaults, overrides and system ids become one configuration (legacy contract §2.6).
//!
//! Callers compare what they get with what the original answered, so members come in the order
//! its language gives them: names that look like array indexes first, ascending, then the others
//! as written.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::ids::{ClientId, ExecutorType, UserId};

/// Executor type whose instances may serve a market-making order instead of a client account.
pub(crate) const PURE_MARKET_MAKING: &str = "pureMarketMaking";
/// Executor type whose orders may name where they are executed.
pub(crate) const VOLUME: &str = "volume";

const USER_ID: &str = "userId";
const CLIENT_ID: &str = "clientId";
const MARKET_MAKING_ORDER_ID: &str = "marketMakingOrderId";
pub(crate) const EXECUTION_CATEGORY: &str = "executionCategory";
pub(crate) const EXECUTION_VENUE: &str = "executionVenue";
/// Orders in a central exchange's book: the only category that is executed.
pub(crate) const CENTRAL_ORDER_BOOK: &str = "clob_cex";
pub(crate) const CENTRAL_VENUE: &str = "cex";

/// What a caller's `config` means: anything but an object is spread the way the original's
/// language does (`null` is nothing, `[1]` is `{"0":1}`, `"ab"` is `{"0":"a","1":"b"}`).
///
/// A text is spread by UTF-16 code unit; half of a surrogate pair becomes U+FFFD, because no
/// Rust text can hold it.
pub fn overrides_from_json(value: &Value) -> Map<String, Value> {
    let indexed = |values: Vec<Value>| -> Map<String, Value> {
        let numbered = values.into_iter().enumerate();
        numbered.map(|(i, v)| (i.to_string(), v)).collect()
    };
    match value {
        Value::Object(members) => members.clone(),
        Value::Array(items) => indexed(items.clone()),
        Value::String(text) => {
            let units = text.encode_utf16();
            indexed(
                units
                    .map(|unit| Value::from(String::from_utf16_lossy(&[unit])))
                    .collect(),
            )
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => Map::new(),
    }
}

/// Shallow: nested objects and arrays are replaced, an explicit null overrides. Defaults keep
/// their place, override-only keys follow.
pub fn merge(defaults: &Map<String, Value>, overrides: Map<String, Value>) -> Map<String, Value> {
    let mut merged = defaults.clone();
    merged.extend(overrides);
    in_legacy_order(merged)
}

/// The members [`inject_ids`] adds: a schema that says nothing of them does not refuse them.
pub fn system_members(executor_type: &ExecutorType) -> &'static [&'static str] {
    match executor_type.as_str() {
        PURE_MARKET_MAKING => &[USER_ID, CLIENT_ID, MARKET_MAKING_ORDER_ID],
        VOLUME => &[USER_ID, CLIENT_ID, EXECUTION_CATEGORY, EXECUTION_VENUE],
        _ => &[USER_ID, CLIENT_ID],
    }
}

/// Adds the members the system owns; whatever the configuration said about the ids loses. Members
/// that are there already keep their place.
///
/// Pure market making serves `market_making_order_id` (the client id, when there is none) as its
/// client. Volume says in which kind of market it trades.
pub fn inject_ids(
    mut config: Map<String, Value>,
    executor_type: &ExecutorType,
    user_id: &UserId,
    client_id: &ClientId,
    market_making_order_id: Option<&str>,
) -> Map<String, Value> {
    let mut set = |name: &str, text: &str| config.insert(name.to_owned(), Value::from(text));
    set(USER_ID, user_id.as_str());
    set(CLIENT_ID, client_id.as_str());
    match executor_type.as_str() {
        PURE_MARKET_MAKING => {
            let order_id = market_making_order_id
                .filter(|id| !id.is_empty())
                .unwrap_or(client_id.as_str());
            set(MARKET_MAKING_ORDER_ID, order_id);
            set(CLIENT_ID, order_id);
        }
        VOLUME => inject_execution(&mut config),
        _ => {}
    }
    config
}

/// `cex` and `dex` are older names of categories; a venue alone says as much. What is no category
/// at all stays as it is: the start is refused rather than sent to another market.
fn inject_execution(config: &mut Map<String, Value>) {
    let given = |name: &str| {
        let value = config.get(name).filter(|value| !value.is_null());
        value.filter(|value| value.as_str() != Some("")).cloned()
    };
    let venue = given(EXECUTION_VENUE);
    let category = given(EXECUTION_CATEGORY).or_else(|| venue.clone());
    let category = category.unwrap_or_else(|| Value::from(CENTRAL_ORDER_BOOK));
    let category = match category.as_str() {
        Some("cex") => Value::from(CENTRAL_ORDER_BOOK),
        Some("dex") => Value::from("amm_dex"),
        _ => category,
    };
    let venue = venue.unwrap_or_else(|| {
        let central = category == CENTRAL_ORDER_BOOK;
        Value::from(if central { CENTRAL_VENUE } else { "dex" })
    });
    config.insert(EXECUTION_CATEGORY.to_owned(), category);
    config.insert(EXECUTION_VENUE.to_owned(), venue);
}

/// As [`in_legacy_order`], of an object that almost always is in order already.
pub(super) fn seen_in_legacy_order(object: &Map<String, Value>) -> Cow<'_, Map<String, Value>> {
    if object.iter().any(is_out_of_order) {
        Cow::Owned(in_legacy_order(object.clone()))
    } else {
        Cow::Borrowed(object)
    }
}

/// The object's members, at every level, in the order the original's JSON shows them.
pub fn in_legacy_order(object: Map<String, Value>) -> Map<String, Value> {
    if !object.iter().any(is_out_of_order) {
        return object;
    }
    let (mut indexes, mut names) = (Vec::new(), Vec::new());
    for (key, value) in object {
        let value = value_in_legacy_order(value);
        match array_index(&key) {
            Some(index) => indexes.push((index, key, value)),
            None => names.push((key, value)),
        }
    }
    indexes.sort_by_key(|(index, ..)| *index);
    let indexes = indexes.into_iter().map(|(_, key, value)| (key, value));
    indexes.chain(names).collect()
}

fn value_in_legacy_order(value: Value) -> Value {
    match value {
        Value::Object(members) => Value::Object(in_legacy_order(members)),
        Value::Array(items) => items.into_iter().map(value_in_legacy_order).collect(),
        scalar @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => scalar,
    }
}

/// Almost no configuration has such a name anywhere: only then is anything rebuilt.
fn is_out_of_order((key, value): (&String, &Value)) -> bool {
    array_index(key).is_some() || has_out_of_order(value)
}

fn has_out_of_order(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.iter().any(is_out_of_order),
        Value::Array(items) => items.iter().any(has_out_of_order),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// `7` for `"7"`, nothing for `"07"`, `"-1"` or `"4294967295"`: ECMAScript's array index.
fn array_index(key: &str) -> Option<u32> {
    let index: u32 = key.parse().ok()?;
    (index != u32::MAX && index.to_string() == key).then_some(index)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn object(value: &Value) -> Map<String, Value> {
        overrides_from_json(value)
    }

    fn inject(executor_type: &str, config: &Value, order_id: Option<&str>) -> Value {
        let executor_type = ExecutorType::new(executor_type);
        let (user, client) = (UserId::new("u"), ClientId::new("c"));
        Value::Object(inject_ids(
            object(config),
            &executor_type,
            &user,
            &client,
            order_id,
        ))
    }

    #[test]
    fn what_is_no_object_is_spread() {
        for (config, spread) in [
            (json!(null), "{}"),
            (json!(5), "{}"),
            (json!(true), "{}"),
            (json!([]), "{}"),
            (json!([1, {"a": 2}]), r#"{"0":1,"1":{"a":2}}"#),
            (json!("ab"), r#"{"0":"a","1":"b"}"#),
            (
                json!("é😀"),
                "{\"0\":\"é\",\"1\":\"\u{fffd}\",\"2\":\"\u{fffd}\"}",
            ),
        ] {
            assert_eq!(Value::Object(object(&config)).to_string(), spread);
        }
    }

    #[test]
    fn the_merge_is_shallow_and_null_overrides() {
        let defaults = object(&json!({"a": {"x": 1, "y": 2}, "b": [1, 2], "c": 3}));
        let overrides = object(&json!({"z": 9, "b": [7], "a": {"x": 5}, "c": null}));
        assert_eq!(
            Value::Object(merge(&defaults, overrides)).to_string(),
            r#"{"a":{"x":5},"b":[7],"c":null,"z":9}"#
        );
    }

    #[test]
    fn index_like_names_come_first_at_every_level() {
        let defaults = object(&json!({"b": {"x": 1, "10": 2, "9": 3}, "07": 1}));
        let merged = merge(&defaults, object(&json!(["p", [{"k": 1, "0": 2}]])));
        assert_eq!(
            Value::Object(merged).to_string(),
            r#"{"0":"p","1":[{"0":2,"k":1}],"b":{"9":3,"10":2,"x":1},"07":1}"#
        );
    }

    #[test]
    fn only_canonical_indexes_are_moved() {
        assert_eq!(array_index("4294967294"), Some(4_294_967_294));
        for key in ["4294967295", "01", "-1", "1.0", "+1", "", "a"] {
            assert_eq!(array_index(key), None, "{key}");
        }
    }

    #[test]
    fn ids_win_and_keep_their_place() {
        assert_eq!(
            inject(
                "arbitrage",
                &json!({"userId": "thief", "pair": "p"}),
                Some("m")
            )
            .to_string(),
            r#"{"userId":"u","pair":"p","clientId":"c"}"#
        );
    }

    #[test]
    fn pure_market_making_serves_its_order_as_client() {
        let with_order = inject("pureMarketMaking", &json!({}), Some("m")).to_string();
        let order_first = r#"{"userId":"u","clientId":"m","marketMakingOrderId":"m"}"#;
        assert_eq!(with_order, order_first);
        for none in [None, Some("")] {
            assert_eq!(
                inject("pureMarketMaking", &json!({}), none).to_string(),
                r#"{"userId":"u","clientId":"c","marketMakingOrderId":"c"}"#
            );
        }
    }

    #[test]
    fn volume_says_where_it_trades() {
        for (config, category, venue) in [
            (json!({}), json!("clob_cex"), json!("cex")),
            (
                json!({"executionCategory": null}),
                json!("clob_cex"),
                json!("cex"),
            ),
            (
                json!({"executionCategory": ""}),
                json!("clob_cex"),
                json!("cex"),
            ),
            (
                json!({"executionCategory": "cex"}),
                json!("clob_cex"),
                json!("cex"),
            ),
            (
                json!({"executionCategory": "dex"}),
                json!("amm_dex"),
                json!("dex"),
            ),
            (
                json!({"executionCategory": "clob_dex"}),
                json!("clob_dex"),
                json!("dex"),
            ),
            (
                json!({"executionVenue": "cex"}),
                json!("clob_cex"),
                json!("cex"),
            ),
            (
                json!({"executionVenue": "dex"}),
                json!("amm_dex"),
                json!("dex"),
            ),
            (json!({"executionCategory": 5}), json!(5), json!("dex")),
        ] {
            let injected = inject("volume", &config, None);
            assert_eq!(injected["executionCategory"], category, "{config}");
            assert_eq!(injected["executionVenue"], venue, "{config}");
        }
        let keys = inject("volume", &json!({}), None).to_string();
        assert!(keys.starts_with(r#"{"userId":"u","clientId":"c","executionCategory":"#));
    }
}
