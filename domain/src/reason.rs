//! What may be recorded as the reason somebody gave, whichever way it came in. Which commands need one is
//! [`crate::MustSayWhy`]'s to say.

use crate::phrase::{Param, Phrase};

const LONGEST_BYTES: usize = 2_000;

/// Recorded for ever, and read on terminals, in envelopes and beside other texts: one line, which reads as it is
/// written. What is on record already is read as it is.
pub fn refuse_unfit_reason(reason: &str) -> Result<(), Phrase> {
    if reason.len() > LONGEST_BYTES {
        let limit = Param::text(LONGEST_BYTES);
        return Err(Phrase::ReasonTooLong { limit });
    }
    if reason.contains(misleads) {
        return Err(Phrase::ReasonNotOneLine {});
    }
    Ok(())
}

/// Commands a terminal, breaks the line, or shows what follows in another order.
fn misleads(c: char) -> bool {
    let breaks_the_line = matches!(c, '\u{2028}' | '\u{2029}');
    let overrides_the_order = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || breaks_the_line || overrides_the_order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_one_line_in_any_language() {
        for reason in [
            "enough for today",
            "价格不对：先停",
            "السعر خاطئ\u{200f}.",
            "👩\u{200d}💻 said so – 50 % off",
            "",
        ] {
            assert_eq!(refuse_unfit_reason(reason), Ok(()), "{reason:?}");
        }
    }

    #[test]
    fn what_commands_a_terminal_or_hides_its_order_is_refused() {
        for c in [
            '\0', '\t', '\n', '\r', '\u{1b}', '\u{7f}', '\u{85}', '\u{9b}', '\u{2028}', '\u{2029}',
            '\u{202a}', '\u{202e}', '\u{2066}', '\u{2069}',
        ] {
            let reason = format!("fine{c}txet");
            let refused = refuse_unfit_reason(&reason);
            assert_eq!(refused, Err(Phrase::ReasonNotOneLine {}), "{reason:?}");
        }
    }

    #[test]
    fn a_reason_is_no_book() {
        assert_eq!(refuse_unfit_reason(&"x".repeat(LONGEST_BYTES)), Ok(()));
        let refused = refuse_unfit_reason(&"x".repeat(LONGEST_BYTES + 1));
        let told = refused.unwrap_err().to_string();
        assert_eq!(told, "A reason must not be longer than 2000 bytes");
    }
}
