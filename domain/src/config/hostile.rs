//! Refuses JSON that no database or executor should ever see, in one bounded pass.

use serde_json::{Map, Value};

use super::Violation;
use super::pointer;
use crate::money::Decimal;

/// Containers inside containers; the document itself is the first.
const MAX_DEPTH: usize = 32;
/// Members, items and scalars of one document, all levels together.
const MAX_VALUES: usize = 10_000;
/// A note or an address is far shorter; a legacy body of 100 kB may still carry one of these.
const MAX_STRING_BYTES: usize = 65_536;
/// Member names appear in messages and pointers.
const MAX_KEY_BYTES: usize = 1_024;

/// Names that reach an object's prototype in the languages of our callers.
const PROTOTYPE_KEYS: [&str; 3] = ["__proto__", "constructor", "prototype"];

/// Refuses, anywhere inside `value`: NUL characters, prototype-style keys, nesting deeper than
/// 32 levels, numbers that no [`Decimal`] holds, texts and documents of absurd size.
///
/// `pointer` is where `value` stands in what the caller sent.
pub fn refuse_hostile(pointer: &str, value: &Value) -> Result<(), Violation> {
    Inspection::default().inspect(pointer, value)
}

/// As [`refuse_hostile`], for the members of an object.
pub fn refuse_hostile_object(pointer: &str, object: &Map<String, Value>) -> Result<(), Violation> {
    let mut inspection = Inspection::default();
    inspection.members(pointer, object, 1)?;
    inspection.run()
}

/// As [`refuse_hostile`], for a single text (a key or a name).
pub fn refuse_hostile_text(pointer: &str, text: &str) -> Result<(), Violation> {
    if text.contains('\0') {
        return Err(hostile(pointer, "NUL characters are not allowed"));
    }
    if text.len() > MAX_STRING_BYTES {
        let limit = format!("texts longer than {MAX_STRING_BYTES} bytes are not allowed");
        return Err(hostile(pointer, &limit));
    }
    Ok(())
}

/// A walk with its own stack: the caller decides how deep the document is.
#[derive(Default)]
struct Inspection<'v> {
    waiting: Vec<(String, &'v Value, usize)>,
    values: usize,
}

impl<'v> Inspection<'v> {
    fn inspect(mut self, pointer: &str, value: &'v Value) -> Result<(), Violation> {
        self.waiting.push((pointer.to_owned(), value, 1));
        self.run()
    }

    fn run(mut self) -> Result<(), Violation> {
        while let Some((pointer, value, depth)) = self.waiting.pop() {
            match value {
                Value::Null | Value::Bool(_) => {}
                Value::String(text) => refuse_hostile_text(&pointer, text)?,
                Value::Number(_) => {
                    Decimal::try_from_json(value)
                        .map_err(|error| hostile(&pointer, &format!("the number {error}")))?;
                }
                Value::Array(items) => self.items(&pointer, items, depth)?,
                Value::Object(members) => self.members(&pointer, members, depth)?,
            }
        }
        Ok(())
    }

    fn items(&mut self, at: &str, items: &'v [Value], depth: usize) -> Result<(), Violation> {
        self.enter(at, items.len(), depth)?;
        // Backwards onto the stack, so that the first offence in the document is the one reported
        for (index, item) in items.iter().enumerate().rev() {
            self.waiting
                .push((format!("{at}/{index}"), item, depth + 1));
        }
        Ok(())
    }

    fn members(
        &mut self,
        at: &str,
        members: &'v Map<String, Value>,
        depth: usize,
    ) -> Result<(), Violation> {
        self.enter(at, members.len(), depth)?;
        for key in members.keys() {
            refuse_hostile_key(at, key)?;
        }
        for (key, value) in members.iter().rev() {
            self.waiting
                .push((pointer::join(at, key), value, depth + 1));
        }
        Ok(())
    }

    fn enter(&mut self, at: &str, len: usize, depth: usize) -> Result<(), Violation> {
        if depth > MAX_DEPTH {
            let limit = format!("nesting deeper than {MAX_DEPTH} levels is not allowed");
            return Err(hostile(at, &limit));
        }
        self.values += len;
        if self.values > MAX_VALUES {
            let limit = format!("more than {MAX_VALUES} values are not allowed");
            return Err(hostile(at, &limit));
        }
        Ok(())
    }
}

fn refuse_hostile_key(at: &str, key: &str) -> Result<(), Violation> {
    if key.len() > MAX_KEY_BYTES {
        let limit = format!("member names longer than {MAX_KEY_BYTES} bytes are not allowed");
        return Err(hostile(at, &limit));
    }
    if key.contains('\0') {
        return Err(hostile(at, "NUL characters are not allowed in names"));
    }
    if PROTOTYPE_KEYS.contains(&key) {
        let at = pointer::join(at, key);
        return Err(hostile(&at, "this member name is not allowed"));
    }
    Ok(())
}

fn hostile(pointer: &str, what: &str) -> Violation {
    let place = if pointer.is_empty() {
        "the document"
    } else {
        pointer
    };
    Violation::new(pointer, "hostile", format!("{place}: {what}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refused(text: &str) -> Violation {
        refuse_hostile("/config", &serde_json::from_str(text).unwrap()).unwrap_err()
    }

    fn nested(levels: usize) -> Value {
        (0..levels).fold(json!(1), |inner, _| json!({ "a": inner }))
    }

    #[test]
    fn ordinary_configurations_pass() {
        let config = json!({
            "pair": "BTC/USDT", "bidSpread": 0.1, "Constructor": 1, "note": "proto\n",
            "levels": [{"price": "1e-8", "on": true, "comment": null}],
        });
        assert_eq!(refuse_hostile("/config", &config), Ok(()));
        assert_eq!(
            refuse_hostile_object("/config", config.as_object().unwrap()),
            Ok(())
        );
    }

    #[test]
    fn the_violation_names_the_place() {
        let violation = refused(r#"{"a/b":[0,{"note":"x\u0000y"}]}"#);
        assert_eq!(violation.pointer, "/config/a~1b/1/note");
        assert_eq!(
            violation.message,
            "/config/a~1b/1/note: NUL characters are not allowed"
        );
    }

    #[test]
    fn prototype_keys_are_refused_at_any_depth() {
        for key in PROTOTYPE_KEYS {
            let pointer = format!("/config/0/a/{key}");
            assert_eq!(
                refused(&format!(r#"[{{"a":{{"{key}":1}}}}]"#)).pointer,
                pointer
            );
            let object = json!({ key: 1 });
            assert!(refuse_hostile_object("/config", object.as_object().unwrap()).is_err());
        }
    }

    #[test]
    fn numbers_that_no_decimal_holds_are_refused() {
        let hundred_digits = "7".repeat(100);
        for number in [
            "1e400",
            "-1e400",
            "1e-400",
            "1e99999999999999999999",
            &hundred_digits,
        ] {
            let violation = refused(&format!(r#"{{"x":[{number}]}}"#));
            assert_eq!(violation.pointer, "/config/x/0", "{number}");
        }
        for number in [
            "0",
            "-0",
            "1e-8",
            "123456789012345678901234567890.123",
            "1e60",
        ] {
            assert_eq!(
                refuse_hostile("", &serde_json::from_str(number).unwrap()),
                Ok(()),
                "{number}"
            );
        }
    }

    #[test]
    fn nesting_stops_at_thirty_two_levels() {
        assert_eq!(refuse_hostile("", &nested(32)), Ok(()));
        let deep = nested(33);
        assert!(refuse_hostile("", &deep).is_err());
        assert!(refuse_hostile_object("", deep.as_object().unwrap()).is_err());
        assert!(refuse_hostile("", &nested(1_000)).is_err());
    }

    #[test]
    fn absurd_sizes_are_refused() {
        assert!(refuse_hostile("", &json!(vec![0; MAX_VALUES])).is_ok());
        assert!(refuse_hostile("", &json!(vec![0; MAX_VALUES + 1])).is_err());
        assert!(refuse_hostile("", &json!("x".repeat(MAX_STRING_BYTES))).is_ok());
        assert!(refuse_hostile("", &json!("x".repeat(MAX_STRING_BYTES + 1))).is_err());
        assert!(refuse_hostile("", &json!({ "x".repeat(MAX_KEY_BYTES + 1): 1 })).is_err());
        assert!(refuse_hostile("", &json!({ "a\0b": 1 })).is_err());
    }
}
