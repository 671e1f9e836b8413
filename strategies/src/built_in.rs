//! Every strategy there is.

use std::sync::Arc;

use crate::Strategy;
use crate::arbitrage::Arbitrage;
use crate::pure_market_making::PureMarketMaking;
use crate::volume::Volume;

/// In alphabetical order of their executor types.
pub fn built_in_strategies() -> Vec<Arc<dyn Strategy>> {
    vec![
        Arc::new(Arbitrage),
        Arc::new(PureMarketMaking),
        Arc::new(Volume),
    ]
}
