//! What a monitor sees of one counter.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use metrics::atomics::AtomicU64;
use metrics::{
    Counter, Gauge, Histogram, Key, KeyName, LocalRecorderGuard, Metadata, Recorder, SharedString,
    Unit, set_default_local_recorder,
};

/// Counts what is counted under a name, and nothing else.
#[derive(Debug)]
pub(crate) struct Counted {
    name: &'static str,
    so_far: Arc<AtomicU64>,
}

impl Counted {
    pub(crate) fn of(name: &'static str) -> Self {
        Self {
            name,
            so_far: Arc::default(),
        }
    }

    /// On this thread, on which a test's whole runtime runs.
    pub(crate) fn listen(&self) -> LocalRecorderGuard<'_> {
        set_default_local_recorder(self)
    }

    pub(crate) fn so_far(&self) -> u64 {
        self.so_far.load(Ordering::SeqCst)
    }
}

impl Recorder for Counted {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        if key.name() == self.name {
            Counter::from_arc(self.so_far.clone())
        } else {
            Counter::noop()
        }
    }

    fn register_gauge(&self, _: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::noop()
    }

    fn register_histogram(&self, _: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::noop()
    }
}
