//! The operations that a connection carries.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::parser::types::OperationType;
use async_graphql::{Request, Response, ServerError};
use futures::StreamExt;
use serde_json::Value;
use tokio::sync::mpsc;
use tokio_util::task::AbortOnDropHandle;
use uuid::Uuid;

use super::message::{Close, complete, error, next};
use super::writer::{Closed, Writer};
use crate::auth::Identity;
use crate::graphql::context::Asker;
use crate::graphql::http::{Parameters, Served, operation_type, refuse_explosive, within};
use crate::graphql::loaders::Loaders;

/// Running operations by the client's id for them; all end with the connection.
#[derive(Debug)]
pub(super) struct Operations {
    served: Served,
    writer: Writer,
    running: HashMap<String, Running>,
    begun: u64,
    ended: mpsc::UnboundedSender<Ended>,
}

#[derive(Debug)]
struct Running {
    generation: u64,
    task: AbortOnDropHandle<()>,
}

/// An operation that ended by itself. Its id may be another operation's by now.
#[derive(Debug)]
pub(super) struct Ended {
    id: String,
    generation: u64,
}

impl Operations {
    /// Operations that end by themselves come out of the second value.
    pub(super) fn new(served: Served, writer: Writer) -> (Self, mpsc::UnboundedReceiver<Ended>) {
        let (ended, endings) = mpsc::unbounded_channel();
        let operations = Self {
            served,
            writer,
            running: HashMap::new(),
            begun: 0,
            ended,
        };
        (operations, endings)
    }

    pub(super) fn begin(
        &mut self,
        id: String,
        payload: Value,
        identity: Identity,
    ) -> Result<(), Close> {
        if self.running.contains_key(&id) {
            return Err(Close::IdTaken);
        }
        let operation = Operation {
            served: self.served.clone(),
            writer: self.writer.clone(),
            id: id.clone(),
            too_many: self.running.len() >= self.served.app.settings.sockets.operations,
        };
        self.begun += 1;
        let generation = self.begun;
        let ending = Ended {
            id: id.clone(),
            generation,
        };
        let ended = self.ended.clone();
        let task = tokio::spawn(async move {
            let writer = operation.writer.clone();
            if let Ok(last_word) = operation.run(payload, identity).await {
                // Before the client hears of it and takes the id again. The connection may be gone
                let _ = ended.send(ending);
                let _ = writer.send(last_word).await;
            }
        });
        let task = AbortOnDropHandle::new(task);
        self.running.insert(id, Running { generation, task });
        Ok(())
    }

    /// The client wants no more of it.
    pub(super) fn end(&mut self, id: &str) {
        self.running.remove(id);
    }

    /// It has only its last word to send.
    pub(super) fn forget(&mut self, ended: &Ended) {
        let Ended { id, generation } = ended;
        let same = |running: &Running| running.generation == *generation;
        if self.running.get(id).is_some_and(same)
            && let Some(running) = self.running.remove(id)
        {
            drop(running.task.detach());
        }
    }
}

struct Operation {
    served: Served,
    writer: Writer,
    id: String,
    too_many: bool,
}

impl Operation {
    /// The last thing to tell of it.
    async fn run(self, payload: Value, identity: Identity) -> Result<String, Closed> {
        if self.too_many {
            return self.refuse("Too many operations on one connection").await;
        }
        let parameters = match Parameters::from_json(payload) {
            Ok(parameters) => parameters,
            Err(message) => return self.refuse(message).await,
        };
        let mut request = parameters.request();
        let name = request.operation_name.clone();
        let kind = match refuse_explosive(&mut request) {
            Ok(document) => operation_type(document, name.as_deref()),
            Err(refused) => return self.errors(&[refused]).await,
        };
        let asker = Asker {
            identity,
            correlation: Uuid::new_v4(),
        };
        let loaders = Arc::new(Loaders::new(&self.served.app));
        let request = request.data(asker).data(loaders.clone());
        if kind == Some(OperationType::Subscription) {
            return self.follow(request, &loaders).await;
        }
        let executed = loaders.serve(self.served.schema.execute(request));
        let response = within(self.served.app.settings.deadline, executed).await;
        if made_no_sense(&response) {
            return self.errors(&response.errors).await;
        }
        self.send(next(&self.id, &response)).await?;
        Ok(complete(&self.id))
    }

    async fn follow(&self, request: Request, loaders: &Loaders) -> Result<String, Closed> {
        let mut responses = self.served.schema.execute_stream(request);
        while let Some(response) = loaders.serve(responses.next()).await {
            // The next one must not be as old as this
            loaders.forget();
            if made_no_sense(&response) {
                return self.errors(&response.errors).await;
            }
            self.send(next(&self.id, &response)).await?;
        }
        Ok(complete(&self.id))
    }

    async fn refuse(&self, message: &str) -> Result<String, Closed> {
        self.errors(&[ServerError::new(message, None)]).await
    }

    async fn errors(&self, errors: &[ServerError]) -> Result<String, Closed> {
        self.written(error(&self.id, errors)).await
    }

    async fn send(&self, message: serde_json::Result<String>) -> Result<(), Closed> {
        let text = self.written(message).await?;
        self.writer.send(text).await
    }

    async fn written(&self, message: serde_json::Result<String>) -> Result<String, Closed> {
        match message {
            Ok(text) => Ok(text),
            Err(error) => {
                tracing::error!(%error, "an answer could not be written");
                self.writer.close(Close::Failed).await;
                Err(Closed)
            }
        }
    }
}

/// Nothing was carried out: errors that say where come with data.
fn made_no_sense(response: &Response) -> bool {
    !response.errors.is_empty()
        && response.data == async_graphql::Value::Null
        && response.errors.iter().all(|error| error.path.is_empty())
}
