//! Connections: taken, counted, and answered on over HTTP/1.1. `axum::serve` would do, but lets a peer
//! take for ever over the head of a request.

mod answer;
mod counted;

pub(crate) use answer::{Limits, answer};
