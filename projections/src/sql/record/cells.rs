//! Values one by one, to bind to a prepared statement.

use std::ops::Range;

use super::Format;

/// All texts stand in one, so that a row costs no allocation.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Cells {
    texts: String,
    stored: Vec<Stored>,
    /// Of one row.
    columns: usize,
}

#[derive(Debug, PartialEq, Eq)]
enum Stored {
    Null,
    Integer(i64),
    Text(Range<usize>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cell<'a> {
    Null,
    Integer(i64),
    Text(&'a str),
}

impl Cells {
    pub(crate) fn columns(&self) -> usize {
        self.columns
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = impl Iterator<Item = Cell<'_>>> {
        let rows = self.stored.chunks(self.columns.max(1));
        rows.map(|row| row.iter().map(|stored| self.cell(stored)))
    }

    /// From the first row to the last.
    pub(crate) fn column(&self, column: usize) -> impl Iterator<Item = Cell<'_>> {
        let cells = self.stored.iter().skip(column).step_by(self.columns.max(1));
        cells.map(|stored| self.cell(stored))
    }

    fn cell(&self, stored: &Stored) -> Cell<'_> {
        match stored {
            Stored::Null => Cell::Null,
            Stored::Integer(number) => Cell::Integer(*number),
            Stored::Text(range) => Cell::Text(&self.texts[range.clone()]),
        }
    }
}

impl<'a> Cell<'a> {
    /// `None` for whatever is no text.
    pub(crate) fn text(self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Null | Self::Integer(_) => None,
        }
    }

    /// `None` for whatever is no number.
    pub(crate) fn integer(self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(number),
            Self::Null | Self::Text(_) => None,
        }
    }
}

impl Format for Cells {
    fn begin_row(&mut self, _is_first: bool) {
        self.columns = 0;
    }

    fn begin_column(&mut self, _name: &str, _is_first: bool) {
        self.columns += 1;
    }

    fn text(&mut self, text: &str) {
        let from = self.texts.len();
        self.texts.push_str(text);
        self.stored.push(Stored::Text(from..self.texts.len()));
    }

    fn integer(&mut self, number: i64) {
        self.stored.push(Stored::Integer(number));
    }

    fn null(&mut self) {
        self.stored.push(Stored::Null);
    }
}
