-- As append_plain_batch, and tells when what it stored was recorded: whoever appended has the events
-- then as they stand in the log, and need not read them.
CREATE FUNCTION append_plain_batch_telling_time(
    p_recorded_at    timestamptz,
    p_on_type        text[],
    p_on_id          text[],
    p_on_version     bigint[],
    p_aggregate_type text[],
    p_aggregate_id   text[],
    p_sequence       bigint[],
    p_event_id       uuid[],
    p_event_type     text[],
    p_event_version  text[],
    p_payload        text[],
    p_metadata       text[],
    p_key            text[],
    p_fingerprint    text[],
    p_key_event      int[],
    p_key_version    bigint[]
) RETURNS TABLE (before bigint, recorded_at timestamptz)
LANGUAGE plpgsql
AS $$
BEGIN
    before := append_plain_batch(
        p_recorded_at, p_on_type, p_on_id, p_on_version, p_aggregate_type, p_aggregate_id,
        p_sequence, p_event_id, p_event_type, p_event_version, p_payload, p_metadata,
        p_key, p_fingerprint, p_key_event, p_key_version);
    -- The turn lasts until the commit: nobody else's time can stand here
    SELECT h.recorded_at INTO STRICT recorded_at FROM log_head h WHERE h.id = 1;
    RETURN NEXT;
END
$$;
