//! Races inside a turn: something happens between two things a process does to the log or to a venue,
//! and the answer to the first one is still on its way. One file per race, each over many seeds; what
//! comes out is compared with what the venue knows.

mod agreement;
mod call;
mod dice;
mod early_fill;
mod fill_and_cancel;
mod lost_lease;
mod race;
mod raced;
mod restart;
mod schedule;
mod seeds;
mod stop_and_create;
