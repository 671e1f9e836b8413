//! JSON as `JSON.stringify` prints it: JavaScript's numbers and its order of keys.

use std::borrow::Cow;
use std::io;

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use serde_json::{Map, Value};

use super::number::js_number;

/// The bytes the original would have sent for this value.
pub(crate) fn to_js_json(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(256);
    let ordered = in_js_order(value);
    let mut serializer = Serializer::with_formatter(&mut bytes, JsNumbers);
    if let Err(error) = ordered.serialize(&mut serializer) {
        // Writing a JSON value into memory has no way to fail
        tracing::error!(error = %error, "a JSON value could not be printed");
    }
    bytes
}

/// Compact, with every number as a double.
#[derive(Debug, Clone, Copy)]
struct JsNumbers;

impl Formatter for JsNumbers {
    fn write_number_str<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        value: &str,
    ) -> io::Result<()> {
        writer.write_all(js_number(value).as_bytes())
    }
}

/// JavaScript objects list integer-like keys first, in numeric order, then the others as added.
fn in_js_order(value: &Value) -> Cow<'_, Value> {
    if !has_integer_key(value) {
        return Cow::Borrowed(value);
    }
    Cow::Owned(match value {
        Value::Array(items) => {
            Value::Array(items.iter().map(|i| in_js_order(i).into_owned()).collect())
        }
        Value::Object(map) => {
            let mut integers: Vec<(u32, &String)> = map
                .keys()
                .filter_map(|key| Some((integer_key(key)?, key)))
                .collect();
            integers.sort_unstable();
            let others = map.keys().filter(|key| integer_key(key).is_none());
            let keys = integers.into_iter().map(|(_, key)| key).chain(others);
            let entries = keys.map(|key| (key.clone(), in_js_order(&map[key]).into_owned()));
            Value::Object(entries.collect::<Map<_, _>>())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    })
}

fn has_integer_key(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(has_integer_key),
        Value::Object(map) => map
            .iter()
            .any(|(key, value)| integer_key(key).is_some() || has_integer_key(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// An array index in JavaScript's sense: `0` to `4294967294`, without leading zeros.
fn integer_key(key: &str) -> Option<u32> {
    let canonical = key == "0"
        || key
            .bytes()
            .next()
            .is_some_and(|b| (b'1'..=b'9').contains(&b));
    let index: u32 = canonical.then(|| key.parse().ok())??;
    (index != u32::MAX).then_some(index)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(json: &str) -> String {
        let value: Value = serde_json::from_str(json).unwrap();
        String::from_utf8(to_js_json(&value)).unwrap()
    }

    #[test]
    fn integer_keys_come_first_in_numeric_order() {
        assert_eq!(
            printed(r#"{"b":1,"10":2,"a":{"2":0,"x":1,"1":0},"9":3,"01":4,"4294967295":5}"#),
            r#"{"9":3,"10":2,"b":1,"a":{"1":0,"2":0,"x":1},"01":4,"4294967295":5}"#
        );
    }

    #[test]
    fn numbers_inside_are_doubles() {
        assert_eq!(printed(r#"[1.50,{"p":1e21}]"#), r#"[1.5,{"p":1e+21}]"#);
    }
}
