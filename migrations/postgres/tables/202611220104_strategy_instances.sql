-- Every instance that was ever started or imported, as it is now.
CREATE TABLE strategy_instances (
    strategy_key            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- What legacy callers know an instance by; the same after every rebuild
    id                      BIGINT NOT NULL UNIQUE,
    user_id                 TEXT COLLATE "C" NOT NULL,
    client_id               TEXT   NOT NULL,
    strategy_type           TEXT   NOT NULL,
    executor_type           TEXT COLLATE "C",
    definition_id           TEXT COLLATE "C",
    definition_key          TEXT COLLATE "C",
    definition_name         TEXT,
    definition_version      TEXT,
    market_making_order_id  TEXT,
    start_price             TEXT   NOT NULL,
    -- NULL: the same as config, as for every run that was started here
    parameters              TEXT,
    config                  TEXT   NOT NULL,
    run                     BIGINT NOT NULL,
    status                  TEXT COLLATE "C" NOT NULL,
    observed                TEXT   NOT NULL,
    fault_reason            TEXT,
    skip_reason             TEXT,
    note                    TEXT,
    executed_trades         BIGINT NOT NULL,
    created_at              TEXT COLLATE "C" NOT NULL,
    updated_at              TEXT   NOT NULL,
    revision                BIGINT NOT NULL,
    last_position           BIGINT NOT NULL
);

-- Lists are paged by id
CREATE INDEX strategy_instances_by_status ON strategy_instances (status, id);
CREATE INDEX strategy_instances_by_user ON strategy_instances (user_id, id);
CREATE INDEX strategy_instances_by_definition ON strategy_instances (definition_id, id);
