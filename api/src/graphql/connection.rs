//! Relay connections: pages forwards, 50 rows unless told otherwise, 200 at most.

use async_graphql::connection::{Connection, EmptyFields};
use async_graphql::{Error, OutputType};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::failure::bad_input;

const DEFAULT: u32 = 50;
const MOST: u32 = 200;
/// So many rows of a list cost as much as one field.
const ROWS_PER_COST: u32 = 10;

/// Cursors are opaque texts.
pub(crate) type List<Node, Fields = EmptyFields> = Connection<String, Node, Fields>;

/// How many rows, behind which one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PageArgs {
    pub(crate) limit: u32,
    after: Option<String>,
}

impl PageArgs {
    pub(crate) fn try_new(first: Option<i32>, after: Option<String>) -> Result<Self, Error> {
        let limit = match first.map(u32::try_from) {
            None => DEFAULT,
            Some(Ok(first)) if first <= MOST => first,
            Some(_) => return Err(bad_input(format!("first must be from 0 to {MOST}"))),
        };
        Ok(Self { limit, after })
    }

    /// What [`cursor`] was made of, if this page has one before it.
    pub(crate) fn after<T: DeserializeOwned>(&self) -> Result<Option<T>, Error> {
        let Some(after) = &self.after else {
            return Ok(None);
        };
        let decoded = URL_SAFE_NO_PAD.decode(after).ok();
        let place = decoded.and_then(|json| serde_json::from_slice(&json).ok());
        place
            .map(Some)
            .ok_or_else(|| bad_input("after is not a cursor of this list"))
    }
}

/// Says where a row is, in words of the list's own.
pub(crate) fn cursor(place: &impl Serialize) -> String {
    // Numbers and texts have no way to fail
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(place).unwrap_or_default())
}

/// A page of a list that is all at hand: cursors are indexes.
pub(crate) fn cut<T, Node: OutputType>(
    rows: Vec<T>,
    page: &PageArgs,
    node: impl Fn(T) -> Node,
) -> Result<List<Node, TotalCount>, Error> {
    let total = rows.len();
    let begin = page
        .after::<usize>()?
        .map_or(0, |last| last.saturating_add(1));
    let limit = page.limit as usize;
    let more = total > begin.saturating_add(limit);
    let fields = TotalCount {
        total_count: count(total),
    };
    let mut list = Connection::with_additional_fields(begin > 0, more, fields);
    let shown = rows.into_iter().enumerate().skip(begin).take(limit);
    list.edges.extend(
        shown.map(|(index, row)| async_graphql::connection::Edge::new(cursor(&index), node(row))),
    );
    Ok(list)
}

#[derive(Debug, async_graphql::SimpleObject)]
pub(crate) struct TotalCount {
    pub(crate) total_count: i64,
}

/// What a list costs, for a complexity limit that counts fields.
pub(crate) fn rows_cost(first: Option<i32>, child: usize) -> usize {
    let rows = first.map_or(DEFAULT, |first| u32::try_from(first).unwrap_or(MOST));
    let rows = rows.min(MOST).div_ceil(ROWS_PER_COST).max(1);
    child.saturating_mul(rows as usize).saturating_add(1)
}

/// GraphQL's numbers are signed.
pub(crate) fn count(number: impl TryInto<i64>) -> i64 {
    number.try_into().unwrap_or(i64::MAX)
}
