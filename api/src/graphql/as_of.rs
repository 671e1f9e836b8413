//! Moments of the past, as callers name them.

use async_graphql::{Error, InputObject};
use event_store::{Position, position_at};

use super::failure::{bad_input, internal};
use super::scalars::{Place, Time};
use crate::state::App;

/// A moment of the past: one of the two.
#[derive(Debug, Clone, Copy, InputObject)]
pub(crate) struct AsOfInput {
    position: Option<Place>,
    time: Option<Time>,
}

impl AsOfInput {
    pub(crate) async fn position(self, app: &App) -> Result<Position, Error> {
        let log = app.log.as_ref();
        match (self.position, self.time) {
            (Some(Place(position)), None) => {
                let head = log.head().await.map_err(internal)?;
                if position > head {
                    return Err(bad_input(format!("the last position is {head}")));
                }
                Ok(position)
            }
            (None, Some(Time(time))) => position_at(log, time).await.map_err(internal),
            (Some(_), Some(_)) | (None, None) => {
                Err(bad_input("asOf needs a position or a time, and not both"))
            }
        }
    }
}
