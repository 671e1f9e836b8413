//! What an answer shows: now, or the past; all that the caller has seen, or perhaps not.

use std::sync::Arc;
use std::time::Duration;

use async_graphql::Error;
use event_store::{EventLog, PastLog, Position};

use super::as_of::AsOfInput;
use super::failure::behind;
use super::scalars::Place;
use crate::state::App;

/// How long a read waits for the tables.
const PATIENCE: Duration = Duration::from_secs(2);

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Reading {
    /// The past; `None` is now.
    pub(crate) as_of: Option<Position>,
    /// The tables did not reach the position that the caller has seen.
    pub(crate) stale: bool,
}

impl Reading {
    pub(crate) async fn begin(
        app: &App,
        as_of: Option<AsOfInput>,
        min_position: Option<Place>,
    ) -> Result<Self, Error> {
        if let Some(as_of) = as_of {
            return Ok(Self {
                as_of: Some(as_of.position(app).await?),
                stale: false,
            });
        }
        Ok(Self {
            as_of: None,
            stale: is_stale(app, min_position).await,
        })
    }

    /// As [`Self::begin`], for instances.
    pub(crate) async fn of_instances(
        app: &App,
        as_of: Option<AsOfInput>,
        min_position: Option<Place>,
    ) -> Result<Self, Error> {
        let reading = Self::begin(app, as_of, min_position).await?;
        reading.wait_for_instances(app).await?;
        Ok(reading)
    }

    /// The past of instances is in a table, which may have to catch up.
    pub(crate) async fn wait_for_instances(self, app: &App) -> Result<(), Error> {
        let Some(position) = self.as_of else {
            return Ok(());
        };
        let there = app.tables.wait_for_past(position, PATIENCE).await;
        there.map_err(|still| behind(&still))
    }

    /// The log as far as the answer shows it.
    pub(crate) fn log(self, app: &App) -> Arc<dyn EventLog> {
        match self.as_of {
            None => app.log.clone(),
            Some(position) => Arc::new(PastLog::new(app.log.clone(), position)),
        }
    }

    pub(crate) fn position(self) -> Option<Place> {
        self.as_of.map(Place)
    }
}

/// Waits for the tables, 2 s at most.
pub(crate) async fn is_stale(app: &App, min: Option<Place>) -> bool {
    match min {
        None => false,
        Some(Place(position)) => app.tables.wait_for(position, PATIENCE).await.is_err(),
    }
}
