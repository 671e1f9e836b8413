-- How far each projection has folded the log. A row moves in the transaction that writes what was
-- folded, so rows and position never disagree.
CREATE TABLE projection_state (
    name            TEXT   NOT NULL PRIMARY KEY,
    position        BIGINT NOT NULL,
    -- Raised when a rebuilt table takes the live one's place: whoever held the old one must look again
    generation      BIGINT NOT NULL,
    -- Set together when an event could not be folded: the projection waits there for an operator
    parked_at       TEXT,
    parked_position BIGINT,
    error           TEXT
);
