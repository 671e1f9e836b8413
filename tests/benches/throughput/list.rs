//! `POST /graphql` for 50 instances out of many, filtered, over HTTP: what the page of instances asks
//! each time somebody changes a filter or looks further.

use domain::definition::{CreateDefinition, DefinitionVersion};
use domain::event::aggregate_type;
use domain::ids::{ClientId, DefinitionId, DefinitionKey, ExecutorType, UserId};
use domain::instance::{DefinitionPin, InstanceEvent, Run, StopMode};
use domain::money::Decimal;
use event_store::{Append, Expected, StreamName};
use futures::StreamExt;
use serde_json::{Value, json};
use uuid::Uuid;

use super::append::{metadata, open};
use super::database::{Databases, pool, settle};
use super::load_driver::{Sample, drive};
use super::rebuild::{config, rebuild_each, stored};
use super::start::{catalogue, create, definition, serve, token};

const SIZES: [u64; 2] = [100_000, 1_000_000];
const DEFINITIONS: u64 = 20;
const INSTANCES_OF_A_USER: u64 = 100;
/// How far in the page lies that is not the first.
const DEEP: u64 = 50_000;

/// What a row of the page shows.
const ROWS: &str = "stale pageInfo { hasNextPage endCursor } nodes { id key userId clientId executorType \
                    trading definitionKey definitionVersion status observed faultReason run \
                    executedTrades updatedAt lastPosition }";
/// The total and how many are in each state.
const COUNTS: &str = "totalCount counts { running stopped faulted diverging }";

type Variables = fn(u64) -> Value;

/// A question by somebody else each time, so that no answer is at hand.
const QUESTIONS: [(&str, Variables); 6] = [
    (
        "running",
        |_| json!({ "filter": { "status": ["RUNNING"] } }),
    ),
    ("running, latest change first", |_| {
        json!({
            "filter": { "status": ["RUNNING"] },
            "orderBy": { "field": "UPDATED_AT", "direction": "DESC" },
        })
    }),
    (
        "a user's",
        |n| json!({ "filter": { "userId": user(n * 7919 % SIZES[0] / INSTANCES_OF_A_USER) } }),
    ),
    ("a definition's stopped, latest change first", |n| {
        json!({
            "filter": { "definitionKey": definition_key(n % DEFINITIONS), "status": ["STOPPED"] },
            "orderBy": { "field": "UPDATED_AT", "direction": "DESC" },
        })
    }),
    ("part of a key", |n| {
        let user = user(n * 7919 % SIZES[0] / INSTANCES_OF_A_USER);
        json!({ "filter": { "text": format!("{user}-client") } })
    }),
    (
        "running, 50,000 rows in",
        |n| json!({ "filter": { "status": ["RUNNING"] }, "after": cursor(DEEP + n) }),
    ),
];

pub(crate) async fn measure(databases: &Databases, seconds: u64) {
    let catalogue = catalogue();
    let mut columns = vec![];
    for size in SIZES {
        let databases = [
            ("SQLite", databases.sqlite()),
            ("PostgreSQL", databases.postgres("list").await),
        ];
        for (name, url) in databases {
            for number in 0..DEFINITIONS {
                create(&url, &catalogue, definition_of(number)).await;
            }
            fill(&url, size).await;
            rebuild_each(&url).await;
            if url.starts_with("postgres") {
                settle(&pool(&url, 1).await).await;
            }
            let api = serve(&url, catalogue.clone()).await;
            let label = format!("{name}, {size}");
            columns.push((label, ask_everything(&api, seconds).await));
        }
    }
    print(&columns);
}

/// Each question without and with counts.
async fn ask_everything(api: &str, seconds: u64) -> Vec<Sample> {
    let mut samples = vec![];
    for (_, variables) in QUESTIONS {
        for selection in [ROWS.to_owned(), format!("{COUNTS} {ROWS}")] {
            let query = format!(
                "query($filter: InstanceFilter, $orderBy: InstanceOrder, $after: String) {{ \
                 instances(filter: $filter, orderBy: $orderBy, after: $after, first: 50) \
                 {{ {selection} }} }}"
            );
            samples.push(ask(api, query, variables, seconds).await);
        }
    }
    samples
}

async fn ask(api: &str, query: String, variables: Variables, seconds: u64) -> Sample {
    let http = reqwest::Client::new();
    let (url, token) = (format!("{api}/graphql"), token());
    drive(1, seconds, move |_, iteration| {
        let body = json!({ "query": query, "variables": variables(iteration) });
        let request = http.post(&url).bearer_auth(&token).json(&body);
        async move {
            let answer = request.send().await.expect("an answer");
            let answer: Value = answer.json().await.expect("JSON");
            let nodes = answer["data"]["instances"]["nodes"].as_array();
            assert_eq!(nodes.map(Vec::len), Some(50), "{answer}");
        }
    })
    .await
}

fn print(columns: &[(String, Vec<Sample>)]) {
    println!("\n### 50 instances out of many, over HTTP\n\np50 / p99 in ms, one client\n");
    print!("| |");
    for (label, _) in columns {
        print!(" {label} |");
    }
    println!("\n| --- |{}", " ---: |".repeat(columns.len()));
    for (question, (label, _)) in QUESTIONS.iter().enumerate() {
        for (offset, counted) in ["", ", with counts"].iter().enumerate() {
            print!("| {label}{counted} |");
            for (_, samples) in columns {
                let sample = &samples[question * 2 + offset];
                print!(" {:.2} / {:.2} |", sample.p50_ms, sample.p99_ms);
            }
            println!();
        }
    }
}

fn user(number: u64) -> String {
    format!("user-{number}")
}

fn definition_key(number: u64) -> String {
    format!("definition-{number}")
}

/// As the list gives it for a row in the order of ids.
fn cursor(id: u64) -> String {
    use base64::Engine;
    let place = json!(["", id]).to_string();
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(place)
}

fn definition_of(number: u64) -> CreateDefinition {
    CreateDefinition {
        definition_id: definition_id(number),
        key: DefinitionKey::new(definition_key(number)),
        ..definition()
    }
}

fn definition_id(number: u64) -> DefinitionId {
    DefinitionId(Uuid::from_u128(u128::from(number) + 1))
}

async fn fill(url: &str, instances: u64) {
    let log = open(url).await;
    let appends = (0..instances).map(|number| {
        let log = log.clone();
        async move { log.append(life(number)).await.expect("an append") }
    });
    let appends = futures::stream::iter(appends).buffer_unordered(256);
    appends.for_each(|_| std::future::ready(())).await;
    log.close().await;
}

/// One of a hundred is at fault, three of ten are stopped.
fn life(number: u64) -> Append {
    let at = moment(number);
    let definition = number % DEFINITIONS;
    let run = Run {
        number: 1,
        user_id: UserId::new(user(number / INSTANCES_OF_A_USER)),
        client_id: ClientId::new(format!("client-{}", number % INSTANCES_OF_A_USER)),
        strategy_type: "pureMarketMaking".to_owned(),
        executor_type: ExecutorType::new("pureMarketMaking"),
        definition: Some(DefinitionPin {
            definition_id: definition_id(definition),
            key: DefinitionKey::new(definition_key(definition)),
            name: "Market Making".to_owned(),
            version: DefinitionVersion::imported("1.0.0"),
            schema_digest: String::new(),
            edited_since_publish: false,
        }),
        config: config(),
        market_making_order_id: None,
        start_price: Decimal::one(),
        started_at: at,
    };
    let key = format!("{}-{}-pureMarketMaking", run.user_id, run.client_id);
    let mut events = vec![InstanceEvent::InstanceStarted(run)];
    let of_definition = number / DEFINITIONS;
    if of_definition % 100 == 99 {
        events.push(InstanceEvent::InstanceFaulted {
            run: 1,
            stage: None,
            reason: "the venue refused".to_owned(),
            faulted_at: at,
        });
    } else if of_definition % 10 < 3 {
        events.push(InstanceEvent::InstanceStopped {
            run: 1,
            reason: Some("maintenance".to_owned()),
            mode: StopMode::Cancel,
            stopped_at: at,
        });
    }
    Append {
        stream: StreamName::new(aggregate_type::INSTANCE, key),
        expected: Expected::Version(0),
        events: events.iter().map(stored).collect(),
        metadata: metadata(),
        unchanged: vec![],
        idempotency: None,
    }
}

/// Changes come in no order of the ids.
fn moment(number: u64) -> chrono::DateTime<chrono::Utc> {
    let second = i64::try_from(number * 7919 % 10_000_019).expect("small");
    chrono::DateTime::from_timestamp(1_750_000_000 + second, 0).expect("a time")
}
