//! Whom a guard watches, how much they may lose, and what happens then.

use serde::{Deserialize, Serialize};

use crate::config::{Violation, refuse_hostile_text};
use crate::ids::{DefinitionKey, GuardName, StrategyKey};
use crate::money::Decimal;

const LONGEST_NAME: usize = 64;
const LONGEST_CURRENCY: usize = 20;

/// Whose profits are added up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GuardScope {
    /// Every run.
    System,
    /// Everything that trades on this exchange, where the installation has one account.
    Account(String),
    /// Every run that was started from this definition, in whatever version.
    Definition(DefinitionKey),
    /// Every run of this instance.
    Instance(StrategyKey),
}

impl GuardScope {
    /// Whether a trade on `exchange` by a run of this instance counts.
    pub fn covers(
        &self,
        key: &StrategyKey,
        definition: Option<&DefinitionKey>,
        exchange: &str,
    ) -> bool {
        match self {
            Self::System => true,
            Self::Account(account) => account.eq_ignore_ascii_case(exchange),
            Self::Definition(guarded) => definition == Some(guarded),
            Self::Instance(guarded) => guarded == key,
        }
    }

    /// Whether trades of this instance's runs may count, on whatever exchange.
    pub fn concerns(&self, key: &StrategyKey, definition: Option<&DefinitionKey>) -> bool {
        matches!(self, Self::Account(_)) || self.covers(key, definition, "")
    }

    /// The name of what is watched, where it has one.
    pub fn target(&self) -> Option<&str> {
        match self {
            Self::System => None,
            Self::Account(exchange) => Some(exchange),
            Self::Definition(key) => Some(key.as_str()),
            Self::Instance(key) => Some(key.as_str()),
        }
    }
}

/// What runs may still do, from the mildest to the strictest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GuardAction {
    /// Only orders that bring a position closer to zero.
    ReduceOnly,
    /// Nothing: all orders are taken off. What is held stays.
    Pause,
    /// All orders are taken off, and what is held is closed at what the market gives.
    Flatten,
}

/// Amounts are in `currency`; trades of pairs with another quote currency do not count.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GuardRule {
    pub scope: GuardScope,
    pub currency: String,
    /// So much less than when the guard was armed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loss: Option<Decimal>,
    /// So much less than the highest since then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawdown: Option<Decimal>,
    pub action: GuardAction,
}

impl GuardRule {
    /// Whether what was measured for `other` goes on counting.
    pub(super) fn measures_the_same(&self, other: &Self) -> bool {
        self.scope == other.scope && self.currency.eq_ignore_ascii_case(&other.currency)
    }

    /// Everything that is wrong with it, and with its name.
    pub(super) fn violations(&self, name: &GuardName) -> Vec<Violation> {
        let mut found = Vec::new();
        let mut add = |pointer: &str, keyword: &str, message: &str| {
            found.push(Violation::new(pointer, keyword, message));
        };
        if !is_name(name.as_str()) {
            let rule =
                "must be 1 to 64 lower-case letters, digits and dashes, and begin with no dash";
            add("/name", "pattern", rule);
        }
        if !is_currency(&self.currency) {
            let rule = "must be a quote currency, such as USDT";
            add("/currency", "pattern", rule);
        }
        if self.loss.is_none() && self.drawdown.is_none() {
            add("/loss", "required", "give a loss, a drawdown, or both");
        }
        for (pointer, limit) in [("/loss", &self.loss), ("/drawdown", &self.drawdown)] {
            let Some(limit) = limit else { continue };
            if !limit.is_positive() {
                add(pointer, "exclusiveMinimum", "must be above zero");
            } else if !limit.is_storable() {
                add(pointer, "decimal", "has more digits than can be stored");
            }
        }
        if let Some(target) = self.scope.target() {
            if target.trim().is_empty() {
                add("/target", "required", "say what is watched");
            } else if let Err(hostile) = refuse_hostile_text("/target", target) {
                found.push(hostile);
            }
        }
        found
    }
}

fn is_name(name: &str) -> bool {
    let letters = |letter: u8| matches!(letter, b'a'..=b'z' | b'0'..=b'9' | b'-');
    (1..=LONGEST_NAME).contains(&name.len()) && !name.starts_with('-') && name.bytes().all(letters)
}

fn is_currency(currency: &str) -> bool {
    (1..=LONGEST_CURRENCY).contains(&currency.len())
        && currency
            .bytes()
            .all(|letter| letter.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guard::examples::rule;

    fn pointers(rule: &GuardRule, name: &str) -> Vec<String> {
        let found = rule.violations(&GuardName::new(name));
        found.into_iter().map(|found| found.pointer).collect()
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let wrong = GuardRule {
            scope: GuardScope::Account(" ".to_owned()),
            currency: "US dollar".to_owned(),
            loss: Some(0.into()),
            drawdown: Some((-1).into()),
            action: GuardAction::Pause,
        };
        let expected = ["/name", "/currency", "/loss", "/drawdown", "/target"];
        assert_eq!(pointers(&wrong, "-Desk"), expected);
        assert!(pointers(&rule(), "desk-1").is_empty());
    }

    #[test]
    fn a_guard_without_a_limit_would_never_trip() {
        let limitless = GuardRule {
            loss: None,
            drawdown: None,
            ..rule()
        };
        assert_eq!(pointers(&limitless, "desk"), ["/loss"]);
    }

    #[test]
    fn a_scope_covers_what_it_names() {
        let (key, other) = (StrategyKey::new("u-c-mm"), StrategyKey::new("u-c-volume"));
        let definition = DefinitionKey::new("mm");
        let covers = |scope: GuardScope| {
            [
                scope.covers(&key, Some(&definition), "binance"),
                scope.covers(&other, None, "Mexc"),
            ]
        };
        assert_eq!(covers(GuardScope::System), [true, true]);
        assert_eq!(
            covers(GuardScope::Account("mexc".to_owned())),
            [false, true]
        );
        assert_eq!(
            covers(GuardScope::Definition(definition.clone())),
            [true, false]
        );
        assert_eq!(covers(GuardScope::Instance(other.clone())), [false, true]);
    }
}
