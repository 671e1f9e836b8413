//! `strategos admin reset-password`.

use std::os::unix::fs::PermissionsExt;

use reqwest::Method;
use serde_json::json;

use crate::support::{Installation, Server};

#[test]
fn a_reset_writes_a_new_password_for_its_owner_alone() {
    let installation = Installation::new();
    let said = installation.succeed(&["admin", "reset-password"]);
    let file = installation.data_folder().join("admin-password");
    assert!(said.contains(&file.display().to_string()), "{said}");
    let first = std::fs::read_to_string(&file).unwrap();
    assert!(!said.contains(first.trim()), "shown on a terminal only");
    for name in ["admin-password", "credentials.json"] {
        let mode = std::fs::metadata(installation.data_folder().join(name)).unwrap();
        assert_eq!(mode.permissions().mode() & 0o777, 0o600, "{name}");
    }
    installation.succeed(&["admin", "reset-password"]);
    assert_ne!(std::fs::read_to_string(&file).unwrap(), first);
}

#[test]
fn an_overruling_variable_is_pointed_out() {
    let installation = Installation::new();
    let said = installation
        .command(&["admin", "reset-password"])
        .env("ADMIN_PASSWORD", "hunter2")
        .output()
        .unwrap();
    let said = String::from_utf8(said.stdout).unwrap();
    assert!(said.contains("ADMIN_PASSWORD is set here"), "{said}");
    assert!(!said.contains("hunter2"), "{said}");
}

#[tokio::test]
async fn a_running_server_goes_by_a_reset_at_once() {
    let installation = Installation::new();
    let mut server = Server::start(&installation, &[]);
    let before = installation.password();
    assert_eq!(server.log_in(&before).await, 201);
    installation.succeed(&["admin", "reset-password"]);
    // Seen within a second
    loop {
        let answer = server.send(Method::GET, "/strategy/running", None).await;
        match answer.status().as_u16() {
            401 => break,
            other => assert_eq!(other, 200),
        }
    }
    assert_eq!(server.log_in(&before).await, 401);
    assert_eq!(server.log_in(&installation.password()).await, 201);
    server.end();
}

#[tokio::test]
async fn tokens_of_a_server_that_signs_with_a_key_of_its_own_are_not_said_to_be_void() {
    let installation = Installation::new();
    let mut command = installation.command(&["serve", "--listen", "127.0.0.1:0"]);
    command.env("JWT_SECRET", "a key that the environment brings");
    let mut server = Server::of(command);
    assert_eq!(server.log_in(&installation.password()).await, 201);
    let login = json!({ "password": installation.password() });
    let begun = server.post("/api/v1/session", login).await;
    let cookie = begun.headers()["set-cookie"].to_str().unwrap();
    let (cookie, _) = cookie.split_once(';').unwrap();
    let said = installation.succeed(&["admin", "reset-password"]);
    // The session ends once the server has seen the new password; a test that waits for what never
    // comes is ended by its runner
    let session = format!("{}/api/v1/session", server.url);
    let client = reqwest::Client::new();
    while client
        .get(&session)
        .header("cookie", cookie)
        .send()
        .await
        .unwrap()
        .status()
        != 401
    {}
    server.get("/strategy/running").await;
    assert!(said.contains("JWT_SECRET"), "{said}");
    assert!(said.contains("stay valid until they expire"), "{said}");
    let (_, log) = server.end();
    assert!(!log.contains("every login is void"), "{log}");
}
