//! Trying a configuration: checked as a start, one at a time, and nothing of it is recorded.

use api::BacktestFailure;
use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::support::{TestApp, found, told};

const START: &str = "mutation($input: StartBacktestInput!) { startBacktest(input: $input) { \
                     backtest { id state version editedSincePublish config seed lengthSeconds } \
                     userErrors { code message pointer keyword params } } }";

async fn start(app: &TestApp, input: Value) -> Value {
    app.ask(START, json!({ "input": input })).await["startBacktest"].clone()
}

/// The id of one that must be taken.
async fn started(app: &TestApp, input: Value) -> String {
    let payload = start(app, input).await;
    assert_eq!(payload["userErrors"], json!([]), "{payload}");
    payload["backtest"]["id"].as_str().unwrap().to_owned()
}

fn pmm() -> Value {
    json!({ "definitionKey": "pmm" })
}

async fn look(app: &TestApp, id: &str, selection: &str) -> Value {
    let query = format!("query($id: ID!) {{ backtest(id: $id) {{ {selection} }} }}");
    app.ask(&query, json!({ "id": id })).await["backtest"].clone()
}

/// Returns once it is so; a test that waits for what never comes is ended by its runner.
async fn until(app: &TestApp, id: &str, state: &str) {
    while look(app, id, "state").await["state"] != state {
        tokio::task::yield_now().await;
    }
}

async fn cancel(app: &TestApp, id: &str) -> Value {
    let query = "mutation($id: ID!) { cancelBacktest(input: { id: $id }) { backtest { state } \
                 userErrors { code message pointer keyword params } } }";
    app.ask(query, json!({ "id": id })).await["cancelBacktest"].clone()
}

#[tokio::test]
async fn what_runs_is_the_defaults_with_the_overrides() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    let mut input = pmm();
    input["config"] = serde_json::from_str(r#"{ "bidSpread": 0.250 }"#).unwrap();
    let payload = start(&app, input).await;
    let backtest = &payload["backtest"];
    assert_eq!(backtest["config"]["bidSpread"].to_string(), "0.250");
    assert_eq!(backtest["config"]["pair"], "BTC/USDT");
    assert_eq!(backtest["version"], "1.0.0");
    assert_eq!(backtest["editedSincePublish"], false);
    let begun = app.backtester.next().await;
    assert_eq!(json!(begun.question.plan.config), backtest["config"]);
    assert_eq!(begun.question.length, TimeDelta::hours(6));
    assert_eq!(begun.question.seed, 1);
}

#[tokio::test]
async fn the_draft_is_tried_unless_a_version_is_named_even_while_it_is_disabled() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    let edit = json!({ "key": "pmm", "defaultConfig": {
        "pair": "ETH/USDT", "exchangeName": "binance", "bidSpread": 0.3,
    } });
    app.change("updateDefinition", "", edit).await;
    let disable = json!({ "key": "pmm", "reason": "not yet" });
    app.change("disableDefinition", "", disable).await;
    let draft = start(&app, pmm()).await;
    assert_eq!(draft["backtest"]["config"]["pair"], "ETH/USDT");
    assert_eq!(draft["backtest"]["editedSincePublish"], true);
    let mut input = pmm();
    input["version"] = json!("1.0.0");
    let published = start(&app, input).await;
    assert_eq!(published["backtest"]["config"]["pair"], "BTC/USDT");
    assert_eq!(published["backtest"]["editedSincePublish"], false);
}

#[tokio::test]
async fn everything_wrong_is_said_at_its_field_and_nothing_runs() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    let input = json!({
        "definitionKey": "pmm", "config": { "bidSpread": -1, "pair": null },
        "stepSeconds": 0, "fromSeconds": -5, "lengthSeconds": 86_400 * 91,
    });
    let mut places: Vec<_> = told(&start(&app, input).await);
    places.sort();
    let at = |code: &str, pointer: &str| (code.to_owned(), pointer.to_owned());
    assert_eq!(
        places,
        [
            // The pair is taken away: the schema misses it there, the executor at its place
            at("INVALID_CONFIG", "/config"),
            at("INVALID_CONFIG", "/config/bidSpread"),
            at("INVALID_CONFIG", "/config/pair"),
            at("INVALID_INPUT", "/fromSeconds"),
            at("INVALID_INPUT", "/lengthSeconds"),
            at("INVALID_INPUT", "/stepSeconds"),
        ]
    );
    let unknown = start(&app, json!({ "definitionKey": "nobody" })).await;
    assert_eq!(told(&unknown), [at("NOT_FOUND", "/definitionKey")]);
    let input = json!({ "definitionKey": "pmm", "version": "9.9.9" });
    assert_eq!(
        told(&start(&app, input).await),
        [at("NOT_FOUND", "/version")]
    );
    assert!(app.backtester.nothing_runs().await);
}

#[tokio::test]
async fn progress_and_report_are_there_to_the_last_digit_and_nothing_is_recorded() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    let before = app.events().await.len();
    let id = started(&app, pmm()).await;
    let mut begun = app.backtester.next().await;
    (begun.tell)(0.5);
    let running = look(&app, &id, "state progress report { profit }").await;
    assert_eq!(
        running,
        json!({ "state": "RUNNING", "progress": 0.5, "report": null })
    );
    begun.answer.send(Ok(found(3))).unwrap();
    until(&app, &id, "DONE").await;
    let done = look(
        &app,
        &id,
        "progress failure report { profit fees otherFees { coin amount } bothSidesQuoted orders { \
         placed filled cancelled rejected } skipped { reason count } equity { at price } trades { \
         at side price quantity } tradesLeftOut }",
    )
    .await;
    let trade = |second: u32| {
        json!({
            "at": format!("2023-09-12T22:00:0{second}.000Z"), "side": "BUY", "price": "1.0349",
            "quantity": "20",
        })
    };
    let expected = json!({
        "progress": null, "failure": null, "report": {
            "profit": "0.12345678901234567891", "fees": "0.37654321098765432109",
            "otherFees": [{ "coin": "BNB", "amount": "0.0001" }], "bothSidesQuoted": 0.75,
            "orders": { "placed": 9, "filled": 3, "cancelled": 5, "rejected": 1 },
            "skipped": [{ "reason": "no price", "count": 2 }],
            "equity": [{ "at": "2023-09-12T22:00:00.000Z", "price": "1.0349" }],
            "trades": [trade(0), trade(1), trade(2)], "tradesLeftOut": 0,
        },
    });
    assert_eq!(done, expected);
    assert_eq!(app.events().await.len(), before);
}

#[tokio::test]
async fn so_many_trades_are_shown_and_the_others_counted() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    let id = started(&app, pmm()).await;
    let begun = app.backtester.next().await;
    begun.answer.send(Ok(found(2_500))).unwrap();
    until(&app, &id, "DONE").await;
    let shown = look(&app, &id, "report { tradesLeftOut trades { at } }").await["report"].clone();
    assert_eq!(shown["trades"].as_array().unwrap().len(), 834);
    assert_eq!(shown["tradesLeftOut"], 2_500 - 834);
}

#[tokio::test]
async fn one_runs_at_a_time_a_few_wait_and_the_next_is_refused() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    let mut ids = vec![];
    for _ in 0..5 {
        ids.push(started(&app, pmm()).await);
    }
    let first = app.backtester.next().await;
    let refused = start(&app, pmm()).await;
    assert_eq!(told(&refused), [("BUSY".to_owned(), String::new())]);
    assert!(app.backtester.nothing_runs().await);
    assert_eq!(look(&app, &ids[1], "state").await["state"], "QUEUED");
    first.answer.send(Ok(found(0))).unwrap();
    let _second = app.backtester.next().await;
    assert_eq!(look(&app, &ids[1], "state").await["state"], "RUNNING");
    started(&app, pmm()).await;
}

#[tokio::test]
async fn a_cancelled_one_ends_and_the_next_has_its_turn() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    let running = started(&app, pmm()).await;
    let waiting = started(&app, pmm()).await;
    let last = started(&app, pmm()).await;
    let mut begun = app.backtester.next().await;
    for id in [&waiting, &running] {
        let cancelled = cancel(&app, id).await;
        assert_eq!(cancelled["backtest"]["state"], "CANCELLED");
    }
    begun.answer.closed().await;
    let next = app.backtester.next().await;
    assert_eq!(look(&app, &last, "state").await["state"], "RUNNING");
    next.answer.send(Ok(found(0))).unwrap();
    until(&app, &last, "DONE").await;
    assert_eq!(cancel(&app, &last).await["backtest"]["state"], "DONE");
    let nobody = cancel(&app, "nobody").await;
    assert_eq!(told(&nobody), [("NOT_FOUND".to_owned(), "/id".to_owned())]);
}

#[tokio::test]
async fn why_it_failed_is_said() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    let id = started(&app, pmm()).await;
    let begun = app.backtester.next().await;
    let failure = BacktestFailure("binance has no market X/Y".to_owned());
    begun.answer.send(Err(failure)).unwrap();
    until(&app, &id, "FAILED").await;
    let failed = look(&app, &id, "failure report { profit }").await;
    let expected = json!({ "failure": "binance has no market X/Y", "report": null });
    assert_eq!(failed, expected);
}

#[tokio::test]
async fn results_are_kept_for_an_hour_and_no_more_than_twenty() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    let mut ids = vec![];
    for _ in 0..21 {
        let id = started(&app, pmm()).await;
        let begun = app.backtester.next().await;
        begun.answer.send(Ok(found(0))).unwrap();
        until(&app, &id, "DONE").await;
        ids.push(id);
    }
    assert_eq!(look(&app, &ids[0], "state").await, Value::Null);
    assert_eq!(look(&app, &ids[1], "state").await["state"], "DONE");
    app.advance(TimeDelta::minutes(59));
    assert_eq!(look(&app, &ids[20], "state").await["state"], "DONE");
    app.advance(TimeDelta::minutes(1));
    assert_eq!(look(&app, &ids[20], "state").await, Value::Null);
    assert_eq!(look(&app, "nonsense", "state").await, Value::Null);
}

#[tokio::test]
async fn what_there_is_to_try_it_on_is_told() {
    let app = TestApp::start().await;
    let query = "{ backtestOptions { recordedPair recordedFrom recordedUntil mostSteps } }";
    let expected = json!({
        "recordedPair": "WLD/USDT", "recordedFrom": "2023-09-12T22:00:00.000Z",
        "recordedUntil": "2023-12-11T22:00:00.000Z", "mostSteps": 86_400,
    });
    assert_eq!(app.ask(query, json!({})).await["backtestOptions"], expected);
}

#[tokio::test]
async fn a_report_may_be_kept_as_a_page_unless_it_is_too_long() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    let id = started(&app, pmm()).await;
    let path = format!("/api/v1/backtests/{id}/report.html");
    let begun = app.backtester.next().await;
    assert_eq!(
        look(&app, &id, "reportPath").await["reportPath"],
        Value::Null
    );
    assert_eq!(app.get(&path).await.status, 404);
    begun.answer.send(Ok(found(1))).unwrap();
    until(&app, &id, "DONE").await;
    assert_eq!(look(&app, &id, "reportPath").await["reportPath"], path);
    let page = app.get(&path).await;
    assert_eq!((page.status, page.text()), (200, "<!doctype html>"));
    assert!(
        page.header("content-security-policy")
            .unwrap()
            .contains("sandbox")
    );
    let nobody = axum::http::Request::get(&path).body(axum::body::Body::empty());
    assert_eq!(app.send(nobody.unwrap()).await.status, 401);

    let id = started(&app, pmm()).await;
    let begun = app.backtester.next().await;
    begun.answer.send(Ok(found(100_000))).unwrap();
    until(&app, &id, "DONE").await;
    assert_eq!(
        look(&app, &id, "reportPath").await["reportPath"],
        Value::Null
    );
}
