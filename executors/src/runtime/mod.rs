//! Runs instances: follows their lifecycle in the log, gives each run its ticks, carries out what
//! executors decide, and brings everything back after a crash.
//!
//! Nothing is sent to a venue that is not in the log already, and nothing is believed about an
//! order that a venue has not said. A turn works on one run at a time; turns of different runs
//! know nothing of each other, except that no two of their orders may trade together.

mod active_run;
mod cancel;
mod client_order_id;
mod conclude;
mod driver;
mod end;
mod feed_reader;
mod fill_reader;
mod flatten;
mod gate;
mod guards;
mod halt;
mod journal;
mod known_runs;
mod lanes;
mod late_trades;
mod left_open;
mod listening;
mod loss_limit;
mod mark;
mod market_view;
mod next_job;
mod own_orders;
mod panic_text;
mod phase;
mod place;
mod replace;
mod returning;
mod scheduler;
mod settings;
mod shared;
mod slots;
mod standing;
mod start;
mod tick;
mod trading;
mod turn;
mod venue_calls;

pub use client_order_id::client_order_id;
pub use guards::GuardMeasures;
pub use scheduler::Runtime;
pub use settings::{GateLimits, RuntimeSettings};
pub use shared::RuntimeParts;
