//! How many requests each exchange takes, and which go first when there are more.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};

use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::{InMemoryState, NotKeyed};
use governor::{NotUntil, Quota, RateLimiter};
use tokio::sync::Notify;
use tokio::time::{Duration, Instant, sleep};

/// From the most to the least urgent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lane {
    /// What becomes of orders that are out: cancellations, questions, trades.
    Settle,
    /// New orders.
    Place,
    /// Books, prices and rules.
    Look,
}

impl Lane {
    const COUNT: usize = 3;

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Settle => "settle",
            Self::Place => "place",
            Self::Look => "look",
        }
    }
}

/// Of all exchanges; one without a limit lets everything through.
#[derive(Debug, Default)]
pub(crate) struct Lanes(BTreeMap<String, Limited>);

#[derive(Debug)]
struct Limited {
    limiter: RateLimiter<NotKeyed, InMemoryState, SinceBeginning, NoOpMiddleware<Nanos>>,
    clock: SinceBeginning,
    waiting: [AtomicUsize; Lane::COUNT],
    /// Somebody waits no more.
    passed: Notify,
}

impl Lanes {
    /// By requests a minute. What was not asked for ten seconds may be made up for at once.
    pub(crate) fn new(per_minute: &BTreeMap<String, NonZeroU32>) -> Self {
        let limited = per_minute
            .iter()
            .map(|(exchange, limit)| (exchange.clone(), Limited::new(*limit, limit.get() / 6)));
        Self(limited.collect())
    }

    /// Returns once a request may be sent.
    pub(crate) async fn pass(&self, exchange: &str, lane: Lane) {
        if let Some(limited) = self.0.get(exchange) {
            limited.pass(lane).await;
        }
    }
}

impl Limited {
    fn new(per_minute: NonZeroU32, burst: u32) -> Self {
        let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::per_minute(per_minute).allow_burst(burst);
        let clock = SinceBeginning(Instant::now());
        Self {
            limiter: RateLimiter::direct_with_clock(quota, clock),
            clock,
            waiting: Default::default(),
            passed: Notify::new(),
        }
    }

    async fn pass(&self, lane: Lane) {
        let _waiting = Waiting::begin(self, lane);
        loop {
            let mut passed = pin!(self.passed.notified());
            // From here on nobody passes unheard
            passed.as_mut().enable();
            if self.somebody_is_more_urgent(lane) {
                passed.await;
                continue;
            }
            match self.limiter.check() {
                Ok(()) => return,
                Err(not_yet) => sleep(self.wait(&not_yet)).await,
            }
        }
    }

    fn somebody_is_more_urgent(&self, lane: Lane) -> bool {
        let more_urgent = &self.waiting[..lane as usize];
        more_urgent
            .iter()
            .any(|waiting| waiting.load(Ordering::Acquire) > 0)
    }

    fn wait(&self, not_yet: &NotUntil<Nanos>) -> Duration {
        not_yet.wait_time_from(self.clock.now())
    }
}

/// Counts while it lives: also one that gave up must not keep others waiting.
struct Waiting<'a> {
    limited: &'a Limited,
    lane: Lane,
}

impl<'a> Waiting<'a> {
    fn begin(limited: &'a Limited, lane: Lane) -> Self {
        limited.waiting[lane as usize].fetch_add(1, Ordering::AcqRel);
        Self { limited, lane }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.limited.waiting[self.lane as usize].fetch_sub(1, Ordering::AcqRel);
        self.limited.passed.notify_waiters();
    }
}

/// The clock that waiting goes by.
#[derive(Debug, Clone, Copy)]
struct SinceBeginning(Instant);

impl Clock for SinceBeginning {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        self.0.elapsed().into()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use futures::FutureExt;
    use futures::future::join_all;

    use super::*;

    fn lanes(per_minute: u32) -> Lanes {
        let limit = NonZeroU32::new(per_minute).unwrap();
        Lanes::new(&[("binance".to_owned(), limit)].into())
    }

    fn passes_at_once(lanes: &Lanes, exchange: &str) -> bool {
        lanes.pass(exchange, Lane::Place).now_or_never().is_some()
    }

    #[tokio::test]
    async fn no_more_is_sent_than_the_exchange_takes() {
        let lanes = lanes(12);
        let passed = (0..10).filter(|_| passes_at_once(&lanes, "binance"));
        assert_eq!(passed.count(), 2, "what was saved up in ten seconds");
    }

    #[test]
    fn an_exchange_without_a_limit_waits_for_nobody() {
        let lanes = lanes(1);
        assert!((0..1000).all(|_| passes_at_once(&lanes, "mexc")));
    }

    /// One after the other has to wait here, half a second each.
    #[tokio::test]
    async fn the_most_urgent_goes_first_however_many_wait() {
        let (limited, order) = (
            Limited::new(NonZeroU32::new(120).unwrap(), 1),
            Mutex::new(vec![]),
        );
        limited.pass(Lane::Look).await;
        let request = |lane| {
            let (limited, order) = (&limited, &order);
            async move {
                limited.pass(lane).await;
                order.lock().unwrap().push(lane);
            }
        };
        let lanes = [Lane::Look, Lane::Place, Lane::Settle];
        join_all(lanes.map(request)).await;
        let order = order.into_inner().unwrap();
        assert_eq!(order, [Lane::Settle, Lane::Place, Lane::Look]);
    }

    #[tokio::test]
    async fn one_that_gave_up_keeps_nobody_waiting() {
        let limited = Limited::new(NonZeroU32::MIN, 1);
        assert!(limited.pass(Lane::Look).now_or_never().is_some());
        assert!(limited.pass(Lane::Settle).now_or_never().is_none());
        assert!(!limited.somebody_is_more_urgent(Lane::Look));
        let waits = Waiting::begin(&limited, Lane::Settle);
        assert!(limited.somebody_is_more_urgent(Lane::Look));
        assert!(!limited.somebody_is_more_urgent(Lane::Settle));
        drop(waits);
        assert!(!limited.somebody_is_more_urgent(Lane::Look));
    }
}
