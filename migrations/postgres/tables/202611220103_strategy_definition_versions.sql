-- Every published version of the definitions in the catalogue, as it was frozen.
CREATE TABLE strategy_definition_versions (
    id              TEXT COLLATE "C" NOT NULL,
    definition_key  TEXT COLLATE "C" NOT NULL,
    definition_id   TEXT COLLATE "C" NOT NULL,
    version         TEXT COLLATE "C" NOT NULL,
    executor_type   TEXT COLLATE "C" NOT NULL,
    config_schema   TEXT   NOT NULL,
    default_config  TEXT   NOT NULL,
    name            TEXT COLLATE "C" NOT NULL,
    description     TEXT,
    visibility      TEXT   NOT NULL,
    published_by    TEXT   NOT NULL,
    reason          TEXT,
    created_at      TEXT COLLATE "C" NOT NULL,
    last_position   BIGINT NOT NULL,
    PRIMARY KEY (definition_key, version)
);

CREATE INDEX strategy_definition_versions_by_definition
    ON strategy_definition_versions (definition_id, created_at);
