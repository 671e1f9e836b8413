//! `strategos switch`: what holds for the whole installation.

use std::sync::Arc;

use anyhow::{bail, ensure};
use domain::clock::Clock;
use domain::installation::{INSTALLATION_ID, Installation, InstallationCommand, MigrationMode};
use domain::refuse_unfit_reason;
use event_store::{Actor, CommandGateway, EventLog, Metadata, Role, Source};
use uuid::Uuid;

use crate::cli::{Mode, OnOff, SwitchCommand};

/// Changes a switch, with its reason in the history. A running server follows at once.
pub(crate) async fn switch(
    log: Arc<dyn EventLog>,
    clock: &dyn Clock,
    command: SwitchCommand,
) -> anyhow::Result<String> {
    let at = clock.now();
    let (command, reason) = match command {
        SwitchCommand::Mode { mode, reason } => {
            let mode = mode.into();
            (InstallationCommand::ChangeMode { mode, at }, reason)
        }
        SwitchCommand::DynamicFlow { state, reason } => {
            let on = state == OnOff::On;
            (InstallationCommand::SwitchDynamicFlow { on, at }, reason)
        }
        SwitchCommand::Trading { state, reason } => {
            let command = match state {
                OnOff::On => InstallationCommand::ResumeTrading { at },
                OnOff::Off => InstallationCommand::HaltTrading {
                    reason: reason.trim().to_owned(),
                    at,
                },
            };
            (command, reason)
        }
    };
    ensure!(
        !reason.trim().is_empty(),
        "--reason must say why; it goes into the history"
    );
    if let Err(unfit) = refuse_unfit_reason(&reason) {
        bail!("--reason cannot be recorded: {unfit}");
    }
    let installation = CommandGateway::<Installation>::new(log, ());
    let actor = Actor::new("admin", Role::Admin);
    let metadata = Metadata::new(actor, Source::CommandLine, Uuid::new_v4()).because(reason);
    let receipt = installation
        .execute(INSTALLATION_ID, command, metadata)
        .await?;
    let now = installation.load(INSTALLATION_ID).await?.aggregate;
    let change = if receipt.events.is_empty() {
        "nothing changed"
    } else {
        "changed"
    };
    Ok(format!("{change}: {}", describe(&now)))
}

/// `mode dual, dynamic flow on, trading on`
pub(crate) fn describe(installation: &Installation) -> String {
    let mode = match installation.mode {
        MigrationMode::Dual => "dual",
        MigrationMode::DefinitionsFirst => "definitions-first",
        MigrationMode::DefinitionsOnly => "definitions-only",
    };
    let flow = if installation.dynamic_flow {
        "on"
    } else {
        "off"
    };
    let trading = match &installation.halt {
        Some(halt) => format!("halted since {}: {}", halt.since.to_rfc3339(), halt.reason),
        None => "on".to_owned(),
    };
    format!("mode {mode}, dynamic flow {flow}, trading {trading}")
}

impl From<Mode> for MigrationMode {
    fn from(mode: Mode) -> Self {
        match mode {
            Mode::Dual => Self::Dual,
            Mode::DefinitionsFirst => Self::DefinitionsFirst,
            Mode::DefinitionsOnly => Self::DefinitionsOnly,
        }
    }
}
