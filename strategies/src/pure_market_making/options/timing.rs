//! When quotes are renewed, once they are renewed together.

use chrono::TimeDelta;
use domain::money::Decimal;

use super::read::{hundredth, milliseconds, refuse_negative};
use crate::config_reader::ConfigReader;

#[derive(Debug)]
pub(in crate::pure_market_making) struct Timing {
    pub(in crate::pure_market_making) refresh: TimeDelta,
    /// `None` renews at every refresh.
    pub(in crate::pure_market_making) tolerance: Option<Decimal>,
    pub(in crate::pure_market_making) filled_order_delay: TimeDelta,
    pub(in crate::pure_market_making) minimum_spread: Option<Decimal>,
    pub(in crate::pure_market_making) max_order_age: Option<TimeDelta>,
    /// Farthest distance from the reference price, as a fraction; `Some` lets the other half of a
    /// filled pair hang.
    pub(in crate::pure_market_making) hanging_cancel: Option<Decimal>,
    /// Quotes are taken off first, and new ones placed a tick later.
    pub(in crate::pure_market_making) cancel_first: bool,
    /// The field because of which they are.
    pub(in crate::pure_market_making) asked_by: &'static str,
}

impl Timing {
    pub(super) fn read(reader: &mut ConfigReader<'_>, refresh_ms: &Decimal) -> Option<Self> {
        let delay = reader.optional_number("filledOrderDelay");
        if delay.as_ref().is_some_and(Decimal::is_negative) {
            refuse_negative(reader, "filledOrderDelay");
        }
        let minimum_spread = reader.optional_number("minimumSpread");
        let max_age = reader.positive_number("maxOrderAge");
        let hanging = reader.positive_number("hangingOrdersCancelPct");
        let order = [("overlap", false), ("cancel_first", true)];
        let cancel_first = reader.choice("orderReplacement", &order);
        let together = reader.flag_or("refreshTogether", false);
        let fields = [
            ("refreshTogether", together),
            ("orderReplacement", cancel_first.is_some()),
            ("filledOrderDelay", delay.is_some()),
            ("minimumSpread", minimum_spread.is_some()),
            ("maxOrderAge", max_age.is_some()),
            ("hangingOrdersCancelPct", hanging.is_some()),
        ];
        let asked_by = fields.into_iter().find(|(_, given)| *given);
        let tolerance = reader.optional_number("orderRefreshTolerancePct");
        asked_by.map(|(asked_by, _)| Self {
            asked_by,
            refresh: milliseconds(refresh_ms),
            tolerance: tolerance
                .filter(|percent| !percent.is_negative())
                .map(|percent| hundredth(&percent)),
            filled_order_delay: delay
                .map_or_else(|| milliseconds(refresh_ms), |delay| milliseconds(&delay)),
            minimum_spread,
            max_order_age: max_age.map(|age| milliseconds(&age)),
            hanging_cancel: hanging.map(|percent| hundredth(&percent)),
            cancel_first: cancel_first.unwrap_or(false),
        })
    }
}
