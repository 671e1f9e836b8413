//! Looks things up for many rows at once: one statement per kind, however long the list.
//!
//! A request is one task, so it is known exactly when it can go no further without an answer: then
//! everything it asked for is looked up together, at once and without a timer.

mod asked;
mod batch;
mod in_the_log;
mod in_the_tables;
mod instances_of;
mod load_failed;
mod of_request;
mod serve;
mod stir;
#[cfg(test)]
mod tests;

pub(crate) use instances_of::OfDefinition;
pub(crate) use of_request::Loaders;
