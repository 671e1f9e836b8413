//! The application behind a real socket, and clients of its streams.

use std::fmt::Write;
use std::net::SocketAddr;
use std::time::Duration;

use axum::http::HeaderValue;
use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, client_async};
use tokio_util::sync::CancellationToken;

use super::TestApp;

/// No answer takes longer, unless it never comes.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct SocketServer {
    pub(crate) address: SocketAddr,
    bearer: String,
    stop: Option<oneshot::Sender<()>>,
    serving: JoinHandle<()>,
}

impl SocketServer {
    pub(crate) async fn start(app: &TestApp) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let shutdown = async {
            // A test that ends without stopping it drops the sender: that is a stop, too
            let _ = stopped.await;
        };
        let prepared = CancellationToken::new();
        prepared.cancel();
        let serving = api::serve(listener, app.state.clone(), prepared, shutdown);
        let serving = tokio::spawn(serving);
        Self {
            address,
            bearer: app.bearer(),
            stop: Some(stop),
            serving,
        }
    }

    /// Ends in order, and waits for it.
    pub(crate) async fn end(mut self) {
        self.stop.take().unwrap().send(()).unwrap();
        timeout(PATIENCE, self.serving).await.unwrap().unwrap();
    }

    /// A response that has no end, from after its head.
    pub(crate) async fn feed(&self, path: &str, headers: &[(&str, &str)]) -> Feed {
        let mut socket = TcpStream::connect(self.address).await.unwrap();
        // HTTP/1.0 knows no chunks: the body is what comes
        let bearer = &self.bearer;
        let mut request =
            format!("GET {path} HTTP/1.0\r\nHost: test\r\nAuthorization: {bearer}\r\n");
        for (name, value) in headers {
            write!(request, "{name}: {value}\r\n").unwrap();
        }
        request.push_str("\r\n");
        socket.write_all(request.as_bytes()).await.unwrap();
        let mut feed = Feed {
            socket,
            text: String::new(),
        };
        let head = feed.next_until("\r\n\r\n").await;
        assert!(head.contains(" 200 "), "{head}");
        assert!(
            head.to_lowercase()
                .contains("content-type: text/event-stream"),
            "{head}"
        );
        feed
    }

    /// A socket with these headers; the error is the status it was refused with.
    pub(crate) async fn connect(&self, headers: &[(&'static str, String)]) -> Result<Client, u16> {
        let url = format!("ws://{}/graphql", self.address);
        let mut request = url.into_client_request().unwrap();
        for (name, value) in headers {
            let value = HeaderValue::from_str(value).unwrap();
            request.headers_mut().insert(*name, value);
        }
        let socket = TcpStream::connect(self.address).await.unwrap();
        match client_async(request, MaybeTlsStream::Plain(socket)).await {
            Ok((socket, _)) => Ok(Client(socket)),
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(other) => panic!("{other}"),
        }
    }

    /// A socket that names itself in its first message only.
    pub(crate) async fn client_with(&self, authorization: &str) -> Client {
        let mut client = self.connect(&[protocol()]).await.unwrap();
        let payload = json!({ "Authorization": authorization });
        client
            .say(json!({ "type": "connection_init", "payload": payload }))
            .await;
        client
    }

    /// A socket of the administrator's, acknowledged.
    pub(crate) async fn client(&self) -> Client {
        let mut client = self
            .connect(&[protocol(), ("authorization", self.bearer.clone())])
            .await
            .unwrap();
        client.say(json!({ "type": "connection_init" })).await;
        assert_eq!(client.hear().await, json!({ "type": "connection_ack" }));
        client
    }
}

pub(crate) fn protocol() -> (&'static str, String) {
    ("sec-websocket-protocol", "graphql-transport-ws".to_owned())
}

pub(crate) struct Feed {
    socket: TcpStream,
    text: String,
}

impl Feed {
    pub(crate) async fn next_block(&mut self) -> String {
        self.next_until("\n\n").await
    }

    /// Waits until there is no more of it.
    pub(crate) async fn ended(mut self) {
        let mut rest = vec![];
        let read = timeout(PATIENCE, self.socket.read_to_end(&mut rest));
        read.await.unwrap().unwrap();
    }

    async fn next_until(&mut self, end: &str) -> String {
        loop {
            if let Some(at) = self.text.find(end) {
                let rest = self.text.split_off(at + end.len());
                return std::mem::replace(&mut self.text, rest);
            }
            let mut bytes = [0; 4096];
            let read = timeout(PATIENCE, self.socket.read(&mut bytes))
                .await
                .unwrap()
                .unwrap();
            assert_ne!(read, 0, "the feed ended: {}", self.text);
            self.text
                .push_str(std::str::from_utf8(&bytes[..read]).unwrap());
        }
    }
}

pub(crate) struct Client(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Client {
    pub(crate) async fn say(&mut self, message: Value) {
        self.say_text(&message.to_string()).await;
    }

    pub(crate) async fn say_text(&mut self, text: &str) {
        let text = Message::Text(text.to_owned().into());
        // A server that has closed already says so when it is listened to
        let _ = self.0.send(text).await;
    }

    /// The next message; server pings are answered and left out.
    pub(crate) async fn hear(&mut self) -> Value {
        loop {
            match timeout(PATIENCE, self.0.next()).await.unwrap() {
                Some(Ok(Message::Text(text))) => {
                    let message: Value = serde_json::from_str(&text).unwrap();
                    if message["type"] == "ping" {
                        self.say(json!({ "type": "pong" })).await;
                    } else {
                        return message;
                    }
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                other => panic!("{other:?}"),
            }
        }
    }

    /// The code with which the server closes, whatever it says before.
    pub(crate) async fn closed(&mut self) -> u16 {
        loop {
            match timeout(PATIENCE, self.0.next()).await.unwrap() {
                Some(Ok(Message::Close(Some(frame)))) => return frame.code.into(),
                Some(Ok(_)) => {}
                other => panic!("{other:?}"),
            }
        }
    }

    pub(crate) async fn subscribe(&mut self, id: &str, query: &str, variables: Value) {
        let payload = json!({ "query": query, "variables": variables });
        self.say(json!({ "type": "subscribe", "id": id, "payload": payload }))
            .await;
    }

    /// The data of the next message, which belongs to the operation.
    pub(crate) async fn next(&mut self, id: &str) -> Value {
        let message = self.hear().await;
        assert_eq!(
            (&message["type"], &message["id"]),
            (&json!("next"), &json!(id)),
            "{message}"
        );
        assert!(message["payload"].get("errors").is_none(), "{message}");
        message["payload"]["data"].clone()
    }
}
