//! The program `strategos`: reads its settings, then runs one role or command.

mod admin;
mod answering;
mod backtest;
mod cli;
mod clock;
mod config;
mod credentials;
mod data_folder;
mod demo;
mod doctor;
mod engine;
mod executors_turn;
mod guard_measures;
mod import;
mod live;
mod metrics;
mod seed;
mod serve;
mod signals;
mod start_prices;
mod stores;
mod switch;
mod telemetry;
mod terminal;
mod workers;

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use domain::ErrorChain;
use event_store::EventLog;

use crate::cli::{AdminCommand, Cli, Command, ImportArgs, ServeArgs};
use crate::config::Settings;
use crate::data_folder::DataFolder;
use crate::import::Importable;
use crate::stores::{clock, look_at_log, open_log, open_tables};
use crate::terminal::say;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    match run(Cli::parse()).await {
        Ok(code) => code,
        Err(error) => {
            let _nobody_reads = writeln!(
                std::io::stderr(),
                "strategos: {}",
                ErrorChain(error.as_ref())
            );
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let environment = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    let settings = config::load(&cli.flags(), environment)?;
    telemetry::start(&settings.log);
    let command = cli.command.unwrap_or(Command::Serve(ServeArgs::default()));
    match command {
        Command::Serve(args) => serve::serve(&settings, args.demo).await?,
        Command::Migrate => migrate(&settings).await?,
        Command::Seed => seed(&settings).await?,
        Command::Switch(command) => {
            let log = open_log(&settings).await?;
            say(switch::switch(log, clock().as_ref(), command).await?);
        }
        Command::Doctor => {
            let catalogue = engine::registry(&live::trading(&settings))?;
            if !doctor::doctor(&settings, catalogue).await {
                return Ok(ExitCode::FAILURE);
            }
        }
        Command::Backtest(args) => backtest::backtest(&settings, args).await?,
        Command::ImportLegacy(args) => import(&settings, &args).await?,
        Command::Admin(AdminCommand::ResetPassword) => {
            admin::reset_password(&DataFolder::open(&settings.data_folder)?)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn migrate(settings: &Settings) -> anyhow::Result<()> {
    open_log(settings).await?;
    open_tables(settings).await?;
    say(format!(
        "{} has this release's shape.",
        settings.database_url
    ));
    Ok(())
}

async fn seed(settings: &Settings) -> anyhow::Result<()> {
    let log = open_log(settings).await?;
    let registry = engine::registry(&live::trading(settings))?;
    let added = seed::seed_strategy_definitions(log, registry, clock().as_ref()).await?;
    if added.is_empty() {
        say("Nothing to add: every built-in definition is there, or was removed on purpose.");
    }
    for key in added {
        say(format!("Added {key}."));
    }
    Ok(())
}

async fn import(settings: &Settings, args: &ImportArgs) -> anyhow::Result<()> {
    // First: what cannot be imported leaves nothing behind
    let importable = Importable::find(&args.from).await?;
    let log = if args.dry_run {
        // A dry run leaves nothing behind, not even a log of this release's shape
        let found = look_at_log(settings).await?;
        found.map(|rows| -> Arc<dyn EventLog> { rows })
    } else {
        Some(open_log(settings).await?)
    };
    let trading = live::trading(settings);
    let catalogue: Arc<dyn domain::ExecutorCatalogue> = engine::registry(&trading)?;
    let imported = importable.import(args.dry_run, log, &catalogue, clock());
    let report = imported.await?;
    say(report.to_string());
    if !args.dry_run {
        say(
            "Next: `strategos serve`, then POST /admin/strategy/instances/backfill-definition-links",
        );
    }
    Ok(())
}
