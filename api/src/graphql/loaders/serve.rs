//! Runs what asks for things.

use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use super::stir::Stir;

/// `advance` looks up what was asked for, and says whether something was answered.
pub(super) fn serve<Work: Future>(
    work: Work,
    advance: impl Fn(&mut Context<'_>) -> bool,
) -> impl Future<Output = Work::Output> {
    // A whole request is large
    let mut work = Box::pin(work);
    let stir = Arc::new(Stir::default());
    let waker = Waker::from(stir.clone());
    poll_fn(move |context| {
        loop {
            stir.begin(context.waker());
            let inner = &mut Context::from_waker(&waker);
            if let Poll::Ready(output) = work.as_mut().poll(inner) {
                return Poll::Ready(output);
            }
            // It paused, and goes on at once: what it asks for then belongs with the rest
            if stir.is_woken() || !advance(context) {
                return Poll::Pending;
            }
        }
    })
}
