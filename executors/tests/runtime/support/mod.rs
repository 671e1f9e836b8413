//! A small world: a log on disk, a clock a test moves, and venues it scripts.

mod counted;
mod exchange;
mod fuse;
mod replaces;
mod unchecked;
mod world;

pub(crate) use counted::Counted;
pub(crate) use exchange::{Exchange, Placed, Script};
pub(crate) use fuse::{Fuse, FusedLog, FusedVenue};
pub(crate) use unchecked::Unchecked;
pub(crate) use world::{World, config, decimal};
