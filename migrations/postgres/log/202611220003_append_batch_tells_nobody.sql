-- append_batch as before, but that it notifies nobody: a notification inside the transaction makes
-- every batch wait for its listeners to be woken. Whoever appended tells the others afterwards.
--
-- Decides and stores a whole batch of appends in one round trip.
--
-- Each append sees what those before it in the batch did. One that is refused stores nothing and
-- harms no other. Streams and keys that a batch speaks of are listed once, and appends point at them
-- (counting from 1), so that each is looked up once.
--
-- Answers one row per append, in order:
--   stored, repeated    position and version after it
--   conflict            version: the stream's actual one
--   moved               version: which entry of the p_unchanged arrays no longer holds
--   key_reused, event_id_reused
CREATE OR REPLACE FUNCTION append_batch(
    p_recorded_at       timestamptz,
    -- Event ids may be stored already: look before anything else
    p_repeating         boolean,
    p_stream_types      text[],
    p_stream_ids        text[],
    -- False for streams that only have to be new: the primary key sees to that, and a batch that it
    -- refuses is sent again as repeating
    p_stream_known      boolean[],
    p_keys              text[],
    -- One entry per append; expected is -1 where any version will do, key 0 where there is none (a
    -- null among them would make each access walk the array)
    p_stream            int[],
    p_expected          bigint[],
    p_count             int[],
    p_key               int[],
    p_fingerprint       text[],
    -- One entry per precondition, in the order of their appends
    p_unchanged_append  int[],
    p_unchanged_stream  int[],
    p_unchanged_version bigint[],
    -- One entry per event, in the order of their appends
    p_aggregate_type    text[],
    p_aggregate_id      text[],
    p_event_id          uuid[],
    p_event_type        text[],
    p_event_version     text[],
    p_payload           text[],
    p_metadata          text[]
) RETURNS TABLE (verdict text, "position" bigint, version bigint)
LANGUAGE plpgsql
-- On a table never analysed the planner would scan it whole, and keep that plan as it grows
SET enable_seqscan = off
SET enable_bitmapscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
SET jit = off
AS $$
DECLARE
    v_head            bigint;
    v_before          bigint;
    v_recorded_at     timestamptz;
    v_versions        bigint[];
    v_fingerprints    text[];
    v_key_positions   bigint[];
    v_key_versions    bigint[];
    v_key_new         boolean[];
    v_appends         int := cardinality(p_stream);
    v_event_positions bigint[] := array_fill(NULL::bigint, ARRAY[cardinality(p_event_id)]);
    v_event_versions  bigint[] := v_event_positions;
    v_verdicts        text[] := array_fill(NULL::text, ARRAY[v_appends]);
    v_positions       bigint[] := array_fill(NULL::bigint, ARRAY[v_appends]);
    v_stream_versions bigint[] := v_positions;
    v_stream          int;
    v_key             int;
    v_version         bigint;
    v_first           int := 0;
    v_unchanged       int := 1;
    v_moved           int;
    v_verdict         text;
    v_stored          record;
BEGIN
    -- The turn: everything below sees what every earlier batch did, for each statement of a volatile
    -- function looks anew
    SELECT h.position, h.recorded_at INTO STRICT v_head, v_recorded_at
        FROM log_head h WHERE h.id = 1 FOR UPDATE;
    v_before := v_head;
    v_recorded_at := greatest(v_recorded_at, p_recorded_at);

    v_versions := ARRAY(
        SELECT CASE WHEN s.known OR p_repeating THEN coalesce(
            (SELECT e.sequence FROM events e
             WHERE e.aggregate_type = s.aggregate_type AND e.aggregate_id = s.aggregate_id
             ORDER BY e.sequence DESC LIMIT 1), 0) ELSE 0 END
        FROM unnest(p_stream_types, p_stream_ids, p_stream_known) WITH ORDINALITY
            AS s (aggregate_type, aggregate_id, known, n)
        ORDER BY s.n);
    IF cardinality(p_keys) > 0 THEN
        SELECT array_agg(i.fingerprint ORDER BY k.n), array_agg(i.position ORDER BY k.n),
               array_agg(i.version ORDER BY k.n), array_agg(false)
            INTO v_fingerprints, v_key_positions, v_key_versions, v_key_new
            FROM unnest(p_keys) WITH ORDINALITY AS k (key, n)
            LEFT JOIN idempotency_keys i ON i.key = k.key;
    END IF;

    FOR i IN 1 .. v_appends LOOP
        v_stream := p_stream[i];
        v_version := v_versions[v_stream];
        v_key := p_key[i];
        v_moved := NULL;
        WHILE p_unchanged_append[v_unchanged] = i LOOP
            IF v_moved IS NULL
                AND v_versions[p_unchanged_stream[v_unchanged]] <> p_unchanged_version[v_unchanged] THEN
                v_moved := v_unchanged;
            END IF;
            v_unchanged := v_unchanged + 1;
        END LOOP;

        IF v_key > 0 AND v_fingerprints[v_key] IS NOT NULL THEN
            IF v_fingerprints[v_key] = p_fingerprint[i] THEN
                v_verdict := 'repeated';
                v_positions[i] := v_key_positions[v_key];
                v_version := v_key_versions[v_key];
            ELSE
                v_verdict := 'key_reused';
            END IF;
        ELSE
            v_verdict := CASE
                WHEN p_expected[i] <> v_version AND p_expected[i] >= 0 THEN 'conflict'
                WHEN v_moved IS NOT NULL THEN 'moved'
                ELSE 'stored'
            END;
            -- The same events again are no conflict, they are a repetition
            IF p_repeating OR v_verdict <> 'stored' THEN
                SELECT count(*) AS known, max(e.position) AS last, max(e.sequence) AS version,
                       count(*) FILTER (WHERE e.aggregate_type = p_stream_types[v_stream]
                                        AND e.aggregate_id = p_stream_ids[v_stream]) AS same
                    INTO v_stored
                    FROM events e
                    WHERE e.event_id = ANY (p_event_id[v_first + 1 : v_first + p_count[i]]);
                IF v_stored.known > 0 AND v_stored.same = p_count[i] THEN
                    v_verdict := 'repeated';
                    v_positions[i] := v_stored.last;
                    v_version := v_stored.version;
                ELSIF v_stored.known > 0 THEN
                    v_verdict := 'event_id_reused';
                ELSIF v_verdict = 'moved' THEN
                    v_version := v_moved;
                END IF;
            END IF;
        END IF;

        IF v_verdict = 'stored' THEN
            FOR e IN v_first + 1 .. v_first + p_count[i] LOOP
                v_head := v_head + 1;
                v_version := v_version + 1;
                v_event_positions[e] := v_head;
                v_event_versions[e] := v_version;
            END LOOP;
            v_versions[v_stream] := v_version;
            v_positions[i] := v_head;
            IF v_key > 0 THEN
                v_fingerprints[v_key] := p_fingerprint[i];
                v_key_positions[v_key] := v_head;
                v_key_versions[v_key] := v_version;
                v_key_new[v_key] := true;
            END IF;
        END IF;
        v_verdicts[i] := v_verdict;
        v_stream_versions[i] := v_version;
        v_first := v_first + p_count[i];
    END LOOP;

    IF v_head > v_before THEN
        INSERT INTO events (aggregate_type, aggregate_id, sequence, event_type, event_version,
                            payload, metadata, position, event_id, recorded_at)
            SELECT n.aggregate_type, n.aggregate_id, n.sequence, n.event_type, n.event_version,
                   n.payload::json, n.metadata::json, n.position, n.event_id, v_recorded_at
            FROM unnest(p_aggregate_type, p_aggregate_id, v_event_versions, p_event_type,
                        p_event_version, p_payload, p_metadata, v_event_positions, p_event_id)
                AS n (aggregate_type, aggregate_id, sequence, event_type,
                      event_version, payload, metadata, position, event_id)
            WHERE n.position IS NOT NULL;
        IF cardinality(p_keys) > 0 THEN
            INSERT INTO idempotency_keys (key, fingerprint, position, version, recorded_at)
                SELECT k.key, k.fingerprint, k.position, k.version, v_recorded_at
                FROM unnest(p_keys, v_fingerprints, v_key_positions, v_key_versions, v_key_new)
                    AS k (key, fingerprint, position, version, is_new)
                WHERE k.is_new;
        END IF;
        UPDATE log_head SET position = v_head, recorded_at = v_recorded_at WHERE id = 1;
    END IF;

    RETURN QUERY SELECT * FROM unnest(v_verdicts, v_positions, v_stream_versions);
END
$$;
