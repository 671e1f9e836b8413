//! What the journeys share: a real server process on a store of its own, a client for it, and an
//! eye on its log.
#![expect(clippy::expect_used, reason = "a panic is how a test fails")]

pub mod client;
pub mod log_watch;
pub mod server_process;

pub use client::Client;
pub use log_watch::LogWatch;
pub use server_process::ServerProcess;
