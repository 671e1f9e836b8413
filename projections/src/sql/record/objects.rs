//! A JSON array of objects, for a statement on either database.

use super::Format;

#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Objects(pub(crate) String);

impl Format for Objects {
    fn begin_row(&mut self, is_first: bool) {
        self.0.push_str(if is_first { "[{" } else { "},{" });
    }

    fn begin_column(&mut self, name: &str, is_first: bool) {
        // Column names are plain identifiers
        self.0.push_str(if is_first { "\"" } else { ",\"" });
        self.0.push_str(name);
        self.0.push_str("\":");
    }

    fn text(&mut self, text: &str) {
        let quoted = serde_json::to_string(text).unwrap_or_default();
        self.0.push_str(&quoted);
    }

    fn integer(&mut self, number: i64) {
        self.0.push_str(&number.to_string());
    }

    fn null(&mut self) {
        self.0.push_str("null");
    }

    fn end(&mut self) {
        self.0.push_str("}]");
    }
}
