//! `strategos-replay`: the auditor's and operator's commands over the log. Nothing here can trade.

mod clock;
mod rebuild;
mod show;
mod verify;

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use domain::ErrorChain;

/// Reads, checks and explains the history of a Strategos installation.
#[derive(Debug, Parser)]
#[command(name = "strategos-replay", version, arg_required_else_help = true)]
struct Arguments {
    /// The log: `sqlite:<data folder>/strategos.sqlite` or `postgres://user@host/database`.
    #[arg(long, env = "STRATEGOS_DATABASE", global = true)]
    database: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Show(show::Show),
    Verify(verify::Verify),
    Rebuild(rebuild::Rebuild),
}

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let told = ErrorChain(error.as_ref());
            let _nobody_reads = writeln!(std::io::stderr(), "strategos-replay: {told}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let url = arguments.database.ok_or_else(|| {
        anyhow::anyhow!("say which log to read: --database or STRATEGOS_DATABASE")
    })?;
    let log = event_store::open(&url, std::sync::Arc::new(clock::SystemClock)).await?;
    let mut out = std::io::stdout().lock();
    match arguments.command {
        Command::Show(show) => show.run(log.as_ref(), &mut out).await,
        Command::Verify(verify) => verify.run(log.as_ref(), &mut out).await,
        Command::Rebuild(rebuild) => rebuild.run(&url, log, &mut out).await,
    }
}
