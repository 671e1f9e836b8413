//! A backtest that is asked of a running server.

use serde_json::{Map, Value, json};

use crate::support::{Installation, Server};

const REPORT: &str = "from until stepSeconds profit realised unrealised fees \
    otherFees { coin amount } volume maxDrawdown bothSidesQuoted \
    orders { placed rejected cancelled filled } \
    markets { exchange pair lastPrice trades bought sold inventory largestInventory profit } \
    skipped { reason count } endedEarly equity { at profit price inventory } \
    trades { at exchange pair side price quantity }";

fn config() -> Value {
    json!({
        "pair": "WLD/USDT", "bidSpread": 0.0005, "askSpread": 0.0005, "orderAmount": 20,
        "orderRefreshTime": 10_000,
    })
}

async fn serving(installation: &Installation) -> Server {
    let mut server = Server::start(installation, &[]);
    server.log_in(&installation.password()).await;
    server
}

async fn ask(server: &Server, query: &str, variables: Value) -> Value {
    let body = json!({ "query": query, "variables": variables });
    let answer: Value = server.post("/graphql", body).await.json().await.unwrap();
    assert!(answer.get("errors").is_none(), "{answer}");
    answer["data"].clone()
}

async fn start(server: &Server, changes: Value) -> String {
    let mut input = json!({
        "definitionKey": "pure-market-making", "config": config(), "lengthSeconds": 180,
        "stepSeconds": 5,
    });
    let members = input.as_object_mut().unwrap();
    members.extend(changes.as_object().unwrap().clone());
    let query = "mutation($input: StartBacktestInput!) { startBacktest(input: $input) { \
                 backtest { id } userErrors { message pointer } } }";
    let answer = ask(server, query, json!({ "input": input })).await;
    let payload = &answer["startBacktest"];
    assert_eq!(payload["userErrors"], json!([]));
    payload["backtest"]["id"].as_str().unwrap().to_owned()
}

async fn look(server: &Server, id: &str, selection: &str) -> Value {
    let query = format!("query($id: ID!) {{ backtest(id: $id) {{ {selection} }} }}");
    ask(server, &query, json!({ "id": id })).await["backtest"].clone()
}

/// Returns once it has ended; a test that waits for what never comes is ended by its runner.
async fn ended(server: &Server, id: &str) -> String {
    loop {
        let found = look(server, id, "state failure").await;
        let state = found["state"].as_str().unwrap();
        if !["QUEUED", "RUNNING"].contains(&state) {
            return state.to_owned();
        }
    }
}

/// The command's report in GraphQL's words: maps as lists, moments with milliseconds, sides in
/// capitals. Amounts stay as they are.
fn as_asked(report: &Value) -> Value {
    let mut report = report.as_object().unwrap().clone();
    let list = |map: &Value, name: &str, value: &str| {
        let members = map.as_object().unwrap().iter();
        let members = members.map(|(key, held)| json!({ name: key, value: held }));
        Value::Array(members.collect())
    };
    report["otherFees"] = list(&report["otherFees"], "coin", "amount");
    report["skipped"] = list(&report["skipped"], "reason", "count");
    moments(&mut report, &["from", "until"]);
    for name in ["equity", "trades"] {
        for row in report[name].as_array_mut().unwrap() {
            let row = row.as_object_mut().unwrap();
            moments(row, &["at"]);
            if let Some(side) = row.get_mut("side") {
                *side = json!(side.as_str().unwrap().to_uppercase());
            }
        }
    }
    Value::Object(report)
}

fn moments(of: &mut Map<String, Value>, names: &[&str]) {
    for name in names {
        let at: chrono::DateTime<chrono::Utc> = of[*name].as_str().unwrap().parse().unwrap();
        of[*name] = json!(at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true));
    }
}

#[tokio::test]
async fn the_answer_is_the_commands_to_the_last_digit_and_nothing_is_recorded() {
    let installation = Installation::new();
    let server = serving(&installation).await;
    let before = installation.recorded().await.len();
    let config = config().to_string();
    for (data, name, from, seed) in [
        ("recorded", "RECORDED", 3_600, 7),
        ("generated", "GENERATED", 0, 2),
    ] {
        let (period, seed_text) = (format!("{from}s"), format!("{seed}"));
        let said = installation.succeed(&[
            "backtest",
            "--definition",
            "pure-market-making",
            "--config",
            &config,
            "--length",
            "3m",
            "--step",
            "5s",
            "--data",
            data,
            "--from",
            &period,
            "--seed",
            &seed_text,
            "--json",
        ]);
        let changes = json!({ "data": name, "fromSeconds": from, "seed": seed });
        let id = start(&server, changes).await;
        assert_eq!(ended(&server, &id).await, "DONE");
        let selection = format!("report {{ {REPORT} }}");
        let found = look(&server, &id, &selection).await["report"].clone();
        let expected = as_asked(&said.parse().unwrap());
        assert!(expected["orders"]["filled"].as_u64().unwrap() > 0, "{data}");
        assert_eq!(found, expected, "{data}");
    }
    assert_eq!(installation.recorded().await.len(), before);
}

#[tokio::test]
async fn what_only_the_market_can_refuse_is_said_in_a_sentence() {
    let installation = Installation::new();
    let server = serving(&installation).await;
    let mut config = config();
    config["pair"] = json!("BTC/BTC");
    let id = start(&server, json!({ "config": config })).await;
    assert_eq!(ended(&server, &id).await, "FAILED");
    let failed = look(&server, &id, "failure").await;
    let sentence = failed["failure"].as_str().unwrap();
    assert!(sentence.contains("has no market BTC/BTC"), "{sentence}");
}

#[tokio::test]
async fn the_end_of_the_server_does_not_wait_for_one() {
    let installation = Installation::new();
    let server = serving(&installation).await;
    let id = start(
        &server,
        json!({ "lengthSeconds": 864_000, "stepSeconds": 10 }),
    )
    .await;
    while look(&server, &id, "state").await["state"] != "RUNNING" {}
    let (status, log) = server.end();
    assert!(status.success(), "{log}");
}
