//! What a thing is, kept as text: as values its members take several times the room, and there may be
//! a million things.

use serde::{Serialize, Serializer, ser::Error};
use serde_json::{Map, Value};

/// A JSON object. Two are the same if they were written the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Members(Box<str>);

impl From<Map<String, Value>> for Members {
    fn from(members: Map<String, Value>) -> Self {
        Self(Value::Object(members).to_string().into_boxed_str())
    }
}

impl Members {
    pub(crate) fn read(&self) -> serde_json::Result<Map<String, Value>> {
        serde_json::from_str(&self.0)
    }
}

impl Serialize for Members {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.read().map_err(S::Error::custom)?.serialize(serializer)
    }
}
