//! The server over a socket: what only the wire shows, and what happens at the end.

use std::net::SocketAddr;

use domain::event::Event;
use domain::legacy_usage::LegacyUsageEvent;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::support::TestApp;

/// Serves until it is told to stop.
async fn serve(app: &TestApp) -> (SocketAddr, oneshot::Sender<()>, JoinHandle<()>) {
    let prepared = CancellationToken::new();
    prepared.cancel();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let shutdown = async { stopped.await.unwrap() };
    let server = tokio::spawn(api::serve(listener, app.state.clone(), prepared, shutdown));
    (address, stop, server)
}

/// Sends one request on a connection of its own; the answer as text.
async fn ask(address: SocketAddr, app: &TestApp, headers: &str) -> String {
    let mut socket = TcpStream::connect(address).await.unwrap();
    let request = format!(
        "GET /strategy/running HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\
         Authorization: {}\r\n{headers}\r\n",
        app.bearer()
    );
    socket.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).await.unwrap();
    answer.to_lowercase()
}

#[tokio::test]
async fn at_the_end_open_counts_are_recorded() {
    let app = TestApp::start().await;
    let (address, stop, server) = serve(&app).await;
    let answer = ask(address, &app, "").await;
    assert!(answer.starts_with("http/1.1 200"), "{answer}");
    assert!(
        answer.contains("\r\ncontent-length: 2\r\n") && answer.ends_with("[]"),
        "{answer}"
    );
    let fresh = ask(address, &app, "If-None-Match: *\r\n").await;
    assert!(fresh.starts_with("http/1.1 304"), "{fresh}");
    assert!(
        !fresh.contains("content-length") && !fresh.contains("transfer-encoding"),
        "{fresh}"
    );
    stop.send(()).unwrap();
    server.await.unwrap();
    let counted: u32 = app
        .events()
        .await
        .into_iter()
        .map(|event| match event {
            Event::LegacyUsage(LegacyUsageEvent::LegacyUsageCounted { counts, .. }) => {
                assert_eq!(counts[0].caller, "admin@127.0.0.1");
                counts[0].calls
            }
            other => panic!("{other:?}"),
        })
        .sum();
    assert_eq!(counted, 2);
}

/// Sends the head of a login and three bytes of its body, and no more.
async fn begin_a_body(address: SocketAddr) -> TcpStream {
    let mut socket = TcpStream::connect(address).await.unwrap();
    let request = "POST /auth/login HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n\
                   Content-Length: 100\r\n\r\n{\"p";
    socket.write_all(request.as_bytes()).await.unwrap();
    socket
}

async fn answer_to(mut socket: TcpStream) -> String {
    let mut answer = String::new();
    socket.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn a_body_that_does_not_arrive_is_not_waited_for() {
    let settings = api::Settings {
        body_within: std::time::Duration::from_millis(50),
        ..api::Settings::default()
    };
    let app = TestApp::with(settings).await;
    let (address, _stop, server) = serve(&app).await;

    let answer = answer_to(begin_a_body(address).await).await;

    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    let told = r#"{"message":"The body did not arrive in time","error":"Request Timeout","statusCode":408}"#;
    assert!(answer.ends_with(told), "{answer}");
    server.abort();
}

#[tokio::test]
async fn the_end_does_not_wait_for_a_body_that_does_not_arrive() {
    let app = TestApp::start().await;
    let (address, stop, server) = serve(&app).await;
    let slow = begin_a_body(address).await;
    // Answered on another connection: the first one is with the server
    let answer = ask(address, &app, "").await;
    assert!(answer.starts_with("http/1.1 200"), "{answer}");

    stop.send(()).unwrap();
    let ended = tokio::time::timeout(std::time::Duration::from_secs(10), server).await;

    ended.expect("it waits").unwrap();
    assert!(answer_to(slow).await.starts_with("HTTP/1.1 408"));
}
