//! Values that GraphQL has no type for.

mod day;
mod exact;
mod json;
mod place;
mod time;

pub(crate) use day::Day;
pub(crate) use exact::Exact;
pub(crate) use json::{Json, to_graphql};
pub(crate) use place::Place;
pub(crate) use time::Time;
