-- Calls of legacy endpoints, by UTC day, caller and endpoint.
CREATE TABLE legacy_usage (
    day            TEXT COLLATE "C" NOT NULL,
    caller         TEXT COLLATE "C" NOT NULL,
    endpoint       TEXT COLLATE "C" NOT NULL,
    calls          BIGINT NOT NULL,
    last_position  BIGINT NOT NULL,
    PRIMARY KEY (day, caller, endpoint)
);
