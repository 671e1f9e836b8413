//! Figures for whoever watches this server: how long requests take, and what can only be looked up.

mod look_up;
mod requests;
mod serve;

pub(crate) use requests::time_request;
pub use serve::serve_metrics;
