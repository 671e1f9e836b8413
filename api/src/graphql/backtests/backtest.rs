//! One backtest: what was asked, and how far it is.

use std::sync::Arc;

use async_graphql::{Enum, ID, Object, SimpleObject};

use super::report::Report;
use crate::backtests::{Asked, BacktestData, State, path_of};
use crate::graphql::instances::{ConfigField, config_fields};
use crate::graphql::scalars::{Json, Time};
use crate::graphql::user_error::UserError;

#[derive(Debug, SimpleObject)]
pub(super) struct BacktestPayload {
    pub(super) backtest: Option<Backtest>,
    pub(super) user_errors: Vec<UserError>,
}

/// A configuration that is tried on market data. It lives in this process and is recorded nowhere.
#[derive(Debug)]
pub(super) struct Backtest(pub(super) Asked);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
enum BacktestState {
    /// One runs at a time.
    Queued,
    Running,
    Done,
    Failed,
    Cancelled,
}

#[Object]
impl Backtest {
    async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    async fn definition_key(&self) -> &str {
        self.0.definition.key.as_str()
    }

    /// The version that was tried; the one that the draft began from.
    async fn version(&self) -> &str {
        self.0.definition.current_version.as_str()
    }

    /// The draft was tried, and differs from the version.
    async fn edited_since_publish(&self) -> bool {
        self.0.definition.edited_since_publish
    }

    /// What ran: the defaults with the overrides, and what the server adds.
    async fn config(&self) -> Json {
        self.0.question.plan.config.clone().into()
    }

    async fn config_fields(&self) -> Vec<ConfigField> {
        let content = &self.0.definition.content;
        let config = &self.0.question.plan.config;
        config_fields(config, Some(&content.executor_type), Some(content))
    }

    async fn data(&self) -> BacktestData {
        self.0.question.data
    }

    async fn seed(&self) -> u64 {
        self.0.question.seed
    }

    async fn from_seconds(&self) -> i64 {
        self.0.question.from.num_seconds()
    }

    async fn length_seconds(&self) -> i64 {
        self.0.question.length.num_seconds()
    }

    async fn step_seconds(&self) -> i64 {
        self.0.question.step.num_seconds()
    }

    async fn state(&self) -> BacktestState {
        match self.0.state {
            State::Queued => BacktestState::Queued,
            State::Running(_) => BacktestState::Running,
            State::Done(_) => BacktestState::Done,
            State::Failed(_) => BacktestState::Failed,
            State::Cancelled => BacktestState::Cancelled,
        }
    }

    /// The part that is done, from 0 to 1; null unless it runs.
    async fn progress(&self) -> Option<f64> {
        match self.0.state {
            State::Running(done) => Some(done),
            State::Queued | State::Done(_) | State::Failed(_) | State::Cancelled => None,
        }
    }

    async fn asked_at(&self) -> Time {
        self.0.at.into()
    }

    async fn began_at(&self) -> Option<Time> {
        self.0.began_at.map(Time)
    }

    async fn ended_at(&self) -> Option<Time> {
        self.0.ended_at.map(Time)
    }

    /// Why it failed.
    async fn failure(&self) -> Option<&str> {
        match &self.0.state {
            State::Failed(sentence) => Some(sentence),
            State::Queued | State::Running(_) | State::Done(_) | State::Cancelled => None,
        }
    }

    /// Where the report is to be had as a page in one file; null also when that would be too long, then
    /// the command writes it.
    async fn report_path(&self) -> Option<String> {
        match &self.0.state {
            State::Done(found) if found.page.is_some() => Some(path_of(self.0.id)),
            _ => None,
        }
    }

    /// Once it is done.
    async fn report(&self) -> Option<Report> {
        match &self.0.state {
            State::Done(found) => Some(Report(Arc::clone(found))),
            State::Queued | State::Running(_) | State::Failed(_) | State::Cancelled => None,
        }
    }
}
