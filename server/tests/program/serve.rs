//! The server's first start, its end, and what keeps it from starting.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use domain::event::Event;
use domain::execution::ExecutionEvent;
use domain::instance::InstanceEvent;
use serde_json::{Value, json};

use crate::support::{Installation, Ran, Server};

#[tokio::test]
async fn the_first_start_makes_a_login_that_works() {
    let installation = Installation::new();
    let mut server = Server::start(&installation, &[]);
    let password = installation.password();
    assert_eq!(password.len(), 48);
    assert!(server.said.contains("admin-password"), "{}", server.said);
    assert!(!server.said.contains(&password), "shown on a terminal only");
    assert_eq!(server.log_in(&password).await, 201);
    assert_eq!(server.log_in("guess").await, 401);
    let definitions = {
        server.log_in(&password).await;
        server.get("/admin/strategy/definitions").await
    };
    assert_eq!(
        definitions.as_array().unwrap().len(),
        3,
        "seeded at the first start"
    );
    server.end();
    let mut server = Server::start(&installation, &[]);
    assert!(!server.said.contains("admin-password"), "{}", server.said);
    assert_eq!(server.log_in(&password).await, 201);
}

#[tokio::test]
async fn it_tells_what_it_was_built_from() {
    let installation = Installation::new();
    let mut server = Server::start(&installation, &[]);
    server.log_in(&installation.password()).await;
    let question = json!({ "query": "{ about { version commit } }" });
    let answer = server.post("/graphql", question).await;
    let answer: Value = answer.json().await.unwrap();
    let about = &answer["data"]["about"];
    assert_eq!(about["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(about["commit"], json!(option_env!("STRATEGOS_COMMIT")));
}

#[tokio::test]
async fn the_log_is_json_and_holds_no_secret() {
    let installation = Installation::new();
    let mut server = Server::start(&installation, &["--log-level", "debug"]);
    let password = installation.password();
    server.log_in(&password).await;
    let (status, log) = server.end();
    assert!(status.success(), "{log}");
    let credentials = std::fs::read_to_string(installation.data_folder().join("credentials.json"));
    let credentials: Value = serde_json::from_str(&credentials.unwrap()).unwrap();
    for secret in [
        password.as_str(),
        credentials["signing_key"].as_str().unwrap(),
        credentials["admin_password_hash"].as_str().unwrap(),
    ] {
        assert!(!log.contains(secret), "a secret was logged");
    }
    for line in log.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        assert!(line["level"].is_string(), "{line}");
    }
    assert!(log.contains("listening"), "{log}");
}

#[tokio::test]
async fn a_password_from_the_environment_counts_while_it_is_set() {
    let installation = Installation::new();
    Server::start(&installation, &[]).end();
    let stored = installation.password();
    let mut command = installation.command(&["serve", "--listen", "127.0.0.1:0"]);
    command.env("ADMIN_PASSWORD", "from the environment");
    let mut server = Server::of(command);
    assert_eq!(server.log_in("from the environment").await, 201);
    assert_eq!(server.log_in(&stored).await, 401);
    server.end();
    let mut server = Server::start(&installation, &[]);
    assert_eq!(server.log_in(&stored).await, 201);
}

#[tokio::test]
async fn a_reset_replaces_the_login() {
    let installation = Installation::new();
    Server::start(&installation, &[]).end();
    let before = installation.password();
    installation.succeed(&["admin", "reset-password"]);
    let mut server = Server::start(&installation, &[]);
    assert_eq!(server.log_in(&before).await, 401);
    assert_eq!(server.log_in(&installation.password()).await, 201);
}

#[tokio::test]
async fn seeding_at_the_start_can_be_turned_off() {
    let installation = Installation::new();
    let mut command = installation.command(&["serve", "--listen", "127.0.0.1:0"]);
    command.env("STRATEGOS_SEED_ON_START", "false");
    Server::of(command).end();
    assert_eq!(installation.recorded().await, []);
}

#[tokio::test]
async fn a_second_process_on_the_same_folder_is_refused() {
    let installation = Installation::new();
    let first = Server::start(&installation, &[]);
    let said = installation.fail(&["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(said.trim_end().lines().count(), 1, "{said}");
    assert!(
        said.contains("another strategos process is using"),
        "{said}"
    );
    first.kill();
    Server::start(&installation, &[]);
}

#[test]
fn a_port_in_use_is_one_sentence() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let installation = Installation::new();
    let said = installation.fail(&["serve", "--listen", &address]);
    assert_eq!(said.trim_end().lines().count(), 1, "{said}");
    assert!(
        said.contains(&format!("cannot listen on {address}")),
        "{said}"
    );
}

#[test]
fn an_unreachable_database_is_one_sentence_without_its_password() {
    let installation = Installation::on("postgres://ops:hunter2@127.0.0.1:1/strategos");
    let said = installation.fail(&["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(said.trim_end().lines().count(), 1, "{said}");
    assert!(
        said.contains("postgres://ops:***@127.0.0.1:1/strategos cannot be used"),
        "{said}"
    );
    assert!(!said.contains("hunter2"), "{said}");
}

/// A limit on the size of files stands for a disk without space.
#[tokio::test]
async fn a_database_that_cannot_grow_is_one_sentence_and_half_of_nothing() {
    let installation = Installation::new();
    installation.succeed(&["migrate"]);
    let size = std::fs::metadata(installation.data_folder().join("strategos.sqlite"));
    let blocks = size.unwrap().len() / 1024;
    let limited = Command::new("bash")
        .args([
            "-c",
            "trap '' XFSZ; ulimit -f \"$1\"; shift; exec \"$@\"",
            "limited",
        ])
        .arg(blocks.min(8).to_string())
        .arg(env!("CARGO_BIN_EXE_strategos"))
        .args(["seed", "--data-folder"])
        .arg(installation.data_folder())
        .output()
        .unwrap();
    let ran = Ran::from(limited);
    assert_eq!(ran.code, Some(1), "{}{}", ran.stdout, ran.stderr);
    assert_eq!(ran.stderr.trim_end().lines().count(), 1, "{}", ran.stderr);
    assert_eq!(installation.recorded().await, []);
    installation.succeed(&["seed"]);
}

#[tokio::test]
async fn the_demo_quotes_and_goes_on_after_an_orderly_end() {
    let installation = Installation::new();
    let server = Server::start(&installation, &["--demo"]);
    assert!(
        server.said.contains("demo-demo-pureMarketMaking"),
        "{}",
        server.said
    );
    let is_quote = |event: &Event| {
        matches!(
            event,
            Event::Execution(ExecutionEvent::OrderAcknowledged { .. })
        )
    };
    installation.recorded_one(is_quote).await;
    let (status, log) = server.end();
    assert!(status.success(), "{log}");
    let stopped = |event: &Event| {
        matches!(
            event,
            Event::Instance(InstanceEvent::InstanceStopped { .. })
        )
    };
    assert!(
        !installation.events().await.iter().any(stopped),
        "it stays wanted"
    );
    let server = Server::start(&installation, &["--demo"]);
    let resumed = |event: &Event| {
        matches!(
            event,
            Event::Execution(ExecutionEvent::ExecutionResumed { .. })
        )
    };
    installation.recorded_one(resumed).await;
    server.end();
    let events = installation.events().await;
    let starts = events
        .iter()
        .filter(|event| matches!(event, Event::Instance(_)));
    assert_eq!(starts.count(), 1, "the second start found it running");
}

#[test]
fn what_it_keeps_in_a_folder_that_others_may_read_is_its_owners_alone() {
    let installation = Installation::new();
    std::fs::create_dir(installation.data_folder()).unwrap();
    let shared = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(installation.data_folder(), shared).unwrap();
    let server = Server::start(&installation, &[]);
    for file in std::fs::read_dir(installation.data_folder()).unwrap() {
        let file = file.unwrap();
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{:?} {mode:o}", file.file_name());
    }
    server.end();
}
