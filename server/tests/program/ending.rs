//! Signals: during a start that hangs, a second time, and while somebody holds the end up.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};

use crate::support::{Installation, Server};

fn free_port() -> u16 {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    free.local_addr().unwrap().port()
}

fn ask_to_end(child: &Child) {
    let pid = child.id().to_string();
    let asked = Command::new("kill").args(["-TERM", &pid]).status();
    assert!(asked.unwrap().success());
}

#[test]
fn a_start_that_waits_for_a_silent_database_ends_when_it_is_asked_to() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = silent.local_addr().unwrap().port();
    let installation = Installation::on(&format!("postgres://ops@127.0.0.1:{port}/x"));
    let mut command = installation.command(&["serve", "--listen", "127.0.0.1:0"]);
    let mut child = command.spawn().unwrap();
    let _connection = silent.accept().unwrap();
    ask_to_end(&child);
    let status = child.wait().unwrap();
    assert!(status.success(), "{status}");
}

/// Part of a request: it was read once another one was answered.
fn begin(address: &str, part: &str) -> TcpStream {
    let mut half = TcpStream::connect(address).unwrap();
    half.write_all(part.as_bytes()).unwrap();
    let mut whole = TcpStream::connect(address).unwrap();
    let request = b"GET /metrics HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n";
    whole.write_all(request).unwrap();
    let mut answer = String::new();
    whole.read_to_string(&mut answer).unwrap();
    half
}

#[test]
fn a_second_signal_ends_at_once() {
    let installation = Installation::new();
    let port = free_port();
    let address = format!("127.0.0.1:{port}");
    let mut command = installation.command(&["serve", "--listen", &address]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(said.any(|line| line.unwrap().contains("listening on")));
    let half = "POST /auth/login HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n\
                Content-Length: 100\r\n\r\n{";
    let _open = begin(&address, half);
    ask_to_end(&child);
    let mut log = BufReader::new(child.stderr.take().unwrap()).lines();
    assert!(log.any(|line| line.unwrap().contains("ending: open requests")));
    ask_to_end(&child);
    let status = child.wait().unwrap();
    assert_eq!(status.code(), Some(130), "{status}");
}

#[test]
fn half_a_question_for_figures_does_not_hold_the_end_up() {
    let installation = Installation::new();
    let port = free_port();
    let address = format!("127.0.0.1:{port}");
    let mut command = installation.command(&["serve", "--listen", "127.0.0.1:0"]);
    command.env("STRATEGOS_METRICS_LISTEN", &address);
    let server = Server::of(command);
    let _half = begin(&address, "GET /metrics HTTP/1.1\r\nHost");
    let (status, log) = server.end();
    assert!(status.success(), "{log}");
    assert!(!log.contains("did not end in time"), "{log}");
}
