//! Pages of lists whose rows are all in memory: what the past looks like.

use std::cmp::Ordering;

/// Some rows of a list, in its order.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<R> {
    pub rows: Vec<R>,
    /// There are rows behind the last one.
    pub more: bool,
}

impl<R> Page<R> {
    /// From one row more than was asked for, if there is one.
    pub(crate) fn of_one_more(mut rows: Vec<R>, limit: u32) -> Self {
        let limit = limit as usize;
        let more = rows.len() > limit;
        rows.truncate(limit);
        Self { rows, more }
    }

    /// The rows behind `after` of a list that is sorted here.
    pub(crate) fn cut(
        mut rows: Vec<R>,
        compare: impl Fn(&R, &R) -> Ordering,
        is_behind: impl Fn(&R) -> bool,
        limit: u32,
    ) -> Self {
        rows.sort_by(compare);
        let begin = rows.iter().position(is_behind).unwrap_or(rows.len());
        let mut rows = rows.split_off(begin);
        rows.truncate(limit as usize + 1);
        Self::of_one_more(rows, limit)
    }
}
