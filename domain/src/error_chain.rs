//! An error with its causes, on one line.

use std::error::Error;
use std::fmt;

/// Displays an error followed by each of its sources, separated by colons.
///
/// Errors here say only their own part, so a log line needs the chain. A cause that the error before it
/// has said already is not said twice.
#[derive(Debug)]
pub struct ErrorChain<'a>(pub &'a (dyn Error + 'static));

impl fmt::Display for ErrorChain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut told = self.0.to_string();
        f.write_str(&told)?;
        let mut source = self.0.source();
        while let Some(cause) = source {
            let next = cause.to_string();
            // Others' errors do: they end with their cause and have it as their source as well
            if !told.ends_with(&next) {
                write!(f, ": {next}")?;
                told = next;
            }
            source = cause.source();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("refused: {0}")]
    struct SaysItsCause(#[source] io::Error);

    #[derive(Debug, thiserror::Error)]
    #[error("not done")]
    struct SaysItsOwnPart(#[source] SaysItsCause);

    #[test]
    fn no_cause_is_said_twice() {
        let error = SaysItsOwnPart(SaysItsCause(io::Error::other("port closed")));
        let told = ErrorChain(&error).to_string();
        assert_eq!(told, "not done: refused: port closed");
    }

    #[derive(Debug, thiserror::Error)]
    #[error("{0}")]
    struct Says(&'static str, #[source] Option<Box<Says>>);

    #[test]
    fn what_a_driver_says_with_its_code_is_said_once() {
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
