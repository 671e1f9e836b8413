//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::backtest::BacktestArgs;
use crate::config::Flags;

const TOUR: &str = "\
First steps:
  strategos serve --demo          start, with a demo instance quoting on recorded data
  strategos doctor                check the installation, line by line
  strategos backtest --help       try a configuration on recorded data
  strategos import-legacy --from old.sqlite --dry-run
                                  see what an import of the original's database would do

Settings come from strategos.toml in the data folder, then STRATEGOS_... variables, then flags.
strategos.example.toml explains each of them.";

/// Control plane for trading strategies: definitions, instances, executors and their whole history.
#[derive(Debug, Parser)]
#[command(name = "strategos", version, after_help = TOUR)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: GlobalArgs,
    /// Without one, `serve` runs.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

#[derive(Debug, Args)]
pub(crate) struct GlobalArgs {
    /// Settings file [default: strategos.toml in the data folder]
    #[arg(long = "settings", global = true, value_name = "FILE")]
    settings_file: Option<PathBuf>,
    /// Everything this installation owns [default: ./strategos-data]
    #[arg(long, global = true, value_name = "FOLDER")]
    data_folder: Option<PathBuf>,
    /// Where the log is [default: a SQLite file in the data folder]
    #[arg(long, global = true, value_name = "URL")]
    database_url: Option<String>,
    /// Where the read tables are [default: the log's database]
    #[arg(long, global = true, value_name = "URL")]
    tables_url: Option<String>,
    /// error, warn, info, debug or trace [default: info]
    #[arg(long, global = true, value_name = "LEVEL")]
    log_level: Option<String>,
    /// auto, human or json [default: human on a terminal]
    #[arg(long, global = true, value_name = "FORMAT")]
    log_format: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run the server: HTTP, tables, executors. The default
    ///
    /// The first start makes an admin password and shows it once. Instances that were running
    /// when the last process ended, however it ended, resume by themselves.
    Serve(ServeArgs),
    /// Bring the database to this release's shape; `serve` does it by itself
    Migrate,
    /// Add the built-in strategy definitions that were never there before
    ///
    /// Edited definitions are left alone, removed ones stay removed. Safe to repeat.
    Seed,
    /// Change what holds for the whole installation: migration mode, dynamic flow, trading
    #[command(subcommand)]
    Switch(SwitchCommand),
    /// Check the installation; exits with 1 when something is wrong
    Doctor,
    /// Record the rows of the original's database as events, each once
    ///
    /// The source is only read. Safe to repeat after an interruption: what was recorded is not
    /// recorded again. Best done before the first `serve`: once the built-in definitions are
    /// seeded, definitions of the original with the same keys are kept as records only.
    ImportLegacy(ImportArgs),
    /// Try a configuration on recorded data, with the decisions and the paper venue of a server
    Backtest(BacktestArgs),
    /// Manage the admin's credentials
    #[command(subcommand)]
    Admin(AdminCommand),
}

#[derive(Debug, Default, Args)]
pub(crate) struct ServeArgs {
    /// Address and port [default: 127.0.0.1:3000]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// A proxy that speaks TLS stands in front; allows addresses others can reach
    #[arg(long)]
    behind_proxy: bool,
    /// Also start a demo market-making instance on recorded WLD/USDT data
    #[arg(long)]
    pub(crate) demo: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SwitchCommand {
    /// Choose which paths are primary; every step can be taken back
    Mode {
        mode: Mode,
        /// Why, for the history
        #[arg(long)]
        reason: String,
    },
    /// Turn starts by definition on or off; legacy starts keep working
    DynamicFlow {
        state: OnOff,
        /// Why, for the history
        #[arg(long)]
        reason: String,
    },
    /// The emergency stop: off takes every order of every instance off and lets nothing trade
    ///
    /// It holds until somebody turns trading on again, restarts included. Instances stay wanted and go
    /// on then.
    Trading {
        state: OnOff,
        /// Why, for the history
        #[arg(long)]
        reason: String,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Mode {
    /// Legacy and definition-based paths are equals
    Dual,
    /// Legacy answers carry deprecation headers and are counted per caller
    DefinitionsFirst,
    /// Type-based legacy paths answer 410
    DefinitionsOnly,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OnOff {
    On,
    Off,
}

#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    /// The original's database: a SQLite file or a postgres:// URL
    #[arg(long, value_name = "FILE or URL")]
    pub(crate) from: String,
    /// Say what would be done, and record nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AdminCommand {
    /// Replace the admin's password by a random one and sign everybody out
    ResetPassword,
}

impl Cli {
    /// What the command line says about the settings.
    pub(crate) fn flags(&self) -> Flags {
        let GlobalArgs {
            settings_file,
            data_folder,
            database_url,
            tables_url,
            log_level,
            log_format,
        } = &self.global;
        let serve = match &self.command {
            Some(Command::Serve(serve)) => Some(serve),
            Some(_) | None => None,
        };
        Flags {
            config: settings_file.clone(),
            data_folder: data_folder.clone(),
            database_url: database_url.clone(),
            tables_url: tables_url.clone(),
            listen: serve.and_then(|serve| serve.listen.clone()),
            behind_proxy: serve.and_then(|serve| serve.behind_proxy.then_some(true)),
            log_level: log_level.clone(),
            log_format: log_format.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_switch_needs_a_reason() {
        assert!(Cli::try_parse_from(["strategos", "switch", "mode", "dual"]).is_err());
        assert!(
            Cli::try_parse_from([
                "strategos",
                "switch",
                "dynamic-flow",
                "off",
                "--reason",
                "x"
            ])
            .is_ok()
        );
    }
}
