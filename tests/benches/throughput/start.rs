//! `POST /admin/strategy/instances/start` over HTTP: a durable command whose answer reflects it.
//!
//! The peer is the same request served by stock cqrs-es + postgres-es with a view, on the same
//! HTTP stack, deciding with the same aggregates. It checks no token and keeps one view where we
//! keep three tables. Clients and server share the machine, so beside it stands what HTTP alone can do.

use std::sync::Arc;
use std::time::Duration;

use api::auth::{Auth, Credentials};
use api::{
    App, BacktestAnswer, BacktestFailure, BacktestQuestion, Backtester, GuardMeasures, Ports,
    Recording, Settings, StartPriceError, StartPrices, TellProgress,
};
use async_trait::async_trait;
use domain::ExecutorCatalogue;
use domain::clock::{Clock, FixedClock};
use domain::definition::{CreateDefinition, Definition, DefinitionCommand};
use domain::guard::Measure;
use domain::ids::{DefinitionId, DefinitionKey, ExecutorType, GuardName};
use domain::money::Decimal;
use event_store::{CommandGateway, Position};
use executors::{StrategyExecutorRegistry, built_in_executors};
use projections::{Projector, Tables};
use serde_json::{Map, Value, json};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::append::{Batches, metadata, open};
use super::database::{Databases, pool};
use super::load_driver::{Sample, Table, drive};
use super::stock_http;

const ROUNDS: usize = 3;
const CLIENTS: usize = 64;
const SECRET: &[u8] = b"bench";

pub(crate) async fn measure(databases: &Databases, seconds: u64) {
    let catalogue = catalogue();
    let wanted = definition();
    let id = wanted.definition_id;
    let stock = stock_http::start(databases, catalogue.clone(), wanted.clone()).await;
    let database = databases.postgres("start").await;
    let batches = Batches(pool(&database, 1).await);
    create(&database, &catalogue, wanted.clone()).await;
    let postgres = serve(&database, catalogue.clone()).await;
    let file = databases.sqlite();
    create(&file, &catalogue, wanted).await;
    let sqlite = serve(&file, catalogue).await;
    let mut table = Table::new(
        "POST /admin/strategy/instances/start, read your own writes",
        &[
            "stock cqrs-es",
            "ours, PostgreSQL",
            "ours, SQLite",
            "HTTP alone",
        ],
    );
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let mut round = Vec::new();
        for url in [&stock, &postgres, &sqlite] {
            round.push(drive_clients(url, id, seconds).await);
        }
        round.push(drive_http_alone(&postgres, seconds).await);
        rounds.push(round);
    }
    let batch = batches.mean_since(Position(0)).await;
    let label = format!("{CLIENTS} clients, in batches of {batch}");
    table.row(label, &rounds);
    table.print();
}

pub(crate) fn catalogue() -> Arc<dyn ExecutorCatalogue> {
    let registry =
        StrategyExecutorRegistry::try_new(built_in_executors(), vec!["binance".to_owned()]);
    Arc::new(registry.expect("the built-ins are distinct"))
}

pub(crate) fn definition() -> CreateDefinition {
    let seeds = strategies::default_strategy_definitions();
    let seed = seeds
        .into_iter()
        .find(|seed| seed.key.as_str() == "pure-market-making");
    let seed = seed.expect("market making is seeded");
    CreateDefinition {
        definition_id: DefinitionId(Uuid::new_v4()),
        key: DefinitionKey::new("pure-market-making"),
        content: seed.content,
        created_by: None,
        created_at: chrono::DateTime::UNIX_EPOCH,
    }
}

/// A market that never moves: it is not what is measured.
#[derive(Debug)]
struct OnePrice;

#[async_trait]
impl StartPrices for OnePrice {
    async fn start_price(
        &self,
        _: &ExecutorType,
        _: &Map<String, Value>,
    ) -> Result<Decimal, StartPriceError> {
        Ok(Decimal::one())
    }
}

#[derive(Debug)]
struct NothingMeasured;

impl GuardMeasures for NothingMeasured {
    fn of(&self, _: &GuardName, _: u64) -> Option<Measure> {
        None
    }
}

/// Nothing is tried here.
#[derive(Debug)]
struct NoBacktests;

#[async_trait]
impl Backtester for NoBacktests {
    fn recording(&self) -> Recording {
        Recording {
            pair: String::new(),
            from: clock_time(),
            until: clock_time(),
        }
    }

    async fn run(
        &self,
        _: BacktestQuestion,
        _: TellProgress,
    ) -> Result<BacktestAnswer, BacktestFailure> {
        Err(BacktestFailure("nothing is tried here".to_owned()))
    }
}

pub(crate) async fn create(
    database: &str,
    catalogue: &Arc<dyn ExecutorCatalogue>,
    definition: CreateDefinition,
) {
    let log = open(database).await;
    let definitions = CommandGateway::<Definition>::new(log.clone(), catalogue.clone());
    let key = definition.key.to_string();
    let command = DefinitionCommand::Create(definition);
    let created = definitions.execute(&key, command, metadata()).await;
    created.expect("the definition is created");
    log.close().await;
}

pub(crate) async fn serve(database: &str, catalogue: Arc<dyn ExecutorCatalogue>) -> String {
    let log = open(database).await;
    let tables = Tables::connect(database).await.expect("the tables open");
    tables.migrate().await.expect("the tables migrate");
    let clock: Arc<dyn Clock> = Arc::new(FixedClock(clock_time()));
    let projector = Projector::new(tables.clone(), log.clone(), clock.clone());
    tokio::spawn(projector.run(CancellationToken::new()));
    let head = log.head().await.expect("the log answers");
    let caught_up = tables.wait_for(head, Duration::from_secs(30)).await;
    caught_up.expect("the tables show the definition");
    let hash = "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA";
    let credentials = Credentials::try_new(hash, vec![SECRET.to_vec()]).expect("credentials");
    let auth = Auth::new(credentials, clock.clone());
    let ports = Ports {
        catalogue,
        start_prices: Arc::new(OnePrice),
        guard_measures: Arc::new(NothingMeasured),
        backtester: Arc::new(NoBacktests),
    };
    let app = App::new(log, tables, clock, ports, auth, Settings::default());
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("bound"));
    let prepared = CancellationToken::new();
    prepared.cancel();
    let app = Arc::new(app);
    tokio::spawn(api::serve(listener, app, prepared, std::future::pending()));
    url
}

fn clock_time() -> chrono::DateTime<chrono::Utc> {
    chrono::DateTime::from_timestamp(1_800_000_000, 0).expect("a time")
}

pub(crate) fn token() -> String {
    let issued = clock_time().timestamp();
    let claims = json!({ "username": "admin", "iat": issued, "exp": issued + 7200 });
    let key = jsonwebtoken::EncodingKey::from_secret(SECRET);
    jsonwebtoken::encode(&jsonwebtoken::Header::default(), &claims, &key).expect("a token")
}

async fn drive_clients(url: &str, definition: DefinitionId, seconds: u64) -> Sample {
    let http = reqwest::Client::new();
    let url = format!("{url}/admin/strategy/instances/start");
    let token = token();
    drive(CLIENTS, seconds, move |_, _| {
        let request = http.post(&url).bearer_auth(&token).json(&json!({
            "definitionId": definition.to_string(),
            "userId": Uuid::new_v4().to_string(),
            "clientId": "bench",
            "config": { "bidSpread": 0.001 },
        }));
        async move {
            let answer = request.send().await.expect("an answer");
            assert_eq!(answer.status(), 201);
            answer.bytes().await.expect("a body");
        }
    })
    .await
}

/// A request that needs nothing: what client and server leave for work, as they share the machine.
async fn drive_http_alone(url: &str, seconds: u64) -> Sample {
    let http = reqwest::Client::new();
    let url = format!("{url}/health/live");
    drive(CLIENTS, seconds, move |_, _| {
        let request = http.get(&url);
        async move {
            let answer = request.send().await.expect("an answer");
            assert_eq!(answer.status(), 200);
            answer.bytes().await.expect("a body");
        }
    })
    .await
}
