//! Databases as releases of the original left them. The types are ones that SQLite and PostgreSQL
//! share, so that one text makes both.

use std::path::{Path, PathBuf};

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection, PgConnection, SqliteConnection};

/// The original's database from before definitions existed; see the README beside it.
pub(crate) fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/legacy-before-definitions.sqlite")
}

/// Definitions, versions and links have come; the type is called `executorType`.
pub(crate) const AFTER_A: &str = r#"
CREATE TABLE strategy_definitions (
  id varchar PRIMARY KEY, "key" varchar NOT NULL, name varchar NOT NULL, description varchar,
  "executorType" varchar NOT NULL, "configSchema" text NOT NULL, "defaultConfig" text NOT NULL,
  enabled boolean NOT NULL DEFAULT true, visibility varchar NOT NULL DEFAULT 'system',
  "createdBy" varchar, "createdAt" timestamp NOT NULL, "updatedAt" timestamp NOT NULL,
  "currentVersion" varchar NOT NULL DEFAULT '1.0.0');
CREATE TABLE strategy_definition_versions (
  id varchar PRIMARY KEY, "definitionId" varchar NOT NULL, version varchar NOT NULL,
  "executorType" varchar NOT NULL, "configSchema" text NOT NULL, "defaultConfig" text NOT NULL,
  description varchar, "createdAt" timestamp NOT NULL);
CREATE TABLE strategy_instances (
  id integer PRIMARY KEY, "strategyKey" varchar NOT NULL, "userId" varchar NOT NULL,
  "clientId" varchar NOT NULL, "strategyType" varchar NOT NULL,
  "startPrice" double precision NOT NULL, parameters json NOT NULL, status varchar NOT NULL,
  "definitionId" varchar, "definitionVersion" varchar DEFAULT '1.0.0',
  "createdAt" timestamp NOT NULL, "updatedAt" timestamp NOT NULL);
CREATE TABLE market_making_history (
  id integer PRIMARY KEY, "userId" varchar NOT NULL, exchange varchar NOT NULL,
  amount varchar, price varchar, "executedAt" timestamp);
CREATE TABLE arbitrage_history (id integer PRIMARY KEY, "userId" varchar NOT NULL, profit integer);
INSERT INTO strategy_definitions VALUES
 ('11111111-1111-4111-8111-111111111111', 'grid', 'Grid', 'Ours', 'pureMarketMaking',
  '{"type":"object","required":["pair"]}', '{"pair":"BTC/USDT","bidSpread":0.10}', true, 'system',
  'ana', '2026-02-01 00:00:00', '2026-02-02 00:00:00', '1.0.1'),
 ('22222222-2222-4222-8222-222222222222', 'twap', 'Twap', NULL, 'timeWeighted',
  '{"type":"no such type"}', '{}', false, 'system', NULL, '2026-02-01 00:00:00',
  '2026-02-01 00:00:00', '1.0.0');
INSERT INTO strategy_definition_versions VALUES
 ('v-2', '11111111-1111-4111-8111-111111111111', '1.0.1', 'pureMarketMaking',
  '{"type":"object","required":["pair"]}', '{"pair":"BTC/USDT","bidSpread":0.10}', 'Ours',
  '2026-02-02 00:00:00'),
 ('v-1', '11111111-1111-4111-8111-111111111111', '1.0.0', 'pureMarketMaking',
  '{"type":"object"}', '{"pair":"ETH/USDT"}', 'First', '2026-02-01 00:00:00');
INSERT INTO strategy_instances VALUES
 (7, 'u-c-pureMarketMaking', 'u', 'c', 'pureMarketMaking', 0.1, '{"pair":"BTC/USDT"}', 'running',
  '11111111-1111-4111-8111-111111111111', '1.0.0', '2026-02-03 00:00:00',
  '2026-02-03 00:00:00.250'),
 (8, 'u-c-arbitrage', 'u', 'c', 'arbitrage', 1, '{}', 'stopped', NULL, '1.0.0',
  '2026-02-03 00:00:00', '2026-02-03 00:00:00'),
 (9, 'u-d-volume', 'u', 'd', 'volume', 1, '{"executedTrades":3}', 'stopped',
  '33333333-3333-4333-8333-333333333333', '1.0.0', '2026-02-03 00:00:00', '2026-02-03 00:00:00');
INSERT INTO market_making_history VALUES (1, 'u', 'binance', '0.010', '43000.10',
  '2026-02-03 00:00:00');
INSERT INTO arbitrage_history VALUES (1, 'u', 12);
"#;

/// The type is called `controllerType`, keys of market making name the order, and the histories
/// are one.
pub(crate) const AFTER_B: &str = r#"
CREATE TABLE strategy_definitions (
  id varchar PRIMARY KEY, "key" varchar NOT NULL, name varchar NOT NULL, description varchar,
  "controllerType" varchar NOT NULL, "configSchema" text NOT NULL, "defaultConfig" text NOT NULL,
  enabled boolean NOT NULL DEFAULT true, visibility varchar NOT NULL DEFAULT 'system',
  "createdBy" varchar, "createdAt" timestamp NOT NULL, "updatedAt" timestamp NOT NULL,
  "currentVersion" varchar NOT NULL DEFAULT '1.0.0');
CREATE TABLE strategy_instances (
  id integer PRIMARY KEY, "strategyKey" varchar NOT NULL, "userId" varchar NOT NULL,
  "clientId" varchar NOT NULL, "marketMakingOrderId" varchar, "strategyType" varchar NOT NULL,
  "startPrice" double precision NOT NULL, parameters json NOT NULL, status varchar NOT NULL,
  "definitionId" varchar, "definitionVersion" varchar DEFAULT '1.0.0',
  "createdAt" timestamp NOT NULL, "updatedAt" timestamp NOT NULL);
CREATE TABLE strategy_execution_history (
  id varchar PRIMARY KEY, "userId" varchar NOT NULL, exchange varchar NOT NULL, amount varchar,
  price varchar, "strategyType" varchar NOT NULL, metadata text);
CREATE TABLE consumer_receipt (id integer PRIMARY KEY, "consumerName" varchar);
INSERT INTO strategy_definitions VALUES
 ('44444444-4444-4444-8444-444444444444', 'volume', 'Volume of ours', NULL, 'volume',
  '{"type":"object"}', '{}', true, 'system', NULL, '2026-02-10 00:00:00',
  '2026-02-10 00:00:00', '1.0.0');
INSERT INTO strategy_instances VALUES
 (1, 'order-9-pureMarketMaking', 'u', 'order-9', 'order-9', 'pureMarketMaking', 1.5,
  '{"pair":"BTC/USDT","marketMakingOrderId":"order-9"}', 'running', NULL, '1.0.0',
  '2026-02-11 00:00:00', '2026-02-11 00:00:00'),
 (2, 'u-c-volume', 'u', 'c', NULL, 'volume', 0, '{"symbol":"BTC/USDT"}', 'running',
  '44444444-4444-4444-8444-444444444444', '1.0.0', '2026-02-11 00:00:00', '2026-02-11 00:00:00');
INSERT INTO strategy_execution_history VALUES
 ('h-1', 'u', 'binance', '1', '2', 'volume', '{"apiKey":"leaked-key","note":"x"}');
"#;

/// Links are called `strategyDefinitionId` and carry no version; times are RFC 3339.
pub(crate) const AFTER_C: &str = r#"
CREATE TABLE strategy_definitions (
  id varchar PRIMARY KEY, "key" varchar NOT NULL, name varchar NOT NULL, description varchar,
  "controllerType" varchar NOT NULL, "configSchema" text NOT NULL, "defaultConfig" text NOT NULL,
  enabled boolean NOT NULL, visibility varchar NOT NULL, capabilities text,
  "createdAt" varchar NOT NULL, "updatedAt" varchar NOT NULL, "currentVersion" varchar NOT NULL);
CREATE TABLE strategy_instances (
  id integer PRIMARY KEY, "strategyKey" varchar NOT NULL, "userId" varchar NOT NULL,
  "clientId" varchar NOT NULL, "marketMakingOrderId" varchar, "strategyType" varchar NOT NULL,
  "startPrice" double precision NOT NULL, parameters json NOT NULL, status varchar NOT NULL,
  "strategyDefinitionId" varchar, "strategyDefinitionSnapshot" text,
  "createdAt" varchar NOT NULL, "updatedAt" varchar NOT NULL);
INSERT INTO strategy_definitions VALUES
 ('55555555-5555-4555-8555-555555555555', 'arb', 'Arb', NULL, 'arbitrage', '{"type":"object"}',
  '{}', true, 'public', '{}', '2026-05-01T00:00:00.000Z', '2026-05-01T00:00:00.000Z', '2.0.0');
INSERT INTO strategy_instances VALUES
 (1, 'u-c-arbitrage', 'u', 'c', NULL, 'arbitrage', 1, '{}', 'failed',
  '55555555-5555-4555-8555-555555555555', '{}', '2026-05-01T00:00:00.000Z',
  '2026-05-01T02:00:00.500+02:00'),
 (2, 'u-e-arbitrage', 'u', 'e', NULL, 'arbitrage', 1, '{}', 'stopping', NULL, NULL,
  '2026-05-01T00:00:00.000Z', '2026-05-01T00:00:00.000Z');
"#;

pub(crate) async fn sqlite_original(file: &Path, sql: &str) {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

pub(crate) async fn postgres_original(url: &str, sql: &str) {
    let mut connection = PgConnection::connect(url).await.unwrap();
    sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}
