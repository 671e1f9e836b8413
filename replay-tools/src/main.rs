//! `strategos-replay`: the auditor's and operator's commands over the log. Nothing here can trade.

mod at;
mod audit;
mod check_events;
mod check_proof;
mod checkpoint;
mod clock;
mod cloud_event;
mod copy;
mod diff;
mod explain;
mod export;
mod find_event;
mod hashed_rows;
mod hex;
mod human_line;
mod import;
mod keygen;
mod log;
mod merkle;
mod moment;
mod note;
mod outcome;
mod proof;
mod prove;
mod rebuild;
mod scratch;
mod show;
mod state;
mod verify;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};
use domain::ErrorChain;
use event_store::{StoredRows, Upcasters};

use outcome::Outcome;

/// Reads, checks and explains the history of a Strategos installation.
///
/// All commands but rebuild only read: rights to select are enough, a file may be read-only, and a server may run meanwhile.
#[derive(Debug, Parser)]
#[command(name = "strategos-replay", version, arg_required_else_help = true, after_help = outcome::EXIT_CODES)]
struct Arguments {
    /// The log: `sqlite:<data folder>/strategos.sqlite` or `postgres://user@host/database`.
    #[arg(long, env = "STRATEGOS_DATABASE", global = true)]
    database: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Log(Box<log::Log>),
    Show(show::Show),
    Explain(explain::Explain),
    At(at::At),
    Diff(diff::Diff),
    Verify(verify::Verify),
    CheckEvents(check_events::CheckEvents),
    Keygen(keygen::Keygen),
    Checkpoint(checkpoint::Checkpoint),
    Prove(prove::Prove),
    Export(export::Export),
    Import(import::Import),
    Copy(copy::Copy),
    CheckProof(check_proof::CheckProof),
    Rebuild(rebuild::Rebuild),
}

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(outcome) => outcome.into(),
        // Whoever read the output has seen enough
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let told = ErrorChain(error.as_ref());
            let _nobody_reads = writeln!(io::stderr(), "strategos-replay: {told}");
            ExitCode::from(outcome::COULD_NOT)
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let cause = error.downcast_ref::<io::Error>();
    cause.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

async fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let database = Database(arguments.database);
    let mut out = BufWriter::new(io::stdout().lock());
    let outcome = match arguments.command {
        Command::Log(log) => log.run(database.as_stored().await?, &mut out).await,
        Command::Show(show) => show.run(database.as_stored().await?, &mut out).await,
        Command::Explain(explain) => explain.run(database.as_read().await?, &mut out).await,
        Command::At(at) => at.run(database.as_read().await?, &mut out).await,
        Command::Diff(diff) => diff.run(database.as_read().await?, &mut out).await,
        Command::Verify(verify) => verify.run(&database, &mut out).await,
        Command::CheckEvents(check) => check.run(database.as_stored().await?, &mut out).await,
        Command::Keygen(keygen) => keygen.run(&mut out),
        Command::Checkpoint(checkpoint) => {
            checkpoint.run(database.as_stored().await?, &mut out).await
        }
        Command::Export(export) => export.run(database.as_stored().await?, &mut out).await,
        Command::Import(import) => import.run(&database, &mut out).await,
        Command::Copy(copy) => copy.run(&mut out).await,
        Command::Prove(prove) => prove.run(database.as_stored().await?, &mut out).await,
        Command::CheckProof(check) => check.run(&mut out),
        Command::Rebuild(rebuild) => rebuild.run(&database, &mut out).await,
    };
    out.flush()?;
    outcome
}

/// The log that the command is about, where it is about one.
#[derive(Debug)]
struct Database(Option<String>);

impl Database {
    fn url(&self) -> anyhow::Result<&str> {
        let url = self.0.as_deref();
        url.ok_or_else(|| {
            anyhow::anyhow!("say which log to read: --database or STRATEGOS_DATABASE")
        })
    }

    /// With the events as they were stored.
    async fn as_stored(&self) -> anyhow::Result<Arc<dyn StoredRows>> {
        Ok(event_store::open_to_read(self.url()?, Upcasters::none()).await?)
    }

    /// With the events as this release reads them.
    async fn as_read(&self) -> anyhow::Result<Arc<dyn StoredRows>> {
        Ok(event_store::open_to_read(self.url()?, Upcasters::released()).await?)
    }
}
