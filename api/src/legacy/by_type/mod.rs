//! Starting and stopping by strategy type, as before there were definitions.

mod direct;
mod execute_arbitrage;
mod execute_pure_market_making;
mod execute_volume;
mod start;
mod stop;
mod stop_arbitrage;
mod stop_pure_market_making;
mod stop_volume;
mod types;
mod volume_rules;

pub use execute_volume::VolumeParams;
pub use start::StartByType;
pub use stop::StopByType;
pub use stop_volume::StopVolume;
pub use types::{ArbitrageParams, PureMarketMakingParams};

pub(crate) use execute_arbitrage::*;
pub(crate) use execute_pure_market_making::*;
pub(crate) use execute_volume::*;
pub(crate) use start::*;
pub(crate) use stop::*;
pub(crate) use stop_arbitrage::*;
pub(crate) use stop_pure_market_making::*;
pub(crate) use stop_volume::*;
