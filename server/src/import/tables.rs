//! Which tables of the original are read, under which of its column names, and which are not.

/// A table that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) name: &'static str,
    /// Names the row in the report and in its stream.
    pub(super) key: &'static str,
    /// Without one of each group, rows could not be told apart or understood.
    pub(super) required: &'static [&'static [&'static str]],
}

/// The original renamed columns between releases; the first that is there counts.
pub(super) mod columns {
    pub(in crate::import) const DEFINITION: &[&str] = &["strategyDefinitionId", "definitionId"];
    pub(in crate::import) const EXECUTOR: &[&str] = &["controllerType", "executorType"];
}

pub(super) const DEFINITIONS: Table = Table {
    name: "strategy_definitions",
    key: "id",
    required: &[
        &["id"],
        &["key"],
        &["name"],
        columns::EXECUTOR,
        &["configSchema"],
        &["defaultConfig"],
    ],
};

pub(super) const VERSIONS: Table = Table {
    name: "strategy_definition_versions",
    key: "id",
    required: &[
        &["id"],
        columns::DEFINITION,
        &["version"],
        columns::EXECUTOR,
        &["configSchema"],
        &["defaultConfig"],
    ],
};

pub(super) const INSTANCES: Table = Table {
    name: "strategy_instances",
    key: "id",
    required: &[
        &["id"],
        &["strategyKey"],
        &["userId"],
        &["clientId"],
        &["strategyType"],
        &["startPrice"],
        &["parameters"],
        &["status"],
    ],
};

pub(super) const INTENTS: Table = Table {
    name: "strategy_order_intent",
    key: "intentId",
    required: &[&["intentId"], &["status"]],
};

/// Kept as they stood; nothing acts on them.
pub(super) const RECORDS: [Table; 6] = [
    keyed_by_id("contribution"),
    INTENTS,
    keyed_by_id("market_making_history"),
    keyed_by_id("arbitrage_history"),
    keyed_by_id("indicator_strategy_history"),
    keyed_by_id("strategy_execution_history"),
];

/// Amounts in any of the kept tables: told as decimal texts, so that nobody reads them as floats.
pub(super) const AMOUNTS: [&str; 8] = [
    "amount",
    "buyPrice",
    "price",
    "profit",
    "qty",
    "sellPrice",
    "startPrice",
    "buyAmount",
];

const fn keyed_by_id(name: &'static str) -> Table {
    Table {
        name,
        key: "id",
        required: &[&["id"]],
    }
}

/// Why a table that is there is not read.
pub(super) fn reason_to_leave_out(table: &str) -> &'static str {
    match table {
        "mixin_user" => "holds login tokens, which never enter the history",
        "migrations_typeorm" | "migrations" => "the original's own bookkeeping",
        "consumer_receipt" | "outbox_event" => "messages of the original to itself",
        _ => "has no place in Strategos",
    }
}
