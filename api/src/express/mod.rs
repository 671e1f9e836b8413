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

pub use answer::{empty, json};
pub use body::{Body, parse_body};
pub use conditional::answer_conditionally;
pub use cors::{Cors, share_across_origins};
pub use error::HttpError;
pub use number::js_number;
pub use path::{RoutePattern, matching_path};
