//! What a process does to the outside, as a race sees it.

use domain::execution::ExecutionId;
use domain::ids::{ClientOrderId, StrategyKey};
use event_store::Append;
use executors::venue::OrderRequest;

use crate::support::World;

#[derive(Debug, Clone)]
pub(super) enum Call {
    Append { stream: String, events: Vec<String> },
    Place(OrderRequest),
    Cancel(ClientOrderId),
    Ask(ClientOrderId),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// It has not begun.
    Before,
    /// It is done, and nobody has been told.
    After,
}

impl Call {
    pub(super) fn of(append: &Append) -> Self {
        let events = append.events.iter();
        Self::Append {
            stream: append.stream.aggregate_id.clone(),
            events: events.map(|event| event.event_type.clone()).collect(),
        }
    }

    /// How many events of a type are appended.
    pub(super) fn count(&self, event_type: &str) -> usize {
        let Self::Append { events, .. } = self else {
            return 0;
        };
        events.iter().filter(|name| *name == event_type).count()
    }

    /// Which of the instances it is about.
    pub(super) async fn owner(&self, world: &World, keys: &[StrategyKey]) -> StrategyKey {
        let id = match self {
            Self::Append { stream, .. } => {
                let (key, _) = ExecutionId::parts(stream).unwrap();
                return StrategyKey::new(key);
            }
            Self::Place(request) => &request.client_order_id,
            Self::Cancel(id) | Self::Ask(id) => id,
        };
        for key in keys {
            for run in 1..=world.runs(key).await {
                if world.execution(key, run).await.known_order(id).is_some() {
                    return key.clone();
                }
            }
        }
        panic!("{id} is nobody's")
    }

    /// A moment from the record of what is wanted to the record of what came of it.
    pub(super) fn creates_orders(&self, when: When) -> bool {
        match self {
            Self::Place(_) => true,
            Self::Append { .. } if when == When::After => self.count("OrderIntended") > 0,
            Self::Append { .. } => self.count("OrderAcknowledged") > 0,
            Self::Cancel(_) | Self::Ask(_) => false,
        }
    }
}
