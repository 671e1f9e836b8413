//! A running server over an installation, and a legacy caller of it.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::JoinHandle;

use reqwest::{Method, Response};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::Installation;

/// Killed when dropped.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    pub(crate) url: String,
    /// What it said on standard output until it listened.
    pub(crate) said: String,
    log: Option<JoinHandle<String>>,
    token: Option<String>,
}

impl Server {
    /// Starts the server and returns once it listens.
    pub(crate) fn start(installation: &Installation, arguments: &[&str]) -> Self {
        Self::of(installation.command(&[&["serve", "--listen", "127.0.0.1:0"], arguments].concat()))
    }

    pub(crate) fn of(mut command: Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stderr = child.stderr.take().unwrap();
        let log = std::thread::spawn(move || {
            let mut log = String::new();
            stderr.read_to_string(&mut log).unwrap();
            log
        });
        let mut said = String::new();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = loop {
            let Some(line) = lines.next() else {
                panic!("it ended before it listened: {}", log.join().unwrap());
            };
            let line = line.unwrap();
            said.push_str(&line);
            said.push('\n');
            if let Some((_, url)) = line.split_once("listening on ") {
                break url.to_owned();
            }
        };
        Self {
            child,
            url,
            said,
            log: Some(log),
            token: None,
        }
    }

    /// Logs in as the original's UI does, and keeps the token.
    pub(crate) async fn log_in(&mut self, password: &str) -> u16 {
        let digest = Sha256::digest(password.as_bytes());
        let answer = self
            .send(
                Method::POST,
                "/auth/login",
                Some(json!({ "password": format!("{digest:x}") })),
            )
            .await;
        let status = answer.status().as_u16();
        let body: Value = answer.json().await.unwrap();
        self.token = body["access_token"].as_str().map(str::to_owned);
        status
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Response {
        let mut request = reqwest::Client::new().request(method, format!("{}{path}", self.url));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        request.send().await.unwrap()
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Response {
        self.send(Method::POST, path, Some(body)).await
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        let answer = self.send(Method::GET, path, None).await;
        assert_eq!(answer.status(), 200, "GET {path}");
        answer.json().await.unwrap()
    }

    /// Asks it to end, as a service manager does; how it ended, and its whole log.
    pub(crate) fn end(mut self) -> (ExitStatus, String) {
        let pid = self.child.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &pid]).status().unwrap();
        assert!(asked.success());
        let status = self.child.wait().unwrap();
        (status, self.log.take().unwrap().join().unwrap())
    }

    /// `kill -9`
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // After end() and kill() it is gone already
        let _gone = self.child.kill();
        let _gone = self.child.wait();
    }
}
