//! `strategos-replay`: the auditor's and operator's commands over the log. Nothing here can trade.

mod answers_digest;
mod at;
mod audit;
mod backup;
mod check_events;
mod check_export;
mod check_proof;
mod checkpoint;
mod clock;
mod cloud_event;
mod copy;
mod database;
mod diff;
mod explain;
mod export;
mod exported;
mod find_event;
mod held;
mod human_line;
mod import;
mod keygen;
mod log;
mod log_file;
mod merkle;
mod moment;
mod note;
mod out_folder;
mod outcome;
mod pages;
mod progress;
mod proof;
mod prove;
mod rebuild;
mod restore;
mod scratch;
mod show;
mod state;
mod transfer;
mod unfinished;
mod unused;
mod verify;
mod whole;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use domain::ErrorChain;

use database::Database;
use note::VerifyingKey;
use outcome::{Altered, Outcome};

/// Reads, checks and explains the history of a Strategos installation.
///
/// All commands but rebuild, import, copy and restore only read: rights to select are enough, a file may be read-only, and a
/// server may run meanwhile.
#[derive(Debug, Parser)]
#[command(name = "strategos-replay", version, arg_required_else_help = true, after_help = outcome::EXIT_CODES)]
struct Arguments {
    /// The log: `sqlite:<data folder>/strategos.sqlite`, `postgres://user@host/database`, or a folder that export wrote
    #[arg(
        long,
        env = "STRATEGOS_DATABASE",
        hide_env_values = true,
        global = true
    )]
    database: Option<String>,
    /// Whose exports to believe, where the log is one: a public key, or the file that keygen wrote (may be repeated: any of them will do)
    #[arg(long, value_name = "KEY", env = "STRATEGOS_EXPORT_KEY", hide_env_values = true, global = true, value_parser = note::public_key)]
    export_key: Vec<VerifyingKey>,
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
    Backup(backup::Backup),
    Restore(restore::Restore),
    CheckProof(check_proof::CheckProof),
    CheckExport(check_export::CheckExport),
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
        Err(error) if error.is::<Altered>() => {
            let told = human_line::plain(&ErrorChain(error.as_ref()).to_string());
            let _nobody_reads = writeln!(io::stdout(), "FAILED  {told}");
            Outcome::Wrong.into()
        }
        Err(error) => {
            let told = human_line::plain(&ErrorChain(error.as_ref()).to_string());
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
    let database = Database::new(arguments.database, arguments.export_key);
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
        Command::Export(export) => export.run(&database, &mut out).await,
        Command::Import(import) => import.run(&database, &mut out).await,
        Command::Copy(copy) => copy.run(&database, &mut out).await,
        Command::Backup(backup) => backup.run(&database, &mut out).await,
        Command::Restore(restore) => restore.run(&database, &mut out).await,
        Command::Prove(prove) => prove.run(database.as_stored().await?, &mut out).await,
        Command::CheckProof(check) => check.run(&mut out),
        Command::CheckExport(check) => check.run(&mut out),
        Command::Rebuild(rebuild) => rebuild.run(&database, &mut out).await,
    };
    out.flush()?;
    outcome
}
