//! Peers that take their time over the head of a request, or speak another protocol.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::support::TestApp;

/// Nothing here takes longer, unless it never happens.
const PATIENCE: Duration = Duration::from_secs(20);
const PING: &str = "GET /health/ping HTTP/1.1\r\nHost: test\r\n\r\n";

fn hasty() -> api::Settings {
    api::Settings {
        head_within: Duration::from_millis(50),
        ..api::Settings::default()
    }
}

struct Serving {
    address: SocketAddr,
    prepared: CancellationToken,
    stop: oneshot::Sender<()>,
    server: JoinHandle<()>,
}

async fn serve(app: &TestApp) -> Serving {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let prepared = CancellationToken::new();
    let shutdown = async {
        let _ = stopped.await;
    };
    let serving = api::serve(listener, app.state.clone(), prepared.clone(), shutdown);
    let server = tokio::spawn(serving);
    Serving {
        address,
        prepared,
        stop,
        server,
    }
}

/// What a peer hears that sends this and no more, until it is hung up on.
async fn heard(address: SocketAddr, said: &str) -> String {
    let mut socket = TcpStream::connect(address).await.unwrap();
    socket.write_all(said.as_bytes()).await.unwrap();
    let mut heard = vec![];
    let read = timeout(PATIENCE, socket.read_to_end(&mut heard)).await;
    // Whoever is hung up on while there is something to read is told by a reset
    let _read = read.unwrap();
    String::from_utf8_lossy(&heard).into_owned()
}

#[tokio::test]
async fn a_head_that_does_not_arrive_is_not_waited_for() {
    let app = TestApp::with(hasty()).await;
    let serving = serve(&app).await;
    for said in ["", "P", "PRI * HTT", "GET /health/ping HTTP/1.1\r\nHost"] {
        let answer = heard(serving.address, said).await;
        assert!(!answer.starts_with("HTTP/1.1 2"), "{said}: {answer}");
    }
    serving.server.abort();
}

#[tokio::test]
async fn a_connection_that_is_kept_alive_is_not_kept_for_ever() {
    let app = TestApp::with(hasty()).await;
    let serving = serve(&app).await;
    let answer = heard(serving.address, PING).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    serving.server.abort();
}

#[tokio::test]
async fn another_version_of_the_protocol_is_not_spoken() {
    let app = TestApp::with(hasty()).await;
    let serving = serve(&app).await;
    let preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u{4}\0\0\0\0\0";
    let answer = heard(serving.address, preface).await;
    // The other one would begin with a frame of settings
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 4"),
        "{answer:?}"
    );
    serving.server.abort();
}

async fn ask(socket: &mut TcpStream) {
    socket.write_all(PING.as_bytes()).await.unwrap();
}

async fn is_answered(socket: &mut TcpStream, within: Duration) -> bool {
    let mut bytes = [0; 12];
    let read = timeout(within, socket.read_exact(&mut bytes)).await;
    read.is_ok_and(|read| read.is_ok() && &bytes == b"HTTP/1.1 200")
}

#[tokio::test]
async fn a_connection_too_many_waits_for_one_that_ends() {
    let settings = api::Settings {
        connections: 1,
        ..api::Settings::default()
    };
    let app = TestApp::with(settings).await;
    let serving = serve(&app).await;
    let mut first = TcpStream::connect(serving.address).await.unwrap();
    ask(&mut first).await;
    assert!(is_answered(&mut first, PATIENCE).await);
    let mut second = TcpStream::connect(serving.address).await.unwrap();
    ask(&mut second).await;
    assert!(!is_answered(&mut second, Duration::from_millis(100)).await);
    drop(first);
    assert!(is_answered(&mut second, PATIENCE).await);
    serving.server.abort();
}

#[tokio::test]
async fn a_node_that_is_not_prepared_answers_for_its_health_only() {
    let app = TestApp::with(hasty()).await;
    let serving = serve(&app).await;
    let ask = async |path: &str| {
        let request = format!("GET {path} HTTP/1.1\r\nHost: test\r\n\r\n");
        heard(serving.address, &request).await.to_lowercase()
    };
    for path in ["live", "startup", "ping", "version"] {
        let answer = ask(&format!("/health/{path}")).await;
        assert!(answer.starts_with("http/1.1 200"), "{path}: {answer}");
    }
    for path in ["/health/ready", "/strategy/running", "/graphql", "/"] {
        let answer = ask(path).await;
        assert!(answer.starts_with("http/1.1 503"), "{path}: {answer}");
        assert!(answer.contains("\r\nretry-after: 5\r\n"), "{answer}");
    }
    serving.prepared.cancel();
    assert!(ask("/health/ready").await.starts_with("http/1.1 200"));
    assert!(ask("/strategy/running").await.starts_with("http/1.1 401"));
    serving.stop.send(()).unwrap();
    timeout(PATIENCE, serving.server).await.unwrap().unwrap();
}

/// Figures are told over the same connections.
#[tokio::test]
async fn figures_are_told_to_those_who_ask_in_time() {
    let app = TestApp::with(hasty()).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let closing = CancellationToken::new();
    let (state, until) = (app.state.clone(), closing.clone());
    let server = tokio::spawn(async move {
        api::serve_metrics(listener, state, || "a_figure 1\n".to_owned(), &until).await;
    });
    let asked = heard(address, "GET /metrics HTTP/1.1\r\nHost: test\r\n\r\n").await;
    assert!(
        asked.starts_with("HTTP/1.1 200") && asked.ends_with("a_figure 1\n"),
        "{asked}"
    );
    let half = TcpStream::connect(address).await.unwrap();
    half.try_write(b"GET /metrics HTTP/1.1\r\nHost").unwrap();
    closing.cancel();
    timeout(PATIENCE, server).await.unwrap().unwrap();
}
