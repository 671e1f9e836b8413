//! Loss guards: set, shown, reset, removed.

use domain::event::aggregate_type;
use domain::guard::{GuardCommand, LossLimit, RISK_GUARDS_ID, RiskGuards, Trip, TripGuard};
use domain::ids::GuardName;
use event_store::{Actor, CommandGateway, FeedFilter, Metadata, Position, Role, Source};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{TestApp, told};

const GUARDS: &str = "guards { revision guards { name scope target currency loss drawdown action \
                      trip { limit amount profit highest position } measure { profit highest } } }";

fn desk() -> Value {
    json!({
        "name": "desk", "scope": "SYSTEM", "currency": "USDT", "loss": "100", "action": "PAUSE",
        "reason": "nobody watches tonight",
    })
}

fn with(changes: &Value) -> Value {
    let mut input = desk();
    let members = input.as_object_mut().unwrap();
    members.extend(changes.as_object().unwrap().clone());
    input
}

async fn trip(app: &TestApp) {
    let command = GuardCommand::Trip(TripGuard {
        name: GuardName::new("desk"),
        arming: 1,
        trip: Trip {
            limit: LossLimit::Loss,
            amount: 100.into(),
            profit: "-100.5".parse().unwrap(),
            highest: 3.into(),
            position: 1,
            tripped_at: chrono::DateTime::UNIX_EPOCH,
        },
    });
    let actor = Actor::new("guard-watch", Role::System);
    let metadata = Metadata::new(actor, Source::Executor, Uuid::nil()).because("it lost 100.5");
    CommandGateway::<RiskGuards>::new(app.log.clone(), ())
        .execute(RISK_GUARDS_ID, command, metadata)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_guard_is_shown_with_what_it_has_measured() {
    let app = TestApp::start().await;
    let payload = app.change("setGuard", GUARDS, desk()).await;
    let mut expected = json!({
        "name": "desk", "scope": "SYSTEM", "target": null, "currency": "USDT", "loss": "100",
        "drawdown": null, "action": "PAUSE", "trip": null, "measure": null,
    });
    assert_eq!(payload["guards"]["guards"], json!([expected]));
    assert_eq!(payload["guards"]["revision"], 1);
    *app.measures.0.lock().unwrap() = Some("-12.5".parse().unwrap());
    let shown = app.ask(&format!("{{ {GUARDS} }}"), json!({})).await;
    expected["measure"] = json!({ "profit": "-12.5", "highest": "0" });
    assert_eq!(shown["guards"]["guards"], json!([expected]));
    let page = app.log.feed(Position(0), 10, &FeedFilter::default()).await;
    let event = page.unwrap().events.pop().unwrap();
    assert_eq!(event.stream.aggregate_type, aggregate_type::RISK_GUARDS);
    let reason = event.metadata().unwrap().reason;
    assert_eq!(reason.as_deref(), Some("nobody watches tonight"));
}

#[tokio::test]
async fn everything_wrong_is_told_at_its_field_and_nothing_changes() {
    let app = TestApp::start().await;
    let wrong = with(&json!({ "name": "Desk 1", "loss": "0", "drawdown": "-1", "currency": "" }));
    let payload = app.mutate("setGuard", GUARDS, wrong).await;
    let pointers: Vec<String> = told(&payload)
        .into_iter()
        .map(|(_, pointer)| pointer)
        .collect();
    assert_eq!(pointers, ["/name", "/currency", "/loss", "/drawdown"]);
    for (changes, code, pointer) in [
        (json!({ "reason": " " }), "REASON_REQUIRED", "/reason"),
        (json!({ "loss": null }), "INVALID_INPUT", "/loss"),
        (json!({ "target": "binance" }), "INVALID_INPUT", "/target"),
        (json!({ "scope": "ACCOUNT" }), "INVALID_INPUT", "/target"),
        (
            json!({ "scope": "INSTANCE", "target": "nobody" }),
            "NOT_FOUND",
            "/target",
        ),
        (
            json!({ "scope": "DEFINITION", "target": "none" }),
            "NOT_FOUND",
            "/target",
        ),
        (
            json!({ "expectedRevision": 7 }),
            "CONFLICT",
            "/expectedRevision",
        ),
    ] {
        let payload = app.mutate("setGuard", GUARDS, with(&changes)).await;
        let expected = vec![(code.to_owned(), pointer.to_owned())];
        assert_eq!(told(&payload), expected, "{changes}");
    }
    assert!(app.events().await.is_empty());
}

#[tokio::test]
async fn what_tripped_stays_until_it_is_reset_with_a_reason() {
    let app = TestApp::start().await;
    app.change("setGuard", GUARDS, desk()).await;
    trip(&app).await;
    let shown = app.ask(&format!("{{ {GUARDS} }}"), json!({})).await;
    let expected = json!({
        "limit": "LOSS", "amount": "100", "profit": "-100.5", "highest": "3", "position": "1",
    });
    assert_eq!(shown["guards"]["guards"][0]["trip"], expected);
    let name = json!({ "name": "desk" });
    let because = json!({ "name": "desk", "reason": "the position was closed by hand" });
    for (mutation, input) in [
        ("removeGuard", &because),
        ("setGuard", &with(&json!({"loss": "9"}))),
    ] {
        let payload = app.mutate(mutation, GUARDS, input.clone()).await;
        assert_eq!(
            told(&payload),
            [("GUARD_TRIPPED".to_owned(), "/name".to_owned())]
        );
    }
    let silent = app.mutate("resetGuard", GUARDS, name).await;
    assert_eq!(told(&silent)[0].0, "REASON_REQUIRED");
    let payload = app.change("resetGuard", GUARDS, because.clone()).await;
    assert_eq!(payload["guards"]["guards"][0]["trip"], Value::Null);
    let payload = app.change("removeGuard", GUARDS, because.clone()).await;
    assert_eq!(payload["guards"]["guards"], json!([]));
    let gone = app.mutate("removeGuard", GUARDS, because).await;
    assert_eq!(told(&gone)[0].0, "NOT_FOUND");
}
