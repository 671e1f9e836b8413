//! The socket's outgoing side.

use std::time::Duration;

use axum::extract::ws::{Message, WebSocket};
use futures::SinkExt;
use futures::stream::SplitSink;
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::message::Close;

/// Messages that wait to be sent; whoever has one more waits, too.
const WAITING: usize = 64;
/// How long a client that is let go may take to hear why: a page that slept wakes up to a reason. Only its
/// socket waits, nothing is kept for it.
const FAREWELL: Duration = Duration::from_mins(1);

#[derive(Debug)]
pub(super) enum Outgoing {
    Text(String),
    Close(Close),
}

/// Sends in order; cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Writer(mpsc::Sender<Outgoing>);

/// The writing side is gone: nothing more can be sent.
#[derive(Debug)]
pub(super) struct Closed;

impl Writer {
    /// The second value sends what the first is handed, and ends with what is left to say.
    pub(super) fn new(
        sink: SplitSink<WebSocket, Message>,
        slow: Duration,
    ) -> (Self, impl Future<Output = Option<Farewell>> + Send) {
        let (sender, receiver) = mpsc::channel(WAITING);
        (Self(sender), send_all(sink, receiver, slow))
    }

    pub(super) async fn send(&self, text: String) -> Result<(), Closed> {
        self.0.send(Outgoing::Text(text)).await.map_err(|_| Closed)
    }

    pub(super) async fn close(&self, close: Close) {
        // Where the other side is gone already, nobody is left to tell
        let _ = self.0.send(Outgoing::Close(close)).await;
    }
}

/// Why the client is let go, and the way to tell it.
pub(super) struct Farewell {
    sink: SplitSink<WebSocket, Message>,
    close: Close,
}

async fn send_all(
    mut sink: SplitSink<WebSocket, Message>,
    mut receiver: mpsc::Receiver<Outgoing>,
    slow: Duration,
) -> Option<Farewell> {
    while let Some(outgoing) = receiver.recv().await {
        let message = match outgoing {
            Outgoing::Text(text) => Message::Text(text.into()),
            Outgoing::Close(close) => return Some(Farewell { sink, close }),
        };
        match timeout(slow, sink.send(message)).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => return None,
            Err(_) => {
                tracing::warn!("a subscriber does not read: its connection is closed");
                let close = Close::TooSlow;
                return Some(Farewell { sink, close });
            }
        }
    }
    None
}

impl Farewell {
    /// Whether it is heard or not, the connection ends.
    pub(super) async fn say(mut self) {
        let said = async {
            let _ = self
                .sink
                .send(Message::Close(Some(self.close.frame())))
                .await;
            let _ = self.sink.close().await;
        };
        let _ = timeout(FAREWELL, said).await;
    }
}
