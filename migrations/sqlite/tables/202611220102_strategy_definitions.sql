-- The catalogue as it is now; a removed definition has no row.
-- Only TEXT and BIGINT, in every table here: one code path serves both databases.
CREATE TABLE strategy_definitions (
    key                   TEXT   NOT NULL PRIMARY KEY,
    id                    TEXT   NOT NULL,
    name                  TEXT   NOT NULL,
    description           TEXT,
    executor_type         TEXT   NOT NULL,
    config_schema         TEXT   NOT NULL,
    default_config        TEXT   NOT NULL,
    enabled               BIGINT NOT NULL,
    visibility            TEXT   NOT NULL,
    current_version       TEXT   NOT NULL,
    -- What the current version froze, to tell whether the live content was edited since
    published_content     TEXT   NOT NULL,
    edited_since_publish  BIGINT NOT NULL,
    created_by            TEXT,
    last_changed_by       TEXT   NOT NULL,
    created_at            TEXT   NOT NULL,
    updated_at            TEXT   NOT NULL,
    revision              BIGINT NOT NULL,
    created_position      BIGINT NOT NULL,
    last_position         BIGINT NOT NULL
);

CREATE INDEX strategy_definitions_by_id ON strategy_definitions (id);

-- Type-based starts look for the oldest enabled definition of an executor
CREATE INDEX strategy_definitions_by_executor
    ON strategy_definitions (executor_type, enabled, created_at, created_position);
