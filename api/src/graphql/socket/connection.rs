//! A socket from its first message to its last.

use axum::extract::ws::{Message, WebSocket};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use futures::StreamExt;
use futures::future::{Either, select};
use futures::stream::SplitStream;
use serde_json::{Map, Value};
use tokio::time::{MissedTickBehavior, interval, timeout};

use super::message::{ClientMessage, Close, ack, ping, pong};
use super::operations::Operations;
use super::writer::Writer;
use crate::auth::{Identity, identify};
use crate::graphql::http::Served;

/// Pings that may go unanswered.
const UNANSWERED: u32 = 2;

#[derive(Debug)]
pub(super) struct Connection {
    served: Served,
    /// What the client came with: a session may end while the socket is open.
    headers: HeaderMap,
    identity: Option<Identity>,
}

impl Connection {
    pub(super) fn new(served: Served, headers: HeaderMap, identity: Option<Identity>) -> Self {
        Self {
            served,
            headers,
            identity,
        }
    }

    pub(super) async fn run(mut self, socket: WebSocket) {
        let (sink, mut incoming) = socket.split();
        let (writer, sending) = Writer::new(sink, self.served.app.settings.sockets.slow);
        let farewell = {
            let talk = async {
                if let Some(close) = self.talk(&mut incoming, &writer).await {
                    writer.close(close).await;
                }
                drop(writer);
            };
            let talk = std::pin::pin!(talk);
            let sending = std::pin::pin!(sending);
            // A client that does not read, or is gone, ends the talk: its operations go with it
            match select(talk, sending).await {
                Either::Left(((), sending)) => sending.await,
                Either::Right((farewell, _)) => farewell,
            }
        };
        if let Some(farewell) = farewell {
            farewell.say().await;
        }
    }

    /// Why to close; `None` when the client did.
    async fn talk(
        &mut self,
        incoming: &mut SplitStream<WebSocket>,
        writer: &Writer,
    ) -> Option<Close> {
        let limits = self.served.app.settings.sockets;
        let identity = match timeout(limits.init, self.initialise(incoming)).await {
            Ok(Ok(identity)) => identity,
            Ok(Err(close)) => return close,
            Err(_) => return Some(Close::InitTimeout),
        };
        writer.send(ack()).await.ok()?;
        let (mut operations, mut endings) = Operations::new(self.served.clone(), writer.clone());
        let mut pings = interval(limits.ping);
        pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
        pings.tick().await;
        let closing = self.served.app.closing.clone();
        let mut unanswered = 0;
        loop {
            tokio::select! {
                // Endings before messages: an id may be taken again as soon as its end was told
                biased;
                () = closing.cancelled() => return Some(Close::GoingAway),
                Some(ended) = endings.recv() => operations.forget(&ended),
                _ = pings.tick() => {
                    if unanswered == UNANSWERED {
                        return Some(Close::Gone);
                    }
                    unanswered += 1;
                    if identify(&self.served.app, &Method::GET, &self.headers).await.is_none() {
                        return Some(Close::Unauthorized);
                    }
                    writer.send(ping()).await.ok()?;
                }
                message = receive(incoming) => {
                    unanswered = 0;
                    let message = match message {
                        Ok(message) => message,
                        Err(close) => return close,
                    };
                    match message {
                        ClientMessage::Init { .. } => return Some(Close::InitTwice),
                        ClientMessage::Ping => writer.send(pong()).await.ok()?,
                        ClientMessage::Pong => {}
                        ClientMessage::Complete { id } => operations.end(&id),
                        ClientMessage::Subscribe { id, payload } => {
                            if let Err(close) = operations.begin(id, payload, identity.clone()) {
                                return Some(close);
                            }
                        }
                    }
                }
            }
        }
    }

    /// Nothing but the client's own word for who it is may come first.
    async fn initialise(
        &mut self,
        incoming: &mut SplitStream<WebSocket>,
    ) -> Result<Identity, Option<Close>> {
        loop {
            match receive(incoming).await? {
                ClientMessage::Init { payload } => {
                    self.take_token(&payload);
                    if let Some(identity) = self.identity.take() {
                        return Ok(identity);
                    }
                    let identity = identify(&self.served.app, &Method::GET, &self.headers).await;
                    return identity.ok_or(Some(Close::Forbidden));
                }
                ClientMessage::Subscribe { .. } => return Err(Some(Close::Unauthorized)),
                ClientMessage::Complete { .. } | ClientMessage::Ping | ClientMessage::Pong => {}
            }
        }
    }

    /// Programs that cannot set headers put the token into the first message.
    fn take_token(&mut self, payload: &Map<String, Value>) {
        let named = |name: &&String| name.eq_ignore_ascii_case("authorization");
        let Some(name) = payload.keys().find(named) else {
            return;
        };
        let text = payload
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default();
        if let Ok(mut value) = HeaderValue::from_str(text) {
            value.set_sensitive(true);
            self.headers.insert(header::AUTHORIZATION, value);
            self.identity = None;
        }
    }
}

/// The next message; the error is why to close, `None` when the client is gone.
async fn receive(incoming: &mut SplitStream<WebSocket>) -> Result<ClientMessage, Option<Close>> {
    loop {
        match incoming.next().await {
            Some(Ok(Message::Text(text))) => {
                return ClientMessage::parse(&text).ok_or(Some(Close::Malformed));
            }
            Some(Ok(Message::Binary(_))) => return Err(Some(Close::Malformed)),
            Some(Ok(Message::Ping(_))) => {}
            Some(Ok(Message::Pong(_))) => return Ok(ClientMessage::Pong),
            Some(Ok(Message::Close(_)) | Err(_)) | None => return Err(None),
        }
    }
}
