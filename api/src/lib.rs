//! HTTP: GraphQL, the event feed, the legacy REST surface byte for byte, login, health, OpenAPI,
//! and the admin UI.
//!
//! It turns requests into commands and rows into answers. It holds no SQL and no rules.

pub mod auth;
mod backtests;
mod body_deadline;
mod body_reading;
mod caller;
mod connections;
mod definition_keys;
mod event_stream;
mod express;
mod graphql;
mod guard_measures;
mod health;
mod legacy;
mod legacy_usage;
mod metrics;
pub mod openapi;
mod operations;
mod preparing;
mod problem;
mod request_id;
mod router;
mod serve;
mod start_prices;
mod state;
mod switches;
mod web;

pub use backtests::{
    BacktestAnswer, BacktestData, BacktestFailure, BacktestMarket, BacktestOrders, BacktestPoint,
    BacktestQuestion, BacktestReport, BacktestTrade, Backtester, Recording, TellProgress,
};
pub use express::Cors;
pub use graphql::{SocketLimits, sdl};
pub use guard_measures::GuardMeasures;
pub use legacy::{Access, routes};
pub use legacy_usage::LegacyCalls;
pub use metrics::serve_metrics;
pub use router::router;
pub use serve::serve;
pub use start_prices::{StartPriceError, StartPrices};
pub use state::{App, AppState, LegacyAuth, Ports, Settings};
pub use switches::{Known, Switches};
