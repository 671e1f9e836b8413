//! What the original's web framework did to every request and answer: body parsing, JSON printing,
//! entity tags, error shapes. Legacy callers depend on it; nothing here knows of strategies.

mod answer;
mod body;
mod conditional;
mod cors;
mod error;
mod json_syntax;
mod number;
mod path;
mod print;

pub(crate) use answer::{empty, json};
pub(crate) use body::{Body, parse_body};
pub(crate) use conditional::answer_conditionally;
pub use cors::Cors;
pub(crate) use cors::share_across_origins;
pub(crate) use error::HttpError;
pub(crate) use number::js_number;
pub(crate) use path::{RoutePattern, matching_path};
