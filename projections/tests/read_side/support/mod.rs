//! A log, tables in either database, and everything that writes to them.

mod any_history;
mod catalogue;
mod commands;
mod database;
mod steps;
mod world;

pub(crate) use any_history::of_any_history;
pub(crate) use commands::{at, definition_id, strategy_key};
pub(crate) use world::{Everything, Following, World, clock, empty_tables, metadata};

/// Runs each test twice: with the tables in SQLite, and in PostgreSQL.
macro_rules! on_both_databases {
    ($(async fn $name:ident($world:ident) $body:block)+) => {
        mod sqlite {
            use super::*;
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() { let $world = crate::support::World::on_sqlite().await; $body })+
        }

        mod postgres {
            use super::*;
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() { let $world = crate::support::World::on_postgres().await; $body })+
        }
    };
}
pub(crate) use on_both_databases;
