//! Which run gets a turn when. One scheduler for all instances; nothing waits in a loop of its own.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::execution::Fill;
use domain::ids::StrategyKey;
use domain::wishes::Wish;
use event_store::{Position, StoreError};
use tokio::task::{Id, JoinSet};

use super::feed_reader::FeedReader;
use super::fill_reader::FillReader;
use super::guards::GuardWatch;
use super::market_view::MarketView;
use super::next_job::next_job;
use super::shared::{RuntimeParts, Shared};
use super::slots::{Slot, Slots};
use super::turn::{Job, TickKind, Turn, TurnEnd};

/// Runs every instance that the log says is running, and ends those it says are not.
#[derive(Debug)]
pub struct Runtime {
    pub(super) shared: Arc<Shared>,
    pub(super) feed: FeedReader,
    pub(super) fills: FillReader,
    /// Beside the scheduler once that runs by the clock.
    pub(super) guards: Option<GuardWatch>,
    pub(super) slots: Slots,
    pub(super) turns: JoinSet<TurnEnd>,
    pub(super) out: HashMap<Id, StrategyKey>,
    /// Instances whose orders are not known yet. Until all are, nobody places: an order must not
    /// meet one of ours that was forgotten.
    pub(super) unread: BTreeSet<StrategyKey>,
    /// Due, but waiting for that.
    held: Vec<StrategyKey>,
    /// What the last runs that were due saw.
    market: Option<Arc<MarketView>>,
    awake: bool,
}

impl Runtime {
    /// Takes up reading where the last process saved it; nothing runs before the first step.
    pub async fn open(parts: RuntimeParts) -> Result<Self, StoreError> {
        let shared = Arc::new(Shared::new(parts));
        let guards = Some(GuardWatch::open(&shared).await?);
        Ok(Self {
            feed: FeedReader::open(shared.log.clone()).await?,
            fills: FillReader::default(),
            guards,
            slots: Slots::default(),
            turns: JoinSet::new(),
            out: HashMap::new(),
            unread: BTreeSet::new(),
            held: Vec::new(),
            market: None,
            awake: false,
            shared,
        })
    }

    /// Does everything that is due at `now`, and returns when it is done. Tests and simulations
    /// call this with times of their own; [`Self::run`] does the same by the clock.
    pub async fn step(&mut self, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.follow_feed(now).await?;
        self.fills.ask(&self.shared, now);
        while let Some(fills) = self.fills.next(&self.shared).await {
            self.route_fills(fills, now);
        }
        loop {
            self.follow_feed(now).await?;
            self.dispatch(now);
            if !self.turns.is_empty() {
                self.take_all_back(now).await;
                continue;
            }
            let tripped = match &mut self.guards {
                Some(guards) => guards.catch_up().await?,
                None => false,
            };
            if !tripped {
                self.feed.saved().await;
                return Ok(());
            }
        }
    }

    /// The position up to which lifecycle events were taken in.
    pub fn position(&self) -> Position {
        self.feed.position()
    }

    /// Takes in what was asked of the instances since the last look.
    pub(super) async fn follow_feed(&mut self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let changed = self.feed.catch_up().await?;
        for key in changed {
            self.slots.nudge(&key, now);
            if let Some(slot) = self.slots.get_mut(&key) {
                slot.call_off();
            }
        }
        if !self.awake {
            self.awake = true;
            self.unread = self.feed.wishes().keys().cloned().collect();
            for key in &self.unread {
                self.slots.nudge(key, now);
            }
        }
        self.feed.save_after(self.shared.settings.save_every);
        Ok(())
    }

    /// Hands new trades to the runs they belong to.
    pub(super) fn route_fills(&mut self, fills: Vec<Fill>, now: DateTime<Utc>) {
        for fill in fills {
            // Others may trade on the same account; a run not read yet will ask for its trades
            let Some((owner, _)) = self.shared.known_runs.owner_of(&fill.client_order_id) else {
                continue;
            };
            self.slots.nudge(&owner.key, now);
            if let Some(slot) = self.slots.get_mut(&owner.key) {
                slot.fills.push(fill);
            }
        }
    }

    /// Sends everything that is due on its turn.
    pub(super) fn dispatch(&mut self, now: DateTime<Utc>) {
        let market = self.market_at(now);
        if self.unread.is_empty() {
            for key in self.held.drain(..) {
                self.slots.give_back(&key, now);
            }
        }
        while let Some(key) = self.slots.take_due(now) {
            let wishes = self.feed.wishes();
            let wish = wishes.get(&key);
            let known = |slot: &&mut Slot| wish.is_some() || !slot.fills.is_empty();
            let Some(slot) = self.slots.get_mut(&key).filter(known) else {
                self.slots.remove(&key);
                continue;
            };
            if slot.left.is_some() && slot.left == wish.and_then(Wish::run) {
                self.slots.give_back(&key, DateTime::<Utc>::MAX_UTC);
                continue;
            }
            let others_unread = !self.unread.is_empty();
            let job = match wish {
                Some(wish) => {
                    let held = (wishes.halted(), wishes.restraints(&key));
                    next_job(wish, held, slot, now, others_unread)
                }
                None => Some(Job::LateTrades),
            };
            let Some(job) = job else {
                self.held.push(key);
                continue;
            };
            let due = matches!(job, Job::Tick(_, TickKind::Due, _)).then_some(slot.tick_due);
            let fills = if job.records() {
                std::mem::take(&mut slot.fills)
            } else {
                vec![]
            };
            let turn = Turn {
                key: key.clone(),
                job,
                fills,
                now,
                due,
                market: market.clone(),
                over: slot.over.clone(),
            };
            let task = self.turns.spawn(turn.take(self.shared.clone()));
            self.out.insert(task.id(), key);
        }
    }

    fn market_at(&mut self, now: DateTime<Utc>) -> Arc<MarketView> {
        let shared = self.shared.settings.market_shared;
        let fresh = |market: &&Arc<MarketView>| market.is_of(now, shared);
        if let Some(market) = self.market.as_ref().filter(fresh) {
            return market.clone();
        }
        let market = Arc::new(MarketView::new(self.shared.calls.clone(), now));
        self.market.insert(market).clone()
    }
}
