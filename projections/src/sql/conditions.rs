//! What a `WHERE` says, put together with the values it speaks of.

use sqlx::Any;
use sqlx::any::AnyArguments;
use sqlx::query::Query;

/// Conditions that must all hold. Values are always bound, never written into the text.
#[derive(Debug, Default)]
pub(crate) struct Conditions {
    terms: Vec<String>,
    values: Vec<Bound>,
}

#[derive(Debug)]
enum Bound {
    Text(String),
    Integer(i64),
}

/// Whether the database should look rows up by the condition, or only check those it reads.
/// SQLite without statistics takes any index for as good as another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    LookUp,
    Check,
}

impl Conditions {
    pub(crate) fn is(&mut self, usage: Use, column: &str, text: &str) {
        let value = self.text(text);
        self.terms.push(format!("{} = {value}", usage.of(column)));
    }

    /// No texts at all: no row.
    pub(crate) fn is_one_of<'a>(
        &mut self,
        usage: Use,
        column: &str,
        texts: impl IntoIterator<Item = &'a str>,
    ) {
        let values: Vec<String> = texts.into_iter().map(|text| self.text(text)).collect();
        self.terms.push(match values.as_slice() {
            [] => "1 = 0".to_owned(),
            values => format!("{} IN ({})", usage.of(column), values.join(", ")),
        });
    }

    pub(crate) fn flag(&mut self, column: &str, on: bool) {
        let value = self.integer(i64::from(on));
        self.terms.push(format!("{column} = {value}"));
    }

    pub(crate) fn at_least(&mut self, column: &str, text: &str) {
        let value = self.text(text);
        self.terms.push(format!("{column} >= {value}"));
    }

    pub(crate) fn at_most(&mut self, column: &str, text: &str) {
        let value = self.text(text);
        self.terms.push(format!("{column} <= {value}"));
    }

    pub(crate) fn holds(&mut self, term: &str) {
        self.terms.push(term.to_owned());
    }

    /// One of the columns has the text somewhere in it, whatever its case.
    pub(crate) fn contains(&mut self, columns: &[&str], text: &str) {
        let escaped = text
            .replace('\\', "\\\\")
            .replace('%', "\\%")
            .replace('_', "\\_");
        let value = self.text(&format!("%{escaped}%"));
        let each: Vec<String> = columns
            .iter()
            .map(|column| format!("lower({column}) LIKE lower({value}) ESCAPE '\\'"))
            .collect();
        self.terms.push(format!("({})", each.join(" OR ")));
    }

    /// Behind the row with these values, in the order of the two columns.
    pub(crate) fn behind(
        &mut self,
        direction: Direction,
        (column, text): (&str, &str),
        (tie_column, tie): (&str, Tie<'_>),
    ) {
        let text = self.text(text);
        let tie = match tie {
            Tie::Text(tie) => self.text(tie),
            Tie::Integer(tie) => self.integer(tie),
        };
        let than = direction.than();
        self.terms
            .push(format!("({column}, {tie_column}) {than} ({text}, {tie})"));
    }

    pub(crate) fn behind_id(&mut self, direction: Direction, id: i64) {
        let id = self.integer(id);
        self.terms.push(format!("id {} {id}", direction.than()));
    }

    /// The clause so far. What is added from here on makes the next one: the values of both are
    /// bound to one statement.
    pub(crate) fn take_clause(&mut self) -> String {
        let clause = self.clause();
        self.terms.clear();
        clause
    }

    /// `WHERE …`, or nothing.
    pub(crate) fn clause(&self) -> String {
        if self.terms.is_empty() {
            return String::new();
        }
        format!("WHERE {}", self.terms.join(" AND "))
    }

    pub(crate) fn bind<'q>(
        &'q self,
        query: Query<'q, Any, AnyArguments<'q>>,
    ) -> Query<'q, Any, AnyArguments<'q>> {
        self.values.iter().fold(query, |query, value| match value {
            Bound::Text(text) => query.bind(text.as_str()),
            Bound::Integer(number) => query.bind(*number),
        })
    }

    fn text(&mut self, text: &str) -> String {
        // PostgreSQL's text holds every character but this one: no row has it
        self.placeholder(Bound::Text(text.replace('\0', "\u{fffd}")))
    }

    fn integer(&mut self, number: i64) -> String {
        self.placeholder(Bound::Integer(number))
    }

    fn placeholder(&mut self, value: Bound) -> String {
        self.values.push(value);
        format!("${}", self.values.len())
    }
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Tie<'a> {
    Text(&'a str),
    Integer(i64),
}

impl Use {
    fn of(self, column: &str) -> String {
        match self {
            Self::LookUp => column.to_owned(),
            // An expression that no index knows
            Self::Check => format!("{column} || ''"),
        }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Direction {
    #[default]
    Ascending,
    Descending,
}

impl Direction {
    pub(crate) fn sql(self) -> &'static str {
        match self {
            Self::Ascending => "ASC",
            Self::Descending => "DESC",
        }
    }

    fn than(self) -> &'static str {
        match self {
            Self::Ascending => ">",
            Self::Descending => "<",
        }
    }

    /// As a comparison of two rows already compared upwards.
    pub(crate) fn apply(self, ordering: std::cmp::Ordering) -> std::cmp::Ordering {
        match self {
            Self::Ascending => ordering,
            Self::Descending => ordering.reverse(),
        }
    }
}
