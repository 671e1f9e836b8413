-- A pair can be looked at without the rest of its exchange. Applied once to every file.

BEGIN IMMEDIATE;

-- Up to when a pair has matched its orders with the market, where that is later than its exchange
CREATE TABLE paper_pair_looks (
    exchange TEXT NOT NULL,
    pair TEXT NOT NULL,
    looked_until INTEGER NOT NULL,
    PRIMARY KEY (exchange, pair)
) WITHOUT ROWID;

PRAGMA user_version = 2;

COMMIT;
