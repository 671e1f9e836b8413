//! An error with its causes, on one line.

use std::error::Error;
use std::fmt;

/// Displays an error followed by each of its sources, separated by colons.
///
/// Errors here say only their own part, so a log line needs the chain. Database drivers repeat a
/// cause in the message before it; it is said once.
#[derive(Debug)]
pub struct ErrorChain<'a>(pub &'a (dyn Error + 'static));

impl fmt::Display for ErrorChain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut said = self.0.to_string();
        let mut source = self.0.source();
        while let Some(cause) = source {
            let cause_says = cause.to_string();
            if !said.contains(&cause_says) {
                said = format!("{said}: {cause_says}");
            }
            source = cause.source();
        }
        f.write_str(&said)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("{0}")]
    struct Says(&'static str, #[source] Option<Box<Says>>);

    #[test]
    fn a_cause_that_was_said_is_not_said_again() {
        let full = Says("database or disk is full", None);
        let driver = Says(
            "error (code: 13) database or disk is full",
            Some(Box::new(full)),
        );
        let ours = Says("the event was not stored", Some(Box::new(driver)));
        assert_eq!(
            ErrorChain(&ours).to_string(),
            "the event was not stored: error (code: 13) database or disk is full"
        );
    }
}
