//! Which instance a user, a client and an executor type name.

use crate::config::PURE_MARKET_MAKING;
use crate::ids::{ClientId, ExecutorType, StrategyKey, UserId};
use crate::legacy_parameters::MARKET_MAKING;

/// What starts and stops derive from the ids a caller sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    pub strategy_key: StrategyKey,
    /// The order's id where the instance serves one.
    pub client_id: ClientId,
    /// Pure market making only: the order it serves, or the client id where none was named.
    pub market_making_order_id: Option<String>,
}

impl Identity {
    pub fn of(
        executor_type: &ExecutorType,
        user_id: &UserId,
        client_id: ClientId,
        market_making_order_id: Option<String>,
    ) -> Self {
        let order_id = market_making_order_id.filter(|id| !id.is_empty());
        let order_id = (executor_type.as_str() == PURE_MARKET_MAKING)
            .then(|| order_id.unwrap_or_else(|| client_id.as_str().to_owned()));
        let client_id = order_id.clone().map_or(client_id, ClientId::new);
        Self {
            strategy_key: StrategyKey::of(user_id, &client_id, executor_type.as_str()),
            client_id,
            market_making_order_id: order_id,
        }
    }
}

/// The other keys under which releases of the original kept the instance of these ids. Only an import
/// brings them, so it may also be nobody's, or another user's.
pub fn imported_keys(
    user_id: &UserId,
    client_id: &ClientId,
    market_making_order_id: Option<&str>,
) -> Vec<StrategyKey> {
    let Some(order_id) = market_making_order_id else {
        return vec![];
    };
    vec![
        StrategyKey::new(format!("{order_id}-{PURE_MARKET_MAKING}")),
        StrategyKey::of(user_id, client_id, MARKET_MAKING),
    ]
}
