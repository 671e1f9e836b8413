//! What the log says of many instances: when they quoted, started, stopped and came back.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use domain::event::Event;
use domain::execution::{ExecutionEvent, Side};
use domain::ids::ClientOrderId;
use domain::instance::InstanceEvent;
use event_store::{EventLog, FeedFilter, Position, Recorded, Upcasters};
use hdrhistogram::Histogram;

/// Many events in one statement.
const PAGE: usize = 5_000;

pub(crate) struct History {
    log: Arc<dyn EventLog>,
    seen: Position,
    runs: BTreeMap<String, Run>,
    started: HashMap<String, DateTime<Utc>>,
    stopped: HashMap<String, DateTime<Utc>>,
    intended: HashSet<ClientOrderId>,
    resumed: HashMap<String, DateTime<Utc>>,
    /// By order and by the venue's number.
    trades: BTreeSet<(String, String)>,
}

#[derive(Default)]
struct Run {
    sides: HashMap<ClientOrderId, Side>,
    open: HashMap<ClientOrderId, Side>,
    first_order: Option<DateTime<Utc>>,
    closed: Option<DateTime<Utc>>,
    /// When both sides were in the book, and until when.
    quoted: Vec<(DateTime<Utc>, DateTime<Utc>)>,
    quoting_since: Option<DateTime<Utc>>,
    acknowledged: HashSet<ClientOrderId>,
    left: HashMap<ClientOrderId, domain::money::Decimal>,
}

impl History {
    pub(crate) async fn open(folder: &Path) -> Self {
        let url = format!("sqlite:{}", folder.join("strategos.sqlite").display());
        let log = event_store::open_to_read(&url, Upcasters::released()).await;
        Self {
            log: log.expect("the log opens"),
            seen: Position(0),
            runs: BTreeMap::new(),
            started: HashMap::new(),
            stopped: HashMap::new(),
            intended: HashSet::new(),
            resumed: HashMap::new(),
            trades: BTreeSet::new(),
        }
    }

    pub(crate) async fn catch_up(&mut self) {
        loop {
            let page = self.log.feed(self.seen, PAGE, &FeedFilter::default()).await;
            let page = page.expect("the log is readable");
            self.seen = page.up_to;
            for event in &page.events {
                self.take_in(event);
            }
            if page.at_head {
                return;
            }
        }
    }

    fn take_in(&mut self, recorded: &Recorded) {
        let (stream, at) = (&recorded.stream.aggregate_id, recorded.recorded_at);
        match recorded.decode().expect("a known event") {
            Event::Instance(InstanceEvent::InstanceStarted(_)) => {
                self.started.insert(stream.clone(), at);
            }
            Event::Instance(InstanceEvent::InstanceStopped { .. }) => {
                self.stopped.insert(stream.clone(), at);
            }
            Event::Execution(event) => {
                match &event {
                    ExecutionEvent::OrderIntended(intent) => {
                        let new = self.intended.insert(intent.client_order_id.clone());
                        assert!(new, "{} was intended twice", intent.client_order_id);
                    }
                    ExecutionEvent::OrderFilled(fill) => {
                        let order = fill.client_order_id.to_string();
                        let new = self.trades.insert((order, fill.fill_id.clone()));
                        assert!(new, "{} was recorded twice", fill.fill_id);
                    }
                    ExecutionEvent::ExecutionResumed { .. } => {
                        self.resumed.insert(stream.clone(), at);
                    }
                    _ => {}
                }
                self.runs
                    .entry(stream.clone())
                    .or_default()
                    .take_in(event, at);
            }
            _ => {}
        }
    }

    pub(crate) fn acknowledged(&self) -> BTreeSet<String> {
        let runs = self.runs.values();
        let orders = runs.flat_map(|run| run.acknowledged.iter());
        orders.map(ToString::to_string).collect()
    }

    pub(crate) fn trades(&self) -> &BTreeSet<(String, String)> {
        &self.trades
    }

    /// How many have a buy and a sell in the book.
    pub(crate) fn quoting(&self) -> usize {
        let quoting = |run: &&Run| run.quoting_since.is_some();
        self.runs.values().filter(quoting).count()
    }

    pub(crate) fn closed(&self) -> usize {
        self.runs
            .values()
            .filter(|run| run.closed.is_some())
            .count()
    }

    /// How many a process that began then took up again.
    pub(crate) fn resumed_since(&self, began: DateTime<Utc>) -> usize {
        let resumed = self.resumed.values();
        resumed.filter(|at| **at >= began).count()
    }

    pub(crate) fn last_resumed(&self) -> DateTime<Utc> {
        let last = self.resumed.values().max();
        *last.expect("some came back")
    }

    /// Which part of that time, of all runs, a buy and a sell were in the book.
    pub(crate) fn quoted(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> f64 {
        let within = |(since, to): &(DateTime<Utc>, DateTime<Utc>)| {
            let time = (*to).min(until) - (*since).max(from);
            time.max(TimeDelta::zero()).as_seconds_f64()
        };
        let quoted = self.runs.values().map(|run| {
            let last = run.quoting_since.map(|since| within(&(since, until)));
            run.quoted.iter().map(within).sum::<f64>() + last.unwrap_or(0.0)
        });
        let quoted: f64 = quoted.sum();
        quoted / (until - from).as_seconds_f64() / self.runs.len() as f64
    }

    /// Of the `newest` instances.
    pub(crate) fn first_orders(&self, newest: usize) -> String {
        let mut started: Vec<_> = self.started.iter().collect();
        started.sort_by_key(|(_, at)| **at);
        let newest = started.iter().rev().take(newest);
        quantiles(newest.filter_map(|(key, at)| {
            let run = self.runs.get(&format!("{key}#1"))?;
            Some(run.first_order? - **at)
        }))
    }

    pub(crate) fn stops(&self) -> String {
        quantiles(self.stopped.iter().filter_map(|(key, at)| {
            let run = self.runs.get(&format!("{key}#1"))?;
            Some(run.closed? - *at)
        }))
    }
}

impl Run {
    /// What stands in the book changes when the venue says it did, and not when it was written down.
    fn take_in(&mut self, event: ExecutionEvent, recorded_at: DateTime<Utc>) {
        let at = match event {
            ExecutionEvent::OrderIntended(intent) => {
                self.sides
                    .insert(intent.client_order_id.clone(), intent.side);
                self.left
                    .insert(intent.client_order_id, intent.quantity.into());
                return;
            }
            ExecutionEvent::OrderAcknowledged {
                client_order_id,
                acknowledged_at,
                ..
            } => {
                self.first_order.get_or_insert(recorded_at);
                let new = self.acknowledged.insert(client_order_id.clone());
                assert!(new, "{client_order_id} was acknowledged twice");
                let side = self.sides.remove(&client_order_id);
                let side = side.expect("an order was intended before");
                self.open.insert(client_order_id, side);
                acknowledged_at
            }
            ExecutionEvent::OrderCancelled {
                client_order_id,
                cancelled_at,
            } => {
                self.open.remove(&client_order_id);
                cancelled_at
            }
            ExecutionEvent::OrderFilled(fill) => {
                let left = self.left.get_mut(&fill.client_order_id);
                let left = left.expect("an order was intended before");
                *left = &*left - &fill.quantity.into();
                if left.is_zero() {
                    self.open.remove(&fill.client_order_id);
                }
                fill.filled_at
            }
            ExecutionEvent::OrderRejected {
                client_order_id, ..
            } => {
                self.sides.remove(&client_order_id);
                return;
            }
            ExecutionEvent::ExecutionClosed { .. } => {
                self.closed = Some(recorded_at);
                return;
            }
            _ => return,
        };
        let has = |side| self.open.values().any(|open| *open == side);
        match (self.quoting_since, has(Side::Buy) && has(Side::Sell)) {
            (None, true) => self.quoting_since = Some(at),
            (Some(since), false) => {
                self.quoted.push((since, at));
                self.quoting_since = None;
            }
            _ => {}
        }
    }
}

fn quantiles(times: impl Iterator<Item = TimeDelta>) -> String {
    let mut took = Histogram::<u64>::new(3).expect("a histogram");
    for time in times {
        took += u64::try_from(time.num_milliseconds()).unwrap_or(0);
    }
    let at = |quantile| took.value_at_quantile(quantile);
    format!("{} / {} (n = {})", at(0.5), at(0.99), took.len())
}
