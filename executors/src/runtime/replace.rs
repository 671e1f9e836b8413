//! Puts new quotes where others stand. What comes in their place is decided, checked and written down
//! while they still stand. A venue that can do it replaces them in one request; to others it is sent as
//! soon as they have confirmed that the old ones are gone: what a market maker is not in the book for
//! is one answer of the venue.

use chrono::{DateTime, Utc};
use domain::execution::{OrderIntent, OrderState, Outcome};
use domain::guard::Restraints;
use domain::ids::ClientOrderId;
use strategies::{Action, MarketSnapshot, OrderProposal, OwnState};

use super::active_run::{ActiveRun, is_news};
use super::cancel::concluded;
use super::journal::RecordError;
use super::shared::Shared;
use super::standing::Leaving;
use super::tick::decide;
use super::turn::Over;
use crate::executor::TickContext;
use crate::venue::{PlaceAnswer, ReplaceAnswer};

const TRADED_OR_THERE: &str = "it was not sent: what it replaces traded or may still be there";
const OVER: &str = "it was not sent: the run was stopped meanwhile";

/// Orders that are written down but not sent yet, and what the decision left out.
struct Prepared {
    intents: Vec<OrderIntent>,
    skipped: Vec<String>,
}

struct Came {
    outcomes: Vec<Outcome>,
    replaced: bool,
}

impl ActiveRun {
    /// Carries out `cancels`, whose slots are wanted again at once, and answers what was left out of
    /// that. `None` where it came otherwise: they were sent, and the rest has to be decided anew.
    pub(super) async fn replace(
        &mut self,
        shared: &Shared,
        cancels: &[Action],
        (market, restraints, over): (&MarketSnapshot, &Restraints, &Over),
        now: DateTime<Utc>,
    ) -> Result<Option<Vec<String>>, RecordError> {
        let leaving = self.intend_cancels(cancels, now).await?;
        let prepared = self
            .prepare_to_replace(shared, &leaving, (market, restraints), now)
            .await?;
        let Some(Prepared { intents, skipped }) = prepared else {
            let outcomes = self.send_cancels(shared, &leaving, now).await;
            self.record_outcomes(shared, outcomes).await?;
            return Ok(None);
        };
        let at_once = if over.is_raised() {
            None
        } else {
            self.replace_at_once(shared, &leaving, &intents, now).await
        };
        let Came { outcomes, replaced } = match at_once {
            Some(came) => came,
            None => {
                self.replace_in_turn(shared, &leaving, intents, over, now)
                    .await
            }
        };
        self.record_outcomes(shared, outcomes).await?;
        Ok(replaced.then_some(skipped))
    }

    /// `None` where the venue has no such request.
    async fn replace_at_once(
        &mut self,
        shared: &Shared,
        leaving: &[ClientOrderId],
        intents: &[OrderIntent],
        now: DateTime<Utc>,
    ) -> Option<Came> {
        let old = self.being_cancelled(leaving);
        let trading = |exchange: &str| self.execution().trading_on(exchange);
        let answer = shared.calls.replace(&old, intents, trading).await?;
        let (mut outcomes, new, replaced) = match answer {
            ReplaceAnswer::Replaced { old: answers, new } => {
                (concluded(shared, &old, answers, now), new, true)
            }
            ReplaceAnswer::NotReplaced { old: answers } => {
                let mut outcomes = concluded(shared, &old, answers, now);
                self.gate.take_back(intents.len());
                outcomes.extend(not_sent(intents, TRADED_OR_THERE, shared.clock.now()));
                return Some(Came {
                    outcomes,
                    replaced: false,
                });
            }
            // The new ones are asked about now, the old ones like all whose cancellation is in doubt
            ReplaceAnswer::Unknown { reason } => {
                let unknown = |_| PlaceAnswer::Unknown {
                    reason: reason.clone(),
                };
                (vec![], intents.iter().map(unknown).collect(), false)
            }
        };
        outcomes.extend(self.sent(shared, intents, new, now).await);
        Some(Came { outcomes, replaced })
    }

    async fn replace_in_turn(
        &mut self,
        shared: &Shared,
        leaving: &[ClientOrderId],
        intents: Vec<OrderIntent>,
        over: &Over,
        now: DateTime<Utc>,
    ) -> Came {
        let mut outcomes = self.send_cancels(shared, leaving, now).await;
        let obstacle = if over.is_raised() {
            Some(OVER)
        } else {
            (!self.are_gone(leaving, &outcomes)).then_some(TRADED_OR_THERE)
        };
        outcomes.extend(match obstacle {
            None => self.send_orders(shared, &intents, now).await,
            Some(reason) => {
                self.gate.take_back(intents.len());
                not_sent(&intents, reason, shared.clock.now())
            }
        });
        Came {
            outcomes,
            replaced: obstacle.is_none(),
        }
    }

    /// `None` where there is more to it than one order for another.
    async fn prepare_to_replace(
        &mut self,
        shared: &Shared,
        leaving: &[ClientOrderId],
        (market, restraints): (&MarketSnapshot, &Restraints),
        now: DateTime<Utc>,
    ) -> Result<Option<Prepared>, RecordError> {
        let Some(executor) = self.executor.as_ref().filter(|_| self.leave_only(leaving)) else {
            return Ok(None);
        };
        let seen = self.journal.seen_to_replace(market);
        let own = OwnState::without_leaving(self.execution(), now);
        let context = TickContext { market, own: &own };
        let decision = decide(executor.as_ref(), &context);
        if decision.unfinished || decision.band.is_some() {
            return Ok(None);
        }
        let Some(proposals) = only_quotes(decision.actions) else {
            return Ok(None);
        };
        let check = (market, restraints, Leaving::IsGone);
        let (intents, refused) = self.let_through(shared, proposals, check, now);
        if !refused.is_empty() || intents.is_empty() {
            // Perhaps only because of those that still stand
            self.gate.take_back(intents.len());
            self.publish_orders(shared);
            return Ok(None);
        }
        let intents = self.intend_orders(shared, intents, seen).await?;
        let skipped = decision.skipped;
        Ok(Some(Prepared { intents, skipped }))
    }

    /// Whether no other order is being cancelled, of which nothing would be heard now.
    fn leave_only(&self, leaving: &[ClientOrderId]) -> bool {
        let mut live = self.execution().live_orders.values();
        live.all(|order| {
            order.state != OrderState::Cancelling || leaving.contains(&order.intent.client_order_id)
        })
    }

    /// Whether the venue has confirmed that, and none of them traded since the decision.
    fn are_gone(&self, leaving: &[ClientOrderId], outcomes: &[Outcome]) -> bool {
        let execution = self.execution();
        let news = || {
            outcomes
                .iter()
                .filter(|outcome| is_news(execution, outcome))
        };
        let traded = news().any(|outcome| matches!(outcome, Outcome::Filled(_)));
        let is_gone = |id| news().any(|outcome| is_cancellation_of(id, outcome));
        !traded && leaving.iter().all(is_gone)
    }
}

/// `None` if there is anything else among them, or an order that counts when it is written down.
fn only_quotes(actions: Vec<Action>) -> Option<Vec<OrderProposal>> {
    let quote = |action| match action {
        Action::Place(proposal) if !proposal.counts_trade => Some(proposal),
        Action::Place(_) | Action::Cancel { .. } | Action::Stop { .. } => None,
    };
    actions.into_iter().map(quote).collect()
}

fn is_cancellation_of(id: &ClientOrderId, outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Cancelled { client_order_id, .. } if client_order_id == id)
}

fn not_sent(intents: &[OrderIntent], reason: &str, at: DateTime<Utc>) -> Vec<Outcome> {
    let rejected = |intent: &OrderIntent| Outcome::Rejected {
        client_order_id: intent.client_order_id.clone(),
        reason: reason.to_owned(),
        at,
    };
    intents.iter().map(rejected).collect()
}
