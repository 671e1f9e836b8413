//! Keeps apart what is pretended and what is real: a run trades as it began to, or not at all.

use std::collections::{BTreeMap, BTreeSet};

use domain::Trading;

use super::active_run::ActiveRun;
use super::shared::Shared;
use crate::venue::in_words;

impl ActiveRun {
    /// Why the run may not go on, where one of its exchanges is traded in another way than when it
    /// began.
    pub(super) fn traded_otherwise(&self, shared: &Shared) -> Option<String> {
        let execution = self.execution();
        if !execution.opened {
            return None;
        }
        let mut exchanges = self.exchanges().into_iter();
        exchanges.find_map(|exchange| {
            let (then, now) = (
                execution.trading_on(&exchange),
                shared.calls.trading(&exchange),
            );
            (then != now).then(|| {
                let (then, now) = (in_words(then), in_words(now));
                format!(
                    "it began trading {exchange} {then}, and {exchange} is traded {now} now: \
                     stop it and start it again"
                )
            })
        })
    }

    /// To be recorded when the run begins.
    pub(super) fn trading_elsewhere_than_on_paper(
        &self,
        shared: &Shared,
    ) -> BTreeMap<String, Trading> {
        let exchanges = self.exchanges().into_iter();
        let trading = exchanges.map(|exchange| {
            let trading = shared.calls.trading(&exchange);
            (exchange, trading)
        });
        trading
            .filter(|(_, trading)| *trading != Trading::Paper)
            .collect()
    }

    fn exchanges(&self) -> BTreeSet<String> {
        let markets = self.executor.as_ref().map(|executor| executor.markets());
        let markets = markets.unwrap_or_default().into_iter();
        markets.map(|market| market.exchange).collect()
    }
}
