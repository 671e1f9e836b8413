-- Calls of legacy endpoints, by UTC day, caller and endpoint.
CREATE TABLE legacy_usage (
    day            TEXT   NOT NULL,
    caller         TEXT   NOT NULL,
    endpoint       TEXT   NOT NULL,
    calls          BIGINT NOT NULL,
    last_position  BIGINT NOT NULL,
    PRIMARY KEY (day, caller, endpoint)
);
