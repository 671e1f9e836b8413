//! `event_store.client.streams.Streams`, as far as it goes.
#![expect(
    clippy::result_large_err,
    reason = "a status is what tonic wants of a service that fails"
)]

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use futures::future::BoxFuture;
use futures::stream::{self, BoxStream, StreamExt};
use http::{Request as HttpRequest, Response as HttpResponse};
use tonic::body::Body;
use tonic::codec::ProstCodec;
use tonic::server::{ClientStreamingService, Grpc, NamedService, ServerStreamingService};
use tonic::{Code, Request, Response, Status, Streaming};
use tower::Service;

use crate::streams::{Outcome, State};
use crate::wire::{
    AppendReq, AppendResp, Empty, Position, ReadReq, ReadResp, StreamNotFound, Success,
    WrongExpectedVersion,
};

type Shared = Arc<Mutex<State>>;

#[derive(Debug, Clone)]
pub(crate) struct Streams(pub(crate) Shared);

impl NamedService for Streams {
    const NAME: &'static str = "event_store.client.streams.Streams";
}

impl<B> Service<HttpRequest<B>> for Streams
where
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>> + Send + 'static,
{
    type Response = HttpResponse<Body>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: HttpRequest<B>) -> Self::Future {
        let state = self.0.clone();
        let method = request.uri().path().rsplit('/').next();
        match method {
            Some("Read") => Box::pin(async move {
                let mut grpc = Grpc::new(ProstCodec::default());
                Ok(grpc.server_streaming(Read(state), request).await)
            }),
            Some("Append") => Box::pin(async move {
                let mut grpc = Grpc::new(ProstCodec::default());
                Ok(grpc.client_streaming(Append(state), request).await)
            }),
            _ => Box::pin(ready(Ok(Status::unimplemented(
                "the stand-in does not do this",
            )
            .into_http()))),
        }
    }
}

fn lock(state: &Shared) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn admit<T>(state: &State, request: &Request<T>) -> Result<(), Status> {
    let Some(admitted) = &state.admitted else {
        return Ok(());
    };
    let shown = request.metadata().get("authorization");
    let expected = format!("Basic {}", STANDARD.encode(admitted));
    if shown.is_some_and(|shown| shown.as_bytes() == expected.as_bytes()) {
        return Ok(());
    }
    Err(Status::unauthenticated("Authentication failed"))
}

struct Read(Shared);

impl ServerStreamingService<ReadReq> for Read {
    type Response = ReadResp;
    type ResponseStream = BoxStream<'static, Result<ReadResp, Status>>;
    type Future = Ready<Result<Response<Self::ResponseStream>, Status>>;

    fn call(&mut self, request: Request<ReadReq>) -> Self::Future {
        ready(read(&lock(&self.0), &request))
    }
}

fn read(
    state: &State,
    request: &Request<ReadReq>,
) -> Result<Response<BoxStream<'static, Result<ReadResp, Status>>>, Status> {
    admit(state, request)?;
    let options = request.get_ref().options.as_ref();
    let options = options.ok_or_else(|| Status::invalid_argument("options"))?;
    let stream = options.stream.as_ref();
    let stream = stream.ok_or_else(|| Status::unimplemented("only streams are read"))?;
    let count = options.count;
    let count = count.ok_or_else(|| Status::unimplemented("subscriptions are not served"))?;
    let name = stream.stream_identifier.clone().unwrap_or_default();
    let backwards = options.read_direction == 1;
    let answers = match state.read(&name.name(), stream.revision, backwards, count) {
        Some(events) => events
            .into_iter()
            .map(|event| ReadResp {
                event: Some(event),
                stream_not_found: None,
            })
            .collect(),
        None => vec![ReadResp {
            event: None,
            stream_not_found: Some(StreamNotFound {
                stream_identifier: Some(name),
            }),
        }],
    };
    Ok(Response::new(
        stream::iter(answers.into_iter().map(Ok)).boxed(),
    ))
}

struct Append(Shared);

impl ClientStreamingService<AppendReq> for Append {
    type Response = AppendResp;
    type Future = Pin<Box<dyn Future<Output = Result<Response<AppendResp>, Status>> + Send>>;

    fn call(&mut self, request: Request<Streaming<AppendReq>>) -> Self::Future {
        Box::pin(append(self.0.clone(), request))
    }
}

async fn append(
    state: Shared,
    request: Request<Streaming<AppendReq>>,
) -> Result<Response<AppendResp>, Status> {
    admit(&lock(&state), &request)?;
    let mut arriving = request.into_inner();
    let (mut options, mut events) = (None, Vec::new());
    while let Some(part) = arriving.message().await? {
        options = part.options.or(options);
        events.extend(part.proposed_message);
    }
    let options = options.ok_or_else(|| Status::invalid_argument("options"))?;
    let expected = match (options.revision, &options.no_stream) {
        (Some(revision), _) => revision + 1,
        (None, Some(_)) => 0,
        (None, None) => return Err(Status::unimplemented("say which revision is expected")),
    };
    let name = options.stream_identifier.unwrap_or_default().name();
    let mut state = lock(&state);
    let outcome = state.append(&name, expected, events);
    if std::mem::take(&mut state.loses_answer) {
        return Err(Status::unavailable("the answer got lost"));
    }
    match outcome {
        Outcome::Appended(revision) => Ok(Response::new(AppendResp {
            success: Some(Success {
                current_revision: Some(revision),
                position: Some(Position::default()),
            }),
            wrong_expected_version: None,
        })),
        Outcome::WrongRevision(current) => Ok(Response::new(AppendResp {
            success: None,
            wrong_expected_version: Some(WrongExpectedVersion {
                current_revision: current,
                current_no_stream: current.is_none().then_some(Empty {}),
                expected_revision: options.revision,
                expected_no_stream: options.no_stream,
            }),
        })),
        Outcome::TooLarge => Err(Status::new(
            Code::InvalidArgument,
            "Maximum Append Size of 1048576 Exceeded.",
        )),
    }
}
