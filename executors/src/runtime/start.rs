//! Takes a run up: for the first time, or again after its process ended.

use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{DateTime, Utc};
use domain::config::Violation;
use domain::execution::{ExecutionCommand, OpenExecution, ResumeExecution};
use domain::instance::{FaultInstance, FaultStage, InstanceCommand, StopMode};
use domain::wishes::WantedRun;
use strategies::OnRestart;

use super::active_run::{ActiveRun, Ask};
use super::panic_text::panic_text;
use super::shared::Shared;
use super::turn::{TakenUp, TurnError, TurnResult};
use crate::executor::{Executor, RunExecutor, StartContext};

impl ActiveRun {
    pub(super) async fn start(
        &mut self,
        shared: &Shared,
        wanted: &WantedRun,
        taken_up: TakenUp,
        now: DateTime<Utc>,
    ) -> Result<TurnResult, TurnError> {
        if !shared.ownership.is_ours().await {
            return Ok(TurnResult::NotOurs(self.number));
        }
        let executor_type = &wanted.run.executor_type;
        let Some(executor) = shared.registry.find(executor_type) else {
            if wanted.imported {
                tracing::warn!(strategy.key = %self.key, executor = %executor_type,
                    "an imported instance has no executor and is left alone");
                return Ok(TurnResult::Ignored(self.number));
            }
            let reason = format!("no executor runs {executor_type}");
            return self.fault(shared, FaultStage::Executor, reason, now).await;
        };
        match self.prepare(executor.as_ref(), wanted) {
            Ok(prepared) => self.equip(prepared, wanted),
            Err(reason) => {
                let stage = FaultStage::Configuration;
                return self.fault(shared, stage, reason, now).await;
            }
        }
        if let Some(reason) = self.traded_otherwise(shared) {
            return self.fault(shared, FaultStage::Trading, reason, now).await;
        }
        if self.execution().closed {
            let reason = "the run was over already".to_owned();
            return self.fault(shared, FaultStage::RunOver, reason, now).await;
        }
        if self.execution().opened {
            self.resume(shared, now).await?;
            if taken_up == TakenUp::FromAnotherProcess
                && let Some(result) = self.end_on_restart(shared, now).await?
            {
                return Ok(result);
            }
        } else {
            self.open(shared, wanted, now).await?;
        }
        Ok(TurnResult::Continue)
    }

    /// Goes on with another configuration. What the strategy knows of its run is in the log, so the
    /// new executor takes over at the next tick.
    pub(super) async fn reconfigure(
        &mut self,
        shared: &Shared,
        wanted: &WantedRun,
        now: DateTime<Utc>,
    ) -> Result<TurnResult, TurnError> {
        let stage = FaultStage::Reconfiguration;
        let executor_type = &wanted.run.executor_type;
        let Some(executor) = shared.registry.find(executor_type) else {
            let reason = format!("no executor runs {executor_type}");
            return self.fault(shared, stage, reason, now).await;
        };
        match self.prepare(executor.as_ref(), wanted) {
            Ok(prepared) => self.equip(prepared, wanted),
            Err(reason) => return self.fault(shared, stage, reason, now).await,
        }
        if let Some(reason) = self.traded_otherwise(shared) {
            return self.fault(shared, stage, reason, now).await;
        }
        self.journal.caused_by(wanted.cause);
        Ok(TurnResult::Reconfigured)
    }

    fn equip(&mut self, executor: Box<dyn RunExecutor>, wanted: &WantedRun) {
        self.executor = Some(executor);
        self.configured_by = Some(wanted.cause);
    }

    fn prepare(
        &self,
        executor: &dyn Executor,
        wanted: &WantedRun,
    ) -> Result<Box<dyn RunExecutor>, String> {
        let context = StartContext {
            strategy_key: &self.key,
            run: &wanted.run,
        };
        match catch_unwind(AssertUnwindSafe(|| executor.on_start(&context))) {
            Ok(Ok(prepared)) => Ok(prepared),
            Ok(Err(violations)) => Err(in_words(&violations)),
            Err(panic) => Err(format!("the executor failed: {}", panic_text(&*panic))),
        }
    }

    async fn open(
        &mut self,
        shared: &Shared,
        wanted: &WantedRun,
        now: DateTime<Utc>,
    ) -> Result<(), TurnError> {
        let open = OpenExecution {
            strategy_key: self.key.clone(),
            run: self.number,
            executor_type: wanted.run.executor_type.clone(),
            executed_trades: wanted.executed_trades,
            trading: self.trading_elsewhere_than_on_paper(shared),
            opened_at: now,
        };
        self.journal.record(ExecutionCommand::Open(open)).await?;
        Ok(())
    }

    /// Finds out what became of the run's orders meanwhile, then says that it goes on.
    async fn resume(&mut self, shared: &Shared, now: DateTime<Utc>) -> Result<(), TurnError> {
        self.settle(shared, Ask::All, now).await?;
        let resume = ResumeExecution { resumed_at: now };
        self.journal
            .record(ExecutionCommand::Resume(resume))
            .await?;
        Ok(())
    }

    /// Has the instance stopped, where its configuration says so.
    async fn end_on_restart(
        &mut self,
        shared: &Shared,
        now: DateTime<Utc>,
    ) -> Result<Option<TurnResult>, TurnError> {
        let asked = self.executor.as_ref().map(|executor| executor.on_restart());
        let (name, mode) = match asked {
            None | Some(OnRestart::Resume) => return Ok(None),
            Some(OnRestart::Hold) => ("hold", StopMode::Cancel),
            Some(OnRestart::Flatten) => ("flatten", StopMode::Flatten),
        };
        let reason = format!("the server has come back, and onRestart is {name}");
        self.ask_to_stop(shared, reason, mode, now).await?;
        // Until the feed tells of it
        Ok(Some(TurnResult::Waiting))
    }

    async fn fault(
        &mut self,
        shared: &Shared,
        stage: FaultStage,
        reason: String,
        now: DateTime<Utc>,
    ) -> Result<TurnResult, TurnError> {
        tracing::warn!(strategy.key = %self.key, ?stage, %reason, "an instance can't run");
        let metadata = self.journal.metadata().clone().because(reason.clone());
        let fault = InstanceCommand::Fault(FaultInstance {
            run: self.number,
            stage,
            reason,
            faulted_at: now,
        });
        shared
            .instances
            .execute(self.key.as_str(), fault, metadata)
            .await?;
        Ok(TurnResult::Faulted)
    }
}

fn in_words(violations: &[Violation]) -> String {
    let messages: Vec<&str> = violations.iter().map(|v| v.message.as_str()).collect();
    messages.join("; ")
}
