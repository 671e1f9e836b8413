//! One pass over all rows of a log, and everything it finds wrong with them.

mod already_hashed;
mod answers;
mod attested;
mod break_in_order;
mod checkpoint_folder;
mod findings;
mod leaves;
mod order;
mod pass;
mod row;

pub(crate) use answers::Answers;
pub(crate) use checkpoint_folder::{CheckpointFolder, signed_root};
pub(crate) use findings::Findings;
pub(crate) use leaves::{LEAF_BYTES, Leaves};
pub(crate) use pass::{Pass, SignedRoot};
pub(crate) use row::{Page, Row, rows, rows_with_texts};
