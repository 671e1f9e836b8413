//! How a profit went. What was lost once stays told, whatever is earned later.

use serde::{Deserialize, Serialize};

use crate::money::Decimal;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Course {
    pub highest: Decimal,
    pub lowest: Decimal,
    /// The farthest it ever was below the highest before.
    pub deepest_fall: Decimal,
}

impl Default for Course {
    /// Every course begins at zero.
    fn default() -> Self {
        Self {
            highest: Decimal::zero(),
            lowest: Decimal::zero(),
            deepest_fall: Decimal::zero(),
        }
    }
}

impl Course {
    pub(super) fn reach(&mut self, profit: &Decimal) {
        if *profit > self.highest {
            self.highest.clone_from(profit);
        }
        if *profit < self.lowest {
            self.lowest.clone_from(profit);
        }
        let fall = &self.highest - profit;
        if fall > self.deepest_fall {
            self.deepest_fall = fall;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_course_keeps_its_ends_and_its_deepest_fall() {
        let mut course = Course::default();
        for profit in [3, 7, -2, 1, 8, 4] {
            course.reach(&profit.into());
        }
        let expected = Course {
            highest: 8.into(),
            lowest: (-2).into(),
            deepest_fall: 9.into(),
        };
        assert_eq!(course, expected);
    }
}
