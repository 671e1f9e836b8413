//! When the interference comes, and what it is.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Mutex, MutexGuard};

use domain::ids::ClientOrderId;
use futures::future::BoxFuture;

use super::call::{Call, When};

/// Says whether it has interfered with anything.
type Interference = Box<dyn FnOnce(Call, When) -> BoxFuture<'static, bool> + Send>;
type Moments = Box<dyn Fn(&Call, When) -> bool + Send>;

/// Of one process. The call at which the interference comes waits until it is over.
#[derive(Default)]
pub(super) struct Race(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    plan: Option<Plan>,
    fell: bool,
    answer_is_lost: bool,
    sent: BTreeSet<ClientOrderId>,
    seen: Vec<String>,
}

struct Plan {
    moments: Moments,
    /// How many of those moments pass before.
    left: u32,
    interference: Interference,
}

impl Race {
    pub(super) fn plan(
        &self,
        moments: impl Fn(&Call, When) -> bool + Send + 'static,
        left: u32,
        interference: impl FnOnce(Call, When) -> BoxFuture<'static, bool> + Send + 'static,
    ) {
        self.inner().plan = Some(Plan {
            moments: Box::new(moments),
            left,
            interference: Box::new(interference),
        });
    }

    pub(super) async fn pass(&self, call: &Call, when: When) {
        let Some(interference) = self.due(call, when) else {
            return;
        };
        // Also where it never comes back
        self.inner().fell = true;
        let interfered = interference(call.clone(), when).await;
        self.inner().fell = interfered;
    }

    fn due(&self, call: &Call, when: When) -> Option<Interference> {
        let mut inner = self.inner();
        let plan = inner.plan.as_mut()?;
        if !(plan.moments)(call, when) {
            return None;
        }
        if plan.left > 0 {
            plan.left -= 1;
            return None;
        }
        inner.plan.take().map(|plan| plan.interference)
    }

    /// Whether the interference fell inside a turn.
    pub(super) fn fell(&self) -> bool {
        self.inner().fell
    }

    /// The answer to the order that is being placed never arrives.
    pub(super) fn lose_answer(&self) {
        self.inner().answer_is_lost = true;
    }

    pub(super) fn loses_answer(&self) -> bool {
        std::mem::take(&mut self.inner().answer_is_lost)
    }

    pub(super) fn sends(&self, id: &ClientOrderId) {
        self.inner().sent.insert(id.clone());
    }

    /// What the process sent to a venue.
    pub(super) fn sent(&self) -> BTreeSet<ClientOrderId> {
        self.inner().sent.clone()
    }

    /// A panic inside a turn would only end the turn: what must not be is kept for later.
    pub(super) fn saw(&self, what: String) {
        self.inner().seen.push(what);
    }

    pub(super) fn seen(&self) -> Vec<String> {
        self.inner().seen.clone()
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap()
    }
}

impl fmt::Debug for Race {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Race").finish_non_exhaustive()
    }
}
