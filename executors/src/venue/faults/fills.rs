//! Trades that are told twice, or late.

use chrono::{DateTime, Utc};
use domain::execution::Fill;

use super::FaultSettings;

/// Trades that are still to be told.
#[derive(Debug, Default)]
pub(super) struct Withheld(Vec<(DateTime<Utc>, Fill)>);

impl Withheld {
    /// What is told instead of `fills`: less, or more.
    pub(super) fn pass(
        &mut self,
        fills: Vec<Fill>,
        settings: &FaultSettings,
        now: DateTime<Utc>,
    ) -> Vec<Fill> {
        let later = now + settings.lateness;
        let mut told = Vec::with_capacity(fills.len());
        for fill in fills {
            let number = fill.filled_at.timestamp_millis();
            let name = &fill.fill_id;
            if settings.late_fills.falls(settings.seed ^ 1, name, number) {
                self.0.push((later, fill));
            } else if settings
                .repeated_fills
                .falls(settings.seed ^ 2, name, number)
            {
                self.0.push((later, fill.clone()));
                told.extend([fill.clone(), fill]);
            } else {
                told.push(fill);
            }
        }
        let due = self.0.extract_if(.., |(at, _)| *at <= now);
        told.extend(due.map(|(_, fill)| fill));
        told
    }
}
