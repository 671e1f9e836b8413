-- What of an instance changed, and when: one row per change, so that any moment is looked up and need
-- not be folded. What only its own stream says (configuration, start price) is read from there.
CREATE TABLE strategy_instance_moments (
    strategy_key        TEXT   NOT NULL,
    -- The event that made it so
    since               BIGINT NOT NULL,
    user_id             TEXT   NOT NULL,
    client_id           TEXT   NOT NULL,
    executor_type       TEXT,
    definition_id       TEXT,
    definition_version  TEXT,
    run                 BIGINT NOT NULL,
    status              TEXT   NOT NULL,
    observed            TEXT   NOT NULL,
    skip_reason         TEXT,
    executed_trades     BIGINT NOT NULL,
    updated_at          TEXT   NOT NULL,
    PRIMARY KEY (strategy_key, since)
);
