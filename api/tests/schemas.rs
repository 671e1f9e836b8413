//! The committed API description is the one the program serves, and it tells the truth.

use api::routes;
use serde_json::Value;

use crate::support::{TestApp, arbitrage, market_making};

fn document() -> Value {
    serde_json::from_str(&api::openapi::legacy_json()).unwrap()
}

#[test]
fn the_committed_document_is_up_to_date() {
    let committed = include_str!("../openapi.json");
    assert!(
        committed == api::openapi::legacy_json(),
        "run `cargo run -p api --bin write-schemas`"
    );
}

#[test]
fn the_committed_schema_is_up_to_date() {
    let committed = include_str!("../schema.graphql");
    assert!(
        committed == api::sdl(),
        "run `cargo run -p api --bin write-schemas`"
    );
}

#[tokio::test]
async fn the_document_is_served() {
    let app = TestApp::start().await;
    app.get("/openapi/legacy.json")
        .await
        .is(200, include_str!("../openapi.json"));
}

#[test]
fn every_route_is_described() {
    let document = document();
    assert_eq!(document["openapi"], "3.1.0");
    let undescribed: Vec<String> = routes()
        .into_iter()
        .filter(|(method, path, _)| {
            document["paths"][path][method.as_str().to_lowercase()].is_null()
        })
        .map(|(method, path, _)| format!("{method} {path}"))
        .collect();
    assert_eq!(undescribed, [""; 0]);
}

/// The members of an answer are exactly those its schema names.
#[track_caller]
fn fits(answer: &Value, schema: &str) {
    let document = document();
    let schema = &document["components"]["schemas"][schema];
    let described = schema["properties"].as_object().unwrap();
    for name in answer.as_object().unwrap().keys() {
        assert!(described.contains_key(name), "{name} is not described");
    }
    for name in schema["required"].as_array().unwrap() {
        assert!(
            answer.get(name.as_str().unwrap()).is_some(),
            "{name} is missing"
        );
    }
}

#[tokio::test]
async fn answers_fit_their_descriptions() {
    let app = TestApp::start().await;
    let id = app.create(&market_making()).await;
    app.create(&arbitrage()).await;
    app.start_instance(&id, "u", "c").await;
    let list = |path: String| {
        let app = &app;
        async move { app.get(&path).await.json()[0].clone() }
    };
    fits(
        &list("/admin/strategy/definitions".to_owned()).await,
        "Definition",
    );
    let versions = format!("/admin/strategy/definitions/{id}/versions");
    fits(&list(versions).await, "DefinitionVersion");
    fits(
        &list("/admin/strategy/instances".to_owned()).await,
        "Instance",
    );
    fits(&list("/strategy/running".to_owned()).await, "Strategy");
    fits(&app.get("/nowhere").await.json(), "ErrorBody");
    let nonsense = app.get("/api/v1/events/stream?after=x").await;
    fits(&nonsense.json(), "ProblemBody");
}
