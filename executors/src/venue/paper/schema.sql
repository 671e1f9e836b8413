-- The pretend exchanges' own books. Amounts are decimal texts, times are milliseconds since 1970.

CREATE TABLE IF NOT EXISTS paper_orders (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    client_order_id TEXT NOT NULL UNIQUE,
    exchange TEXT NOT NULL,
    pair TEXT NOT NULL,
    side TEXT NOT NULL,
    price TEXT NOT NULL,
    -- The price written so that texts sort as prices do
    price_key TEXT NOT NULL,
    quantity TEXT NOT NULL,
    filled TEXT NOT NULL,
    -- What was in line at the same price before this order, and still is
    queue_ahead TEXT NOT NULL,
    state TEXT NOT NULL,
    placed_at INTEGER NOT NULL,
    -- Nothing trades with the order before it has travelled to the exchange
    live_from INTEGER NOT NULL,
    cancelled_at INTEGER
);

-- Finds what a price move reaches without touching the rest
CREATE INDEX IF NOT EXISTS paper_orders_open
    ON paper_orders (exchange, pair, side, price_key, number) WHERE state = 'open';

CREATE TABLE IF NOT EXISTS paper_fills (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    exchange TEXT NOT NULL,
    client_order_id TEXT NOT NULL,
    price TEXT NOT NULL,
    quantity TEXT NOT NULL,
    fee TEXT NOT NULL,
    fee_currency TEXT NOT NULL,
    filled_at INTEGER NOT NULL
);

CREATE INDEX IF NOT EXISTS paper_fills_order ON paper_fills (client_order_id, number);

-- Up to when each exchange has matched its orders with the market
CREATE TABLE IF NOT EXISTS paper_looks (
    exchange TEXT PRIMARY KEY,
    looked_until INTEGER NOT NULL
);
