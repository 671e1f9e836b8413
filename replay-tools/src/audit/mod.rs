//! One pass over all rows of a log, and everything it finds wrong with them.

mod already_hashed;
mod answers;
mod attested;
mod break_in_order;
mod findings;
mod leaves;
mod order;
mod pass;
mod row;
mod shelf;

pub(crate) use answers::Answers;
pub(crate) use findings::Findings;
pub(crate) use leaves::{LEAF_BYTES, Leaves};
pub(crate) use pass::{Pass, Promise};
pub(crate) use row::{Page, Row, rows, rows_with_texts};
pub(crate) use shelf::{Shelf, promise};
