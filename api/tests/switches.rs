//! The way from types to definitions, and back.

use std::sync::atomic::Ordering;
use std::time::Duration;

use api::Settings;
use domain::installation::{INSTALLATION_ID, Installation, InstallationCommand, MigrationMode};
use event_store::{Actor, CommandGateway, Metadata, Role, Source};
use serde_json::json;
use uuid::Uuid;

use crate::support::{TestApp, market_making};

/// As another node or the command line would; this node is not told.
async fn others_change(app: &TestApp, command: InstallationCommand) {
    let gateway = CommandGateway::<Installation>::new(app.log.clone(), ());
    let metadata = Metadata::new(
        Actor::new("ops", Role::Admin),
        Source::CommandLine,
        Uuid::new_v4(),
    )
    .because("a test");
    gateway
        .execute(INSTALLATION_ID, command, metadata)
        .await
        .unwrap();
}

async fn others_change_mode(app: &TestApp, mode: MigrationMode) {
    let at = chrono::DateTime::UNIX_EPOCH;
    others_change(app, InstallationCommand::ChangeMode { mode, at }).await;
}

async fn switch(app: &TestApp, command: InstallationCommand) {
    others_change(app, command).await;
    app.state.switches.refresh().await.unwrap();
}

async fn change_mode(app: &TestApp, mode: MigrationMode) {
    switch(
        app,
        InstallationCommand::ChangeMode {
            mode,
            at: chrono::DateTime::UNIX_EPOCH,
        },
    )
    .await;
}

#[tokio::test]
async fn definitions_first_marks_the_old_paths() {
    let settings = Settings {
        legacy_deprecated_at: 1_772_000_000,
        legacy_sunset: Some("Sun, 31 Jan 2027 00:00:00 GMT".to_owned()),
        ..Settings::default()
    };
    let app = TestApp::with(settings).await;
    let path = "/strategy/stop-arbitrage?userId=u&clientId=c";
    assert_eq!(app.get(path).await.header("deprecation"), None);
    change_mode(&app, MigrationMode::DefinitionsFirst).await;
    let marked = app.get(path).await;
    marked.is_empty(200);
    assert_eq!(marked.header("deprecation"), Some("@1772000000"));
    assert_eq!(
        marked.header("sunset"),
        Some("Sun, 31 Jan 2027 00:00:00 GMT")
    );
    assert_eq!(
        marked.header("link"),
        Some(r#"</admin/strategy/instances/stop>; rel="successor-version""#)
    );
    for current in ["/admin/strategy/definitions", "/admin/strategy/instances"] {
        assert_eq!(app.get(current).await.header("deprecation"), None);
    }
}

#[tokio::test]
async fn every_path_of_the_old_ways_is_marked() {
    let app = TestApp::start().await;
    change_mode(&app, MigrationMode::DefinitionsFirst).await;
    let controllers = app.get("/strategy/controllers").await;
    assert!(controllers.header("deprecation").is_some());
    assert_eq!(
        controllers.header("link"),
        Some(r#"</graphql>; rel="successor-version""#)
    );
    for path in ["/strategy/join", "/admin/contribution/verify"] {
        let unbuilt = app.post(path, &json!({})).await;
        assert_eq!(unbuilt.status, 501);
        assert!(unbuilt.header("deprecation").is_some());
        // There is nothing in its place
        assert_eq!(unbuilt.header("link"), None);
    }
}

#[tokio::test]
async fn without_a_date_no_sunset_is_announced() {
    let app = TestApp::start().await;
    change_mode(&app, MigrationMode::DefinitionsFirst).await;
    let marked = app.get("/strategy/running").await;
    assert!(marked.header("deprecation").is_some());
    assert_eq!(marked.header("sunset"), None);
}

#[tokio::test]
async fn definitions_only_ends_the_type_based_paths_until_taken_back() {
    let app = TestApp::start().await;
    change_mode(&app, MigrationMode::DefinitionsOnly).await;
    let gone = app.post("/admin/strategy/start", &json!({})).await;
    gone.is(
        410,
        concat!(
            r#"{"message":"POST /admin/strategy/start was replaced by strategy definitions","#,
            r#""error":"Gone","statusCode":410}"#
        ),
    );
    assert!(gone.header("link").is_some());
    assert_eq!(app.post("/strategy/rerun", &json!({})).await.status, 410);
    assert_eq!(app.get("/strategy/running").await.status, 200);
    let id = app.create(&market_making()).await;
    app.start_instance(&id, "u", "c").await;
    change_mode(&app, MigrationMode::Dual).await;
    app.get("/strategy/stop-marketmaking?userId=u&clientId=c")
        .await
        .is_empty(200);
    assert_eq!(app.strategies().await[0]["status"], "stopped");
}

#[tokio::test]
async fn the_dynamic_flow_can_be_switched_off_while_types_keep_working() {
    let app = TestApp::start().await;
    let id = app.create(&market_making()).await;
    let at = chrono::DateTime::UNIX_EPOCH;
    switch(
        &app,
        InstallationCommand::SwitchDynamicFlow { on: false, at },
    )
    .await;
    let body = json!({ "definitionId": id, "userId": "u", "clientId": "c" });
    for path in [
        "/admin/strategy/instances/validate",
        "/admin/strategy/instances/start",
    ] {
        app.post(path, &body)
            .await
            .refused("Starting from strategy definitions is switched off");
    }
    let direct = json!({
        "strategyType": "marketMaking",
        "marketMakingParams": { "userId": "u", "clientId": "c", "exchangeName": "binance" },
    });
    app.post("/admin/strategy/start", &direct)
        .await
        .is_empty(201);
    assert_eq!(
        app.post("/admin/strategy/instances/stop", &body)
            .await
            .status,
        201
    );
    switch(
        &app,
        InstallationCommand::SwitchDynamicFlow { on: true, at },
    )
    .await;
    app.start_instance(&id, "u", "c").await;
}

#[tokio::test]
async fn a_node_follows_switches_that_others_throw() {
    let app = TestApp::start().await;
    let mut seen = app.state.switches.watch();
    let state = app.state.clone();
    let following = tokio::spawn(async move { state.switches.follow(state.log.as_ref()).await });
    others_change_mode(&app, MigrationMode::DefinitionsOnly).await;
    seen.wait_for(|now| now.mode == MigrationMode::DefinitionsOnly)
        .await
        .unwrap();
    assert_eq!(app.post("/strategy/rerun", &json!({})).await.status, 410);
    following.abort();
}

#[tokio::test]
async fn switches_that_could_not_be_read_are_read_again_though_nothing_happens() {
    let app = TestApp::start().await;
    let state = app.state.clone();
    others_change_mode(&app, MigrationMode::DefinitionsOnly).await;
    app.failing.failures.store(1, Ordering::SeqCst);
    let mut seen = app.state.switches.watch();
    let following = tokio::spawn(async move { state.switches.follow(state.log.as_ref()).await });
    let known = seen.wait_for(|now| now.mode == MigrationMode::DefinitionsOnly);
    let known = tokio::time::timeout(Duration::from_secs(20), known).await;
    known.expect("they are never read again").unwrap();
    following.abort();
}

#[tokio::test]
async fn a_halt_that_is_recorded_is_told_as_made_though_the_log_fails_then() {
    let app = TestApp::start().await;
    app.failing.fails_after_append.store(true, Ordering::SeqCst);
    let halt = json!({ "reason": "prices of yesterday" });
    let selection = "settings { revision halt { reason } }";
    let payload = app.change("haltTrading", selection, halt).await;
    let halted = json!({ "revision": 1, "halt": { "reason": "prices of yesterday" } });
    assert_eq!(payload["settings"], halted);
    assert!(app.state.switches.current().halt.is_some());
}

#[tokio::test]
async fn a_change_shows_what_others_changed_before_it() {
    let app = TestApp::start().await;
    others_change_mode(&app, MigrationMode::DefinitionsOnly).await;
    let halt = json!({ "reason": "prices of yesterday" });
    let payload = app.change("haltTrading", "settings { mode }", halt).await;
    assert_eq!(payload["settings"]["mode"], "DEFINITIONS_ONLY");
    let known = app.state.switches.current();
    assert_eq!(known.mode, MigrationMode::DefinitionsOnly);
    assert!(known.halt.is_some());
}
