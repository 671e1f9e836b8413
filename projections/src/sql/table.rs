//! What the projector must know of a table to load and save rows of it.

/// A read table: its rows come in groups, one group per stream of the log.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    /// The column that names the group.
    pub(crate) group: &'static str,
    /// The column that rises from row to row of a group of which only the newest is folded on: the
    /// others stay as they are.
    pub(crate) newest: Option<&'static str>,
    pub(crate) primary_key: &'static [&'static str],
    pub(crate) columns: &'static [Column],
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    Text,
    Integer,
}

pub(crate) const fn text(name: &'static str) -> Column {
    let kind = Kind::Text;
    Column { name, kind }
}

pub(crate) const fn integer(name: &'static str) -> Column {
    let kind = Kind::Integer;
    Column { name, kind }
}

impl Table {
    pub(crate) fn column_list(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|column| column.name).collect();
        names.join(", ")
    }

    /// `SELECT` of all columns, from the live table, with `rest` after the table's name.
    pub(crate) fn select(&self, rest: &str) -> String {
        format!("SELECT {} FROM {} {rest}", self.column_list(), self.name)
    }
}
