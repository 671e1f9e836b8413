//! What a guard's runs earned since it was armed.

use serde::{Deserialize, Serialize};

use super::{GuardRule, LossLimit};
use crate::money::Decimal;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    pub profit: Decimal,
    /// Begins at zero: what was earned before the guard was armed is not its to lose.
    pub highest: Decimal,
}

/// A limit that was reached, and how much it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Reached {
    pub limit: LossLimit,
    pub amount: Decimal,
}

impl Default for Measure {
    fn default() -> Self {
        Self {
            profit: Decimal::zero(),
            highest: Decimal::zero(),
        }
    }
}

impl Measure {
    pub fn earn(&mut self, change: &Decimal) {
        self.profit = &self.profit + change;
        if self.profit > self.highest {
            self.highest.clone_from(&self.profit);
        }
    }

    /// The limit of the rule that the profit is at or beyond.
    pub fn reached(&self, rule: &GuardRule) -> Option<Reached> {
        let lost = [
            (LossLimit::Loss, &rule.loss, -&self.profit),
            (
                LossLimit::Drawdown,
                &rule.drawdown,
                &self.highest - &self.profit,
            ),
        ];
        lost.into_iter().find_map(|(limit, amount, lost)| {
            let amount = amount.as_ref().filter(|amount| lost >= **amount)?.clone();
            Some(Reached { limit, amount })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guard::examples::rule;

    fn after(changes: &[i64]) -> Measure {
        let mut measure = Measure::default();
        for change in changes {
            measure.earn(&(*change).into());
        }
        measure
    }

    fn limit(changes: &[i64], loss: Option<i64>, drawdown: Option<i64>) -> Option<LossLimit> {
        let rule = GuardRule {
            loss: loss.map(Into::into),
            drawdown: drawdown.map(Into::into),
            ..rule()
        };
        Some(after(changes).reached(&rule)?.limit)
    }

    #[test]
    fn a_loss_counts_from_the_arming_and_a_drawdown_from_the_highest() {
        assert_eq!(limit(&[-99], Some(100), None), None);
        assert_eq!(limit(&[-99, -1], Some(100), None), Some(LossLimit::Loss));
        let fell_from_fifty = [50, -100];
        assert_eq!(limit(&fell_from_fifty, Some(100), None), None);
        assert_eq!(
            limit(&fell_from_fifty, None, Some(100)),
            Some(LossLimit::Drawdown)
        );
        assert_eq!(limit(&[-60, 20], None, Some(50)), None, "it came back");
    }

    #[test]
    fn the_loss_is_named_where_both_are_reached() {
        assert_eq!(limit(&[-100], Some(100), Some(100)), Some(LossLimit::Loss));
    }
}
