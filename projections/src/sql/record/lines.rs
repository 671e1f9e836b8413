//! The lines of PostgreSQL's `COPY`.

use super::Format;

#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Lines(pub(crate) String);

impl Format for Lines {
    fn begin_row(&mut self, is_first: bool) {
        self.0.push_str(if is_first { "" } else { "\n" });
    }

    fn begin_column(&mut self, _name: &str, is_first: bool) {
        self.0.push_str(if is_first { "" } else { "\t" });
    }

    /// What would end a column, a line or the data stands behind a backslash.
    fn text(&mut self, mut text: &str) {
        while let Some(at) = text.find(['\\', '\t', '\n', '\r']) {
            let (before, rest) = text.split_at(at);
            self.0.push_str(before);
            self.0.push_str(match rest.as_bytes().first() {
                Some(b'\t') => "\\t",
                Some(b'\n') => "\\n",
                Some(b'\r') => "\\r",
                Some(_) | None => "\\\\",
            });
            // All four are one byte long
            text = &rest[1..];
        }
        self.0.push_str(text);
    }

    fn integer(&mut self, number: i64) {
        self.0.push_str(&number.to_string());
    }

    fn null(&mut self) {
        self.0.push_str("\\N");
    }

    fn end(&mut self) {
        self.0.push('\n');
    }
}
