//! A data folder of its own and the program over it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::clock::FixedClock;
use domain::event::Event;
use event_store::{EventLog, FeedFilter, Position, Recorded};
use tempfile::TempDir;

/// Removed with everything in it when dropped.
#[derive(Debug)]
pub(crate) struct Installation {
    folder: TempDir,
    database_url: Option<String>,
}

/// A command that ran to its end.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Installation {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            database_url: None,
        }
    }

    /// With log and tables in another database than the SQLite file in its folder.
    pub(crate) fn on(database_url: &str) -> Self {
        Self {
            database_url: Some(database_url.to_owned()),
            ..Self::new()
        }
    }

    pub(crate) fn data_folder(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A place beside the data folder for a test's own files.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_strategos"));
        command
            .args(arguments)
            .arg("--data-folder")
            .arg(self.data_folder())
            .current_dir(self.folder.path());
        for name in [
            "ADMIN_PASSWORD",
            "ADMIN_PASSWORD_FILE",
            "ADMIN_PASSWORD_HASH",
            "JWT_SECRET",
        ] {
            command.env_remove(name);
        }
        if let Some(url) = &self.database_url {
            command.env("STRATEGOS_DATABASE_URL", url);
        }
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        Ran::from(self.command(arguments).output().unwrap())
    }

    /// Runs a command that must succeed; its answer.
    pub(crate) fn succeed(&self, arguments: &[&str]) -> String {
        let ran = self.run(arguments);
        assert_eq!(
            ran.code,
            Some(0),
            "{arguments:?}: {}{}",
            ran.stdout,
            ran.stderr
        );
        ran.stdout
    }

    /// Runs a command that must fail; its one sentence.
    pub(crate) fn fail(&self, arguments: &[&str]) -> String {
        let ran = self.run(arguments);
        assert_eq!(
            ran.code,
            Some(1),
            "{arguments:?}: {}{}",
            ran.stdout,
            ran.stderr
        );
        ran.stderr
    }

    /// The program without a data folder, for what needs none; its answer.
    pub(crate) fn run_bare(arguments: &[&str]) -> String {
        let output = Command::new(env!("CARGO_BIN_EXE_strategos"))
            .args(arguments)
            .output()
            .unwrap();
        Ran::from(output).stdout
    }

    pub(crate) fn import(&self, from: &Path) -> String {
        self.succeed(&["import-legacy", "--from", from.to_str().unwrap()])
    }

    /// The password that the first start made.
    pub(crate) fn password(&self) -> String {
        let file = self.data_folder().join("admin-password");
        std::fs::read_to_string(file).unwrap().trim().to_owned()
    }

    pub(crate) async fn log(&self) -> Arc<dyn EventLog> {
        let file = self.data_folder().join("strategos.sqlite");
        let file = format!("sqlite:{}", file.display());
        let url = self.database_url.as_deref().unwrap_or(&file);
        let clock = Arc::new(FixedClock(DateTime::<Utc>::UNIX_EPOCH));
        event_store::open(url, clock).await.unwrap()
    }

    /// Everything that was recorded, in order.
    pub(crate) async fn recorded(&self) -> Vec<Recorded> {
        let log = self.log().await;
        let mut recorded = vec![];
        let mut after = Position(0);
        loop {
            let page = log.feed(after, 1000, &FeedFilter::default()).await.unwrap();
            after = page.up_to;
            recorded.extend(page.events);
            if page.at_head {
                return recorded;
            }
        }
    }

    /// Returns once something recorded is what was waited for. A test that waits for what never
    /// comes is ended by its runner.
    pub(crate) async fn recorded_one(&self, wanted: impl Fn(&Event) -> bool) {
        let log = self.log().await;
        let mut wake_ups = log.wake_ups();
        loop {
            wake_ups.mark_unchanged();
            if self.events().await.iter().any(&wanted) {
                return;
            }
            wake_ups.changed().await.unwrap();
        }
    }

    pub(crate) async fn events(&self) -> Vec<Event> {
        let recorded = self.recorded().await;
        recorded
            .iter()
            .map(|event| event.decode().unwrap())
            .collect()
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}
