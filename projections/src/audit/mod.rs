//! Tables as auditors look at them: row by row, column by column, as they stand in the database.

mod compare;
mod rows;

pub use compare::{Compared, Difference, compare};
pub use rows::{StoredTableRow, Value, rows_of};
