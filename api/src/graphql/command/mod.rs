//! What every mutation does besides what it asks for: its terms, repetition, refusals in words.

mod terms;
mod trouble;

pub(crate) use terms::{Terms, earlier};
pub(crate) use trouble::{REVISION, Trouble, conflict, refused};
