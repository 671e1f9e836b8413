//! A body has to arrive in time: whoever sends a byte now and then would hold its connection, and the
//! end of the server, for as long as it likes.

use axum::Error;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use futures::{Stream, StreamExt, stream};
use tokio::time::{Duration, Instant, sleep, sleep_until};
use tokio_util::sync::CancellationToken;

use crate::state::AppState;

/// What is on its way when the server ends may still arrive.
const LEFT_AT_THE_END: Duration = Duration::from_secs(1);

/// Reading a body ended because it did not arrive in time.
#[derive(Debug, thiserror::Error)]
#[error("the body did not arrive in time")]
pub(crate) struct TooSlow;

/// Puts a limit to the time in which a request's body arrives.
pub(crate) async fn limit_body_time(
    State(app): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let (parts, body) = request.into_parts();
    let body = if body.is_end_stream() {
        body
    } else {
        let deadline = Instant::now() + app.settings.body_within;
        Body::from_stream(until(deadline, app.closing.clone(), body))
    };
    next.run(Request::from_parts(parts, body)).await
}

fn until(
    deadline: Instant,
    closing: CancellationToken,
    body: Body,
) -> impl Stream<Item = Result<Bytes, Error>> {
    let reading = Some((body.into_data_stream(), closing));
    stream::unfold(reading, move |reading| async move {
        let (mut chunks, closing) = reading?;
        let next = tokio::select! {
            biased;
            chunk = chunks.next() => chunk,
            () = too_late(deadline, &closing) => return Some((Err(Error::new(TooSlow)), None)),
        };
        next.map(|chunk| (chunk, Some((chunks, closing))))
    })
}

async fn too_late(deadline: Instant, closing: &CancellationToken) {
    let ending = async {
        closing.cancelled().await;
        sleep(LEFT_AT_THE_END).await;
    };
    tokio::select! {
        () = sleep_until(deadline) => {}
        () = ending => {}
    }
}
