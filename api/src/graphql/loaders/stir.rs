//! Notices that work was woken while it was at work.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Wake, Waker};

use futures::task::AtomicWaker;

/// Passes every wake-up on, and remembers that there was one.
#[derive(Debug, Default)]
pub(super) struct Stir {
    woken: AtomicBool,
    outer: AtomicWaker,
}

impl Stir {
    /// Call it before the work goes on; wake-ups from here on count.
    pub(super) fn begin(&self, outer: &Waker) {
        self.outer.register(outer);
        self.woken.store(false, Ordering::SeqCst);
    }

    pub(super) fn is_woken(&self) -> bool {
        self.woken.load(Ordering::SeqCst)
    }
}

impl Wake for Stir {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.woken.store(true, Ordering::SeqCst);
        self.outer.wake();
    }
}
