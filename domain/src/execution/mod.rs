//! One run of an instance at a venue: what was intended, what the venue said, what was filled.

mod aggregate;
mod close;
mod command;
mod ended_orders;
mod error;
mod event;
#[cfg(test)]
mod examples;
mod execution_id;
mod history;
mod intend;
mod ledger;
mod live_order;
mod mark_position;
mod measure_band;
mod open;
mod record_outcome;
mod refusals;
mod seen;
mod skip;

pub use aggregate::Execution;
pub use close::CloseExecution;
pub use command::ExecutionCommand;
pub use ended_orders::EndedOrders;
pub use error::ExecutionError;
pub use event::{DecisionBasis, ExecutionEvent, Fill, OrderIntent, Side};
pub use execution_id::ExecutionId;
pub use history::{CompletedOrder, History, PriceBand};
pub use intend::{IntendCancels, IntendOrders};
pub use ledger::{Course, Ledger, PaidIn, Position, Turnover};
pub use live_order::{LiveOrder, OrderState};
pub use mark_position::MarkPosition;
pub use measure_band::MeasurePriceBand;
pub use open::{OpenExecution, ResumeExecution};
pub use record_outcome::{Outcome, RecordOutcomes};
pub use refusals::{Refusals, Refused};
pub use seen::{Seen, SeenBook, SeenMarket, SeenRules, SeenTicker};
pub use skip::SkipTick;
