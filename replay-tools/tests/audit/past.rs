//! `at` and `diff`.

use serde_json::{Value, json};

use crate::database::Database;
use crate::history::time_of;

const INSTANCE: &str = "user123-order-7-pureMarketMaking";
const RUN: &str = "user123-order-7-pureMarketMaking#1";

fn at(database: &Database, arguments: &[&str]) -> Value {
    database
        .replay(&[&["at"], arguments].concat())
        .fine()
        .parse()
        .unwrap()
}

pub(crate) async fn a_moment_is_shown_as_it_was(database: Database) {
    database.with_history().await;

    let nothing = at(&database, &["--position", "0"]);
    let drafted = at(&database, &["--position", "1"]);
    let trading = at(&database, &["--position", "7"]);
    let ended = at(&database, &["--position", "12"]);

    assert_eq!(nothing["strategy_definitions"], json!({}));
    assert_eq!(
        drafted["strategy_definitions"]["pure-market-making"]["current_version"],
        "1.0.0"
    );
    assert_eq!(drafted["strategy_instances"], json!({}));
    assert_eq!(
        trading["strategy_definitions"]["pure-market-making"]["current_version"],
        "1.0.1"
    );
    assert_eq!(trading["strategy_instances"][INSTANCE]["status"], "running");
    assert_eq!(
        trading["strategy_instances"][INSTANCE]["config"]["pair"],
        "BTC/USDT"
    );
    assert_eq!(trading["runs"][RUN]["fills"], 1);
    assert_eq!(trading["runs"][RUN]["net_base"], "0.00399996");
    let order = &trading["orders"]["s7f3a-1-17"];
    assert_eq!(
        (&order["state"], &order["filled"]),
        (&json!("open"), &json!("0.004"))
    );
    assert_eq!(ended["strategy_instances"][INSTANCE]["status"], "stopped");
    assert_eq!(ended["orders"], json!({}));
    let all = at(&database, &["--position", "12", "--all-orders"]);
    let order = &all["orders"]["s7f3a-1-17"];
    let told = ["state", "filled", "reason", "price"].map(|member| &order[member]);
    assert_eq!(told, ["cancelled", "0.004", "the quote moved", "42570.495"]);
    assert!(order["ended_at"].is_string(), "{order}");
    let of_instance = at(
        &database,
        &["--position", "12", "--instance", INSTANCE, "--all-orders"],
    );
    assert_eq!(of_instance["orders"], all["orders"]);
    let live = at(&database, &["--position", "7", "--all-orders"]);
    assert_eq!(live["orders"]["s7f3a-1-17"]["state"], "open");
    assert_eq!(ended["runs"][RUN]["state"], "closed");

    let time = time_of(7).to_rfc3339();
    assert_eq!(at(&database, &["--time", &time]), trading);
    let table = database
        .replay(&["at", "--position", "7", "--format", "table"])
        .fine();
    assert!(table.contains("orders (1)\n  key         run"), "{table}");
    let told = database.replay(&["at", "--position", "13"]).impossible();
    assert!(told.contains("the log ends at position 12"), "{told}");
}

pub(crate) async fn two_moments_are_compared(database: Database) {
    database.with_history().await;
    let time = time_of(11).to_rfc3339();

    let told = database
        .replay(&["diff", "7", &time, "--format", "table"])
        .fine();

    let (status, cancelled) = (
        "    status: \"running\" → \"stopped\"",
        "- orders s7f3a-1-17",
    );
    assert!(told.starts_with("from position 7 to 11\n"), "{told}");
    assert!(
        told.contains(&format!("~ strategy_instances {INSTANCE}\n")),
        "{told}"
    );
    assert!(told.contains(status) && told.contains(cancelled), "{told}");
    let lines = database.replay(&["diff", "1", "2"]).fine();
    let changes: Vec<Value> = lines.lines().map(|line| line.parse().unwrap()).collect();
    assert_eq!(
        changes[0]["changed"]["current_version"],
        json!({ "before": "1.0.0", "after": "1.0.1" })
    );
    assert_eq!(changes[1]["added"]["version"], "1.0.1");
    assert_eq!(changes.len(), 2, "{lines}");
    assert_eq!(database.replay(&["diff", "5", "5"]).fine(), "");
}

pub(crate) async fn one_instance_is_shown_alone(database: Database) {
    database.with_history().await;

    for position in 3..=12 {
        let position = position.to_string();
        let all = at(&database, &["--position", &position]);
        let alone = at(
            &database,
            &["--position", &position, "--instance", INSTANCE],
        );

        let mut row = all["strategy_instances"][INSTANCE].clone();
        row.as_object_mut().unwrap().remove("id");
        assert_eq!(alone["strategy_instances"][INSTANCE], row, "{position}");
        for part in ["runs", "positions", "orders"] {
            assert_eq!(alone[part], all[part], "{part} at {position}");
        }
    }
    let told = database
        .replay(&["at", "--position", "2", "--instance", INSTANCE])
        .impossible();
    assert!(told.contains("there was no instance"), "{told}");
}

pub(crate) async fn what_a_run_earned_and_what_was_switched_is_shown(database: Database) {
    database.with_history().await;

    let before = at(&database, &["--position", "6"]);
    let then = at(&database, &["--position", "8"]);

    assert_eq!(before["positions"], json!({}));
    let held = then["positions"].as_object().unwrap();
    let (name, held) = held.iter().next().unwrap();
    assert!(name.starts_with(RUN), "{name}");
    for column in [
        "profit",
        "realised",
        "unrealised",
        "fees",
        "base",
        "mark_price",
    ] {
        assert!(held[column].is_string(), "{column}: {held}");
    }
    let switches = |moment: &Value| moment["installation"]["installation"].clone();
    assert_ne!(switches(&before), switches(&then));
    assert_eq!(then["risk_guards"], json!({}));
    let told = database
        .replay(&["at", "--time", "2926-01-01T00:00:00Z"])
        .impossible();
    assert!(told.contains("has not come yet"), "{told}");
}
