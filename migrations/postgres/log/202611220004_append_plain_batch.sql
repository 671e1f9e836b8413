-- Stores a batch in which nothing has to be decided: each stream and each idempotency key comes once,
-- each append says which version it goes on from, so every place is known but the first position.
-- What does not hold refuses the batch as a whole, and append_batch then decides append by append.
--
-- Answers the position before the first event; null, with nothing stored, where a condition does not
-- hold. A stream that has gone on, a repeated event or a repeated key are refused by their indexes.
CREATE FUNCTION append_plain_batch(
    p_recorded_at    timestamptz,
    -- Streams that must be exactly at a version: those that are continued or relied on
    p_on_type        text[],
    p_on_id          text[],
    p_on_version     bigint[],
    -- One entry per event
    p_aggregate_type text[],
    p_aggregate_id   text[],
    p_sequence       bigint[],
    p_event_id       uuid[],
    p_event_type     text[],
    p_event_version  text[],
    p_payload        text[],
    p_metadata       text[],
    -- One entry per append that has a key; its last event counts from 1
    p_key            text[],
    p_fingerprint    text[],
    p_key_event      int[],
    p_key_version    bigint[]
) RETURNS bigint
LANGUAGE plpgsql
-- On a table never analysed the planner would scan it whole, and keep that plan as it grows
SET enable_seqscan = off
SET enable_bitmapscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
SET jit = off
AS $$
DECLARE
    v_before      bigint;
    v_recorded_at timestamptz;
BEGIN
    -- The turn: everything below sees what every earlier batch did, for each statement of a volatile
    -- function looks anew
    SELECT h.position, greatest(h.recorded_at, p_recorded_at) INTO STRICT v_before, v_recorded_at
        FROM log_head h WHERE h.id = 1 FOR UPDATE;

    IF cardinality(p_on_version) > 0 THEN
        PERFORM FROM unnest(p_on_type, p_on_id, p_on_version) AS c (aggregate_type, aggregate_id, version)
            WHERE c.version <> coalesce(
                (SELECT e.sequence FROM events e
                 WHERE e.aggregate_type = c.aggregate_type AND e.aggregate_id = c.aggregate_id
                 ORDER BY e.sequence DESC LIMIT 1), 0);
        IF FOUND THEN
            RETURN NULL;
        END IF;
    END IF;

    INSERT INTO events (aggregate_type, aggregate_id, sequence, event_type, event_version,
                        payload, metadata, position, event_id, recorded_at)
        SELECT n.aggregate_type, n.aggregate_id, n.sequence, n.event_type, n.event_version,
               n.payload::json, n.metadata::json, v_before + n.number, n.event_id, v_recorded_at
        FROM unnest(p_aggregate_type, p_aggregate_id, p_sequence, p_event_type, p_event_version,
                    p_payload, p_metadata, p_event_id) WITH ORDINALITY
            AS n (aggregate_type, aggregate_id, sequence, event_type, event_version,
                  payload, metadata, event_id, number);
    IF cardinality(p_key) > 0 THEN
        INSERT INTO idempotency_keys (key, fingerprint, position, version, recorded_at)
            SELECT k.key, k.fingerprint, v_before + k.event, k.version, v_recorded_at
            FROM unnest(p_key, p_fingerprint, p_key_event, p_key_version)
                AS k (key, fingerprint, event, version);
    END IF;
    UPDATE log_head SET position = v_before + cardinality(p_event_id), recorded_at = v_recorded_at
        WHERE id = 1;
    RETURN v_before;
END
$$;
