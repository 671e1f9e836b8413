//! What the tests share: an installation of its own for each, and databases of the original.

mod installation;
mod originals;
mod postgres;
mod server;

pub(crate) use installation::{Installation, Ran};
pub(crate) use originals::{
    AFTER_A, AFTER_B, AFTER_C, fixture, postgres_original, sqlite_original,
};
pub(crate) use postgres::with_database;
pub(crate) use server::Server;
