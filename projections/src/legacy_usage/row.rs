//! What readers see of legacy calls.

use chrono::NaiveDate;
use event_store::Position;

#[derive(Debug, Clone, PartialEq)]
pub struct UsageRow {
    /// The UTC day on which the counting ended.
    pub day: NaiveDate,
    /// The token's name and the client's address.
    pub caller: String,
    /// Method and route: `POST /strategy/execute-arbitrage`.
    pub endpoint: String,
    pub calls: u64,
    pub last_position: Position,
}
