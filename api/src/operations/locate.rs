//! Which instance a caller's ids name: one of ours, or one that an import brought under another key.

use domain::event::aggregate_type;
use domain::ids::{ClientId, StrategyKey, UserId};
use domain::instance::{Instance, LaunchPlan, imported_keys};
use event_store::{Loaded, StoreError, StreamName};

use super::Look;
use crate::state::App;

/// Where a start is to be recorded.
pub(super) struct Located {
    pub(super) key: StrategyKey,
    pub(super) instance: Loaded<Instance>,
    /// What else must be as it is, for this to be the place.
    pub(super) unchanged: Vec<(StreamName, u64)>,
}

/// An instance that was imported under another key goes on under it: two would trade with the same money.
pub(super) async fn locate(
    app: &App,
    plan: &LaunchPlan,
    look: Look,
) -> Result<Located, StoreError> {
    let key = plan.strategy_key.clone();
    // Most starts are of new instances; if this one is not, the log says so
    let instance = match look {
        Look::Latest => app.instances.load(key.as_str()).await?,
        Look::Remembered => app.instances.remembered_or_new(key.as_str()),
    };
    let mut located = Located {
        key,
        instance,
        unchanged: vec![],
    };
    if located.instance.aggregate.known().is_some() {
        return Ok(located);
    }
    let order_id = plan.market_making_order_id.as_deref();
    for key in imported_keys(&plan.user_id, &plan.client_id, order_id) {
        let version = match look {
            Look::Remembered => 0,
            Look::Latest => {
                let instance = app.instances.load(key.as_str()).await?;
                if belongs_to(&instance, &plan.user_id, &plan.client_id) {
                    return Ok(Located {
                        key,
                        instance,
                        unchanged: vec![],
                    });
                }
                instance.version
            }
        };
        let stream = StreamName::new(aggregate_type::INSTANCE, key.as_str());
        located.unchanged.push((stream, version));
    }
    Ok(located)
}

pub(super) fn belongs_to(
    instance: &Loaded<Instance>,
    user_id: &UserId,
    client_id: &ClientId,
) -> bool {
    let known = instance.aggregate.known();
    known.is_some_and(|known| known.user_id == *user_id && known.client_id == *client_id)
}
