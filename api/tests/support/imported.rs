//! Rows of the original, as the importer records them.

use domain::ids::{ClientId, StrategyKey, UserId};
use domain::instance::{ImportLegacyInstance, InstanceCommand, InstanceStatus, LegacyInstanceRow};
use domain::money::Decimal;
use event_store::{Actor, Metadata, Role, Source};
use uuid::Uuid;

use super::TestApp;

/// Stopped, and nothing said about it but whose it is and of which type.
pub(crate) fn row(legacy_id: i64, (user, client): (&str, &str), kind: &str) -> LegacyInstanceRow {
    let at = "2026-01-10T08:00:00Z".parse().unwrap();
    LegacyInstanceRow {
        legacy_id,
        user_id: UserId::new(user),
        client_id: ClientId::new(client),
        strategy_type: kind.to_owned(),
        executor_type: domain::legacy_parameters::executor_type_of(kind),
        start_price: Decimal::zero(),
        parameters: serde_json::Map::new(),
        config: serde_json::Map::new(),
        executed_trades: 0,
        status: InstanceStatus::Stopped,
        note: None,
        definition: None,
        market_making_order_id: None,
        created_at: at,
        updated_at: at,
    }
}

impl TestApp {
    pub(crate) async fn import(&self, key: &str, row: LegacyInstanceRow) {
        let command = InstanceCommand::ImportLegacy(Box::new(ImportLegacyInstance {
            strategy_key: StrategyKey::new(key),
            row,
        }));
        let actor = Actor::new("importer", Role::System);
        let metadata = Metadata::new(actor, Source::Import, Uuid::new_v4());
        let receipt = self.state.instances.execute(key, command, metadata).await;
        let patience = std::time::Duration::from_secs(20);
        let tables = &self.state.tables;
        let shown = tables.wait_for(receipt.unwrap().position, patience);
        shown.await.unwrap();
    }
}
