//! The executors and venues that this installation runs on.

use std::sync::Arc;

use anyhow::Context;
use executors::venue::Venues;
use executors::{StrategyExecutorRegistry, built_in_executors};

use crate::config::Settings;

/// What decides and where orders go.
#[derive(Debug, Clone)]
pub(crate) struct Engine {
    pub(crate) registry: Arc<StrategyExecutorRegistry>,
    pub(crate) venues: Arc<Venues>,
}

impl Engine {
    /// The built-in executors on the paper venue.
    pub(crate) fn build(_settings: &Settings) -> anyhow::Result<Self> {
        let venues = Arc::new(Venues::default());
        let registry = StrategyExecutorRegistry::try_new(built_in_executors(), venues.names())
            .context("the executors can't be registered")?;
        Ok(Self {
            registry: Arc::new(registry),
            venues,
        })
    }
}
