//! What must have been done to neighbouring rows that are not those that were signed.

/// A row that is not the one expected, and where it stood when it was signed, if that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stranger {
    pub(super) position: i64,
    pub(super) was: Option<i64>,
}

/// Rows in front of others that have moved.
#[derive(Debug)]
pub(super) struct Break<'a> {
    /// Rows that take the place of what is missing.
    pub(super) others: &'a [Stranger],
    /// Where what is missing began, in positions of when it was signed.
    pub(super) first_missing: i64,
    /// The first row that is known again.
    pub(super) behind: i64,
    /// Where that stood.
    pub(super) behind_missing: i64,
}

impl Break<'_> {
    /// With the positions they are about.
    pub(super) fn told(&self) -> Vec<(i64, String)> {
        let behind = self.behind;
        let which = format!("the events at positions {behind} on are not those that were signed");
        let missing = self.behind_missing - self.first_missing;
        let others = i64::try_from(self.others.len()).unwrap_or(i64::MAX);
        let (first, last) = (self.first_missing, self.behind_missing - 1);
        let finding = match (missing, others) {
            (1, 0) => format!(
                "{which}: the one at position {first} was removed and those behind it moved up"
            ),
            (2.., 0) => format!(
                "{which}: those at positions {first} to {last} were removed and those behind them moved up"
            ),
            (..=0, 1) => format!(
                "{which}: one was inserted at position {} and those behind it moved down",
                behind - 1
            ),
            (..=0, 2..) => format!(
                "{which}: {others} were inserted at positions {} to {} and those behind them moved down",
                behind - others,
                behind - 1
            ),
            (..=0, _) => which,
            (_, _) => format!(
                "{which}: in place of the {missing} that were at positions {first} to {last} stand {others} others at positions {} to {}, and those behind them moved",
                behind - others,
                behind - 1
            ),
        };
        vec![(self.first_missing.min(behind), finding)]
    }

    /// Nothing moved: some are others than were signed, or have changed places among each other.
    pub(super) fn in_place(strangers: &[Stranger], offset: i64) -> Vec<(i64, String)> {
        let [first, .., last] = strangers else {
            let one = strangers.iter();
            return one.map(|one| alone(one, offset)).collect();
        };
        let mut stood: Vec<i64> = strangers.iter().filter_map(|one| one.was).collect();
        stood.sort_unstable();
        let mut here = strangers.iter().map(|one| one.position + offset);
        let shuffled =
            stood.len() == strangers.len() && stood.iter().all(|was| here.next() == Some(*was));
        let (from, to) = (first.position, last.position);
        let finding = if shuffled {
            match strangers.len() {
                2 => format!("the events at positions {from} and {to} have changed places"),
                _ => format!("the events at positions {from} to {to} have changed places"),
            }
        } else {
            format!("the events at positions {from} to {to} are not those that were signed")
        };
        vec![(from, finding)]
    }
}

fn alone(one: &Stranger, offset: i64) -> (i64, String) {
    let at = one.position;
    let signed = if offset == 0 {
        String::new()
    } else {
        format!(" (position {} when it was signed)", at + offset)
    };
    let is = format!("the event at position {at}{signed} is not the one that was signed");
    let finding = match one.was {
        Some(was) => format!("{is}: it stood at position {was}"),
        None => is,
    };
    (at, finding)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stranger(position: i64, was: Option<i64>) -> Stranger {
        Stranger { position, was }
    }

    fn told(others: &[Stranger], missing: i64, behind: i64, stood: i64) -> String {
        let broken = Break {
            others,
            first_missing: missing,
            behind,
            behind_missing: stood,
        };
        broken.told().remove(0).1
    }

    #[test]
    fn what_was_done_is_said_of_every_kind() {
        let removed = told(&[], 8, 8, 9);
        assert!(
            removed.ends_with("the one at position 8 was removed and those behind it moved up")
        );
        let removed = told(&[], 8, 8, 11);
        assert!(removed.contains("those at positions 8 to 10 were removed"));
        let inserted = told(&[stranger(9, None)], 9, 10, 9);
        assert!(inserted.contains("one was inserted at position 9"));
        let both = told(&[stranger(9, None)], 9, 10, 11);
        assert!(both.contains("in place of the 2 that were at positions 9 to 10 stand 1 others"));
    }

    #[test]
    fn places_are_told_apart_from_contents() {
        let swapped = [stranger(2, Some(3)), stranger(3, Some(2))];
        let (_, told) = Break::in_place(&swapped, 0).remove(0);
        assert_eq!(told, "the events at positions 2 and 3 have changed places");
        let edited = [stranger(2, None), stranger(3, Some(9))];
        let (_, told) = Break::in_place(&edited, 0).remove(0);
        assert!(told.ends_with("2 to 3 are not those that were signed"));
        let (_, told) = Break::in_place(&[stranger(299, None)], 1).remove(0);
        assert!(told.contains("299 (position 300 when it was signed) is not the one"));
    }
}
