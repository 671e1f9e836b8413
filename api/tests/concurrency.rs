//! Many callers at once.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use api::Settings;
use futures::future::join_all;
use serde_json::json;

use crate::support::{TestApp, arbitrage, market_making};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_who_create_one_key_one_wins() {
    let app = TestApp::start().await;
    let body = market_making();
    let creates = (0..16).map(|_| app.post("/admin/strategy/definitions", &body));
    let mut answers: BTreeMap<u16, Vec<String>> = BTreeMap::new();
    for answer in join_all(creates).await {
        answers
            .entry(answer.status)
            .or_default()
            .push(answer.text().to_owned());
    }
    assert_eq!(answers[&201].len(), 1);
    assert_eq!(answers[&400].len(), 15);
    for refusal in &answers[&400] {
        assert!(
            refusal.contains("Strategy definition with key pmm already exists"),
            "{refusal}"
        );
    }
    assert_eq!(app.events().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_reads_their_own_writes_under_load() {
    let app = TestApp::start().await;
    let id = app.create(&arbitrage()).await;
    let journeys = (0..32).map(|n| {
        let (app, id) = (&app, &id);
        async move {
            let user = format!("user-{n}");
            app.start_instance(id, &user, "c").await;
            let running = app.get("/strategy/running").await.json();
            let key = json!(format!("{user}-c-arbitrage"));
            let rows = running.as_array().unwrap();
            assert!(rows.iter().any(|row| row["strategyKey"] == key), "{key}");
            let stop = json!({ "definitionId": id, "userId": user, "clientId": "c" });
            app.post("/admin/strategy/instances/stop", &stop).await;
            let running = app.get("/strategy/running").await.json();
            let rows = running.as_array().unwrap();
            assert!(rows.iter().all(|row| row["strategyKey"] != key), "{key}");
        }
    });
    join_all(journeys).await;
    assert_eq!(app.events().await.len(), 1 + 32 * 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_is_answered_with_what_they_did() {
    let app = TestApp::start().await;
    let id = app.create(&arbitrage()).await;
    let path = format!("/admin/strategy/definitions/{id}");
    let (publish, update) = (format!("{path}/publish"), format!("{path}/update"));
    let answers = join_all((0..20).map(|_| app.post_nothing(&publish))).await;
    let versions: BTreeSet<String> = answers
        .iter()
        .map(|answer| answer.json()["currentVersion"].to_string())
        .collect();
    assert_eq!(versions.len(), 20, "{versions:?}");
    let updates = (0..32).map(|n| {
        let (app, path) = (&app, &update);
        async move {
            let name = json!(format!("name {n}"));
            let answer = app.post(path, &json!({ "name": name })).await;
            assert_eq!(answer.json()["name"], name);
        }
    });
    join_all(updates).await;
}

#[tokio::test]
async fn an_answer_shows_what_was_recorded_though_the_tables_are_behind() {
    let settings = Settings {
        read_your_writes: Duration::ZERO,
        ..Settings::default()
    };
    let mut app = TestApp::with(settings).await;
    let id = app.create(&arbitrage()).await;
    let path = format!("/admin/strategy/definitions/{id}");
    let position = app.log.head().await.unwrap();
    let patience = Duration::from_secs(20);
    app.state.tables.wait_for(position, patience).await.unwrap();
    app.stop_projector().await;
    for version in ["1.0.1", "1.0.2"] {
        let answer = app.post_nothing(&format!("{path}/publish")).await;
        assert_eq!(answer.json()["currentVersion"], version);
    }
    let answer = app.post_nothing(&format!("{path}/disable")).await;
    assert_eq!(answer.json()["enabled"], false);
    let mut other = arbitrage();
    other["key"] = json!("other");
    let answer = app.post("/admin/strategy/definitions", &other).await;
    assert_eq!(
        (answer.status, &answer.json()["key"]),
        (201, &json!("other"))
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_start_never_slips_past_a_disable_and_removal() {
    let app = TestApp::start().await;
    let id = app.create(&arbitrage()).await;
    let path = format!("/admin/strategy/definitions/{id}");
    let start = json!({ "definitionId": id, "userId": "u", "clientId": "c" });
    let removal = async {
        app.post_nothing(&format!("{path}/disable")).await;
        app.delete(&format!("{path}/remove")).await
    };
    let starts = (0..8).map(|_| app.post("/admin/strategy/instances/start", &start));
    let (removed, starts) = tokio::join!(removal, join_all(starts));
    let started = starts.iter().filter(|answer| answer.status == 201).count();
    let rows = app.strategies().await.len();
    // Either somebody started it first and it stays, or it is gone and nothing runs from it
    match removed.status {
        200 => assert_eq!((started, rows), (0, 0)),
        400 => assert!(started > 0 && rows == 1, "{}", removed.text()),
        other => panic!("{other} {}", removed.text()),
    }
}
