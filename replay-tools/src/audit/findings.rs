//! What was found wrong.

use crate::human_line::plain;

/// More are counted, but not kept: a log of which all is wrong must not fill the memory.
const MOST_KEPT: usize = 100;

#[derive(Debug, Default)]
pub(crate) struct Findings {
    kept: Vec<String>,
    more: u64,
}

impl Findings {
    pub(crate) fn add(&mut self, finding: String) {
        if self.kept.len() < MOST_KEPT {
            self.kept.push(finding);
        } else {
            self.more += 1;
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    pub(crate) fn print(&self, out: &mut dyn std::io::Write) -> std::io::Result<()> {
        for finding in &self.kept {
            writeln!(out, "FAILED  {}", plain(finding))?;
        }
        if self.more > 0 {
            writeln!(out, "FAILED  and {} more", self.more)?;
        }
        Ok(())
    }
}
