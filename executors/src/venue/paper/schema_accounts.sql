-- Who holds what, and what open orders may still use of it. Applied once to every file.

BEGIN IMMEDIATE;

ALTER TABLE paper_orders ADD COLUMN account TEXT NOT NULL DEFAULT 'main';

-- In the currency that the order pays with: quote for buys, base for sells
ALTER TABLE paper_orders ADD COLUMN reserved TEXT NOT NULL DEFAULT '0';

CREATE TABLE paper_balances (
    exchange TEXT NOT NULL,
    account TEXT NOT NULL,
    currency TEXT NOT NULL,
    total TEXT NOT NULL,
    reserved TEXT NOT NULL,
    PRIMARY KEY (exchange, account, currency)
) WITHOUT ROWID;

PRAGMA user_version = 1;

COMMIT;
