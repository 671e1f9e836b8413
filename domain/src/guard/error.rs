//! Why a command about a guard was refused.

use crate::config::Violation;
use crate::ids::GuardName;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GuardError {
    #[error("There is no guard called {0}")]
    NotFound(GuardName),
    #[error("Guard {0} has tripped: reset it first")]
    Tripped(GuardName),
    #[error("There are {limit} guards, and no room for more: remove one first")]
    TooMany { limit: usize },
    #[error("the guard's rule is wrong: {}", first(.0))]
    Invalid(Vec<Violation>),
}

fn first(violations: &[Violation]) -> String {
    let first = violations.first();
    first.map_or_else(String::new, |first| {
        format!("{} {}", first.pointer, first.message)
    })
}
