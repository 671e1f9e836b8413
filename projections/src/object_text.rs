//! JSON that is passed on as it was written.

use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// A JSON object as text. Most configurations a fold sees are superseded before anybody looks into
/// them, and a table keeps the text anyway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ObjectText(Box<str>);

impl ObjectText {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for ObjectText {
    fn default() -> Self {
        Self("{}".into())
    }
}

impl From<&Map<String, Value>> for ObjectText {
    fn from(object: &Map<String, Value>) -> Self {
        // Serialising a JSON map has no way to fail
        Self(serde_json::to_string(object).unwrap_or_default().into())
    }
}

impl<'de> Deserialize<'de> for ObjectText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        if raw.get().starts_with('{') {
            Ok(Self(raw.into()))
        } else {
            let other = Unexpected::Other("other JSON");
            Err(D::Error::invalid_type(other, &"an object"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_stays_as_it_was_written() {
        let written = r#"{"price":1.50,"pair":"A\/B", "tiny":1e-30}"#;
        let text: ObjectText = serde_json::from_str(written).unwrap();
        assert_eq!(text.as_str(), written);
    }

    #[test]
    fn a_map_becomes_its_text() {
        let map: Map<String, Value> = serde_json::from_str(r#"{"b": 1.50, "a": null}"#).unwrap();
        assert_eq!(ObjectText::from(&map).as_str(), r#"{"b":1.50,"a":null}"#);
    }

    #[test]
    fn what_is_no_object_is_refused() {
        for other in ["[]", "1", "\"{}\"", "null", "{\"a\":}", "{"] {
            let read: Result<ObjectText, _> = serde_json::from_str(other);
            assert!(read.is_err(), "{other}");
        }
    }
}
