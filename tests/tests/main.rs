//! Rules about the whole, and journeys through the running program.

mod architecture;
mod journeys {
    mod crash;
    mod import_and_backfill;
    mod publish_and_run;
}
