//! What a check found, and how it is shown.

use std::fmt;

/// One line of the doctor's report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Check {
    pub(crate) subject: String,
    pub(crate) finding: Finding,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Finding {
    Ok(String),
    /// What was found, and what to do about it.
    Failed {
        found: String,
        remedy: String,
    },
}

impl Check {
    pub(crate) fn ok(subject: impl Into<String>, found: impl Into<String>) -> Self {
        Self {
            subject: subject.into(),
            finding: Finding::Ok(found.into()),
        }
    }

    pub(crate) fn failed(
        subject: impl Into<String>,
        found: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            subject: subject.into(),
            finding: Finding::Failed {
                found: found.into(),
                remedy: remedy.into(),
            },
        }
    }

    /// Ok when `holds`.
    pub(crate) fn that(
        holds: bool,
        subject: impl Into<String>,
        found: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        if holds {
            Self::ok(subject, found)
        } else {
            Self::failed(subject, found, remedy)
        }
    }

    pub(crate) fn is_ok(&self) -> bool {
        matches!(self.finding, Finding::Ok(_))
    }
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let subject = Escaped(&self.subject);
        match &self.finding {
            Finding::Ok(found) => write!(f, "ok      {subject}: {}", Escaped(found)),
            Finding::Failed { found, remedy } => {
                let (found, remedy) = (Escaped(found), Escaped(remedy));
                write!(f, "failed  {subject}: {found}\n        do: {remedy}")
            }
        }
    }
}

/// Keys and names hold whatever callers gave them: a terminal must not act on it, and a line stays one.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|char| {
            if char.is_control() {
                write!(f, "{}", char.escape_default())
            } else {
                write!(f, "{char}")
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stays_one_whatever_is_in_it() {
        let check = Check::ok("nn5\u{1}\n can be started", "ja, \u{1b}[31mgrün");
        assert_eq!(
            check.to_string(),
            "ok      nn5\\u{1}\\n can be started: ja, \\u{1b}[31mgrün"
        );
    }
}
