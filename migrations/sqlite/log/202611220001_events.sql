-- The log. Column names are those of cqrs-es' stores, plus what they lack: one order over all
-- streams, an id per event and the time it was recorded.
CREATE TABLE events (
    -- 1, 2, 3, … without gaps, in commit order: appends take turns on SQLite's write lock
    position       INTEGER PRIMARY KEY,
    aggregate_type TEXT    NOT NULL,
    aggregate_id   TEXT    NOT NULL,
    sequence       INTEGER NOT NULL,
    event_id       BLOB    NOT NULL UNIQUE,
    event_type     TEXT    NOT NULL,
    event_version  TEXT    NOT NULL,
    -- JSON exactly as it was handed in: it is hashed and compared byte by byte
    payload        TEXT    NOT NULL,
    metadata       TEXT    NOT NULL,
    -- Microseconds since 1970, UTC; never falls as the position rises
    recorded_at    INTEGER NOT NULL,
    UNIQUE (aggregate_type, aggregate_id, sequence)
) STRICT;

-- History is only ever added to
CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'recorded events are never changed'); END;
CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'recorded events are never removed'); END;

-- What a request was answered, so that repeating it is harmless
CREATE TABLE idempotency_keys (
    key         TEXT    NOT NULL PRIMARY KEY,
    fingerprint TEXT    NOT NULL,
    position    INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Saved states; every row may be deleted at any time
CREATE TABLE log_snapshots (
    aggregate_type TEXT    NOT NULL,
    aggregate_id   TEXT    NOT NULL,
    shape          TEXT    NOT NULL,
    version        INTEGER NOT NULL,
    state          TEXT    NOT NULL,
    PRIMARY KEY (aggregate_type, aggregate_id)
) STRICT;
