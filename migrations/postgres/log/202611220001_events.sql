-- The log. The first seven columns are postgres-es' own, so that its repository can read them; the
-- rest is what it lacks: one order over all streams, an id per event and the time it was recorded.
CREATE TABLE events (
    aggregate_type text        COLLATE "C" NOT NULL,
    aggregate_id   text        COLLATE "C" NOT NULL,
    sequence       bigint      NOT NULL CHECK (sequence > 0),
    event_type     text        NOT NULL,
    event_version  text        NOT NULL,
    -- json, not jsonb: it keeps the text exactly as it was handed in, to be hashed and compared
    payload        json        NOT NULL,
    metadata       json        NOT NULL,
    -- 1, 2, 3, … without gaps, in commit order: see log_head
    position       bigint      NOT NULL,
    event_id       uuid        NOT NULL,
    -- Never falls as the position rises
    recorded_at    timestamptz NOT NULL,
    CONSTRAINT events_pkey PRIMARY KEY (aggregate_type, aggregate_id, sequence),
    CONSTRAINT events_position_key UNIQUE (position),
    CONSTRAINT events_event_id_key UNIQUE (event_id)
);

-- History is only ever added to
CREATE FUNCTION refuse_change_of_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'recorded events are never changed or removed';
END
$$;
CREATE TRIGGER events_are_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();

-- One row, locked by each batch until it has committed. Appends of all nodes take turns on it, so
-- positions become visible in order: a reader that has seen 7 will never find a 6 that it missed.
CREATE TABLE log_head (
    id          smallint    PRIMARY KEY CHECK (id = 1),
    position    bigint      NOT NULL,
    recorded_at timestamptz NOT NULL
);
INSERT INTO log_head VALUES (1, 0, 'epoch');

-- What a request was answered, so that repeating it is harmless
CREATE TABLE idempotency_keys (
    key         text        COLLATE "C" PRIMARY KEY,
    fingerprint text        NOT NULL,
    position    bigint      NOT NULL,
    version     bigint      NOT NULL,
    recorded_at timestamptz NOT NULL
);

-- Saved states; every row may be deleted at any time
CREATE TABLE log_snapshots (
    aggregate_type text   COLLATE "C" NOT NULL,
    aggregate_id   text   COLLATE "C" NOT NULL,
    shape          text   NOT NULL,
    version        bigint NOT NULL,
    state          text   NOT NULL,
    PRIMARY KEY (aggregate_type, aggregate_id)
);
