//! Where log and tables are.

use std::fmt;
use std::path::{Path, PathBuf};

use domain::ErrorChain;
use event_store::StoreError;

use super::masked_url::{is_cut_short, without_password};
use super::{ConfigError, refuse};

const SQL_SCHEMES: [&str; 3] = ["sqlite:", "postgres://", "postgresql://"];
const KURRENTDB_SCHEMES: [&str; 4] = [
    "kurrentdb://",
    "kurrentdb+discover://",
    "esdb://",
    "esdb+discover://",
];

/// Where log and tables are. Shown without its password.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct DatabaseUrl(String);

impl DatabaseUrl {
    /// The SQLite file in the data folder when `text` is empty; it holds a mirror of the log where that
    /// is in KurrentDB.
    pub(super) fn of_log(text: &str, data_folder: &Path) -> Result<Self, ConfigError> {
        let file = data_folder.join("strategos.sqlite");
        if text.is_empty() {
            return Ok(Self(format!("sqlite:{}", file.display())));
        }
        let schemes = [&SQL_SCHEMES[..], &KURRENTDB_SCHEMES].concat();
        let named = Self::try_new(
            "database_url",
            text,
            &schemes,
            "write sqlite:/path/to/file, postgres://user@host/database or kurrentdb://user@host:2113, \
             or leave it out for a SQLite file in the data folder",
        )?;
        let whole = event_store::with_mirror_in(&named.0, &file);
        whole
            .map(Self)
            .or_else(|error| named.refuse("database_url", &error))
    }

    /// The log's database when `text` is empty.
    pub(super) fn of_tables(text: &str, log: &Self) -> Result<Self, ConfigError> {
        if text.is_empty() {
            let database = event_store::database_of(&log.0);
            return database
                .map(Self)
                .or_else(|error| log.refuse("database_url", &error));
        }
        Self::try_new(
            "tables_url",
            text,
            &SQL_SCHEMES,
            "write sqlite:/path/to/file or postgres://user@host/database, or leave it out for \
             the log's database",
        )
    }

    fn try_new(
        key: &'static str,
        text: &str,
        schemes: &[&str],
        advice: &'static str,
    ) -> Result<Self, ConfigError> {
        if !schemes.iter().any(|scheme| text.starts_with(scheme)) {
            return refuse(key, without_password(text), advice);
        }
        if is_cut_short(text) {
            let advice = "the URL cannot be read: percent-encode the password, as %23 for #, %2F for /, \
                          %3F for ? and %40 for @";
            return refuse(key, without_password(text), advice);
        }
        Ok(Self(text.to_owned()))
    }

    fn refuse<T>(&self, key: &'static str, error: &StoreError) -> Result<T, ConfigError> {
        refuse(
            key,
            without_password(&self.0),
            ErrorChain(error).to_string(),
        )
    }

    /// Whether the log is where no tables can be.
    pub(crate) fn is_kurrentdb(&self) -> bool {
        KURRENTDB_SCHEMES
            .iter()
            .any(|scheme| self.0.starts_with(scheme))
    }

    /// With its password, for the database driver only.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }

    /// The file behind a SQLite URL.
    pub(crate) fn sqlite_file(&self) -> Option<&Path> {
        file_of(&self.0)
    }

    /// The file that is this installation's own: of a SQLite URL, or with the mirror of a log.
    pub(crate) fn own_file(&self) -> Option<PathBuf> {
        let database = event_store::database_of(&self.0);
        database
            .ok()
            .as_deref()
            .and_then(file_of)
            .map(Path::to_owned)
    }
}

fn file_of(url: &str) -> Option<&Path> {
    let path = url.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    Some(Path::new(path.split('?').next().unwrap_or(path)))
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&without_password(&self.0))
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_url_never_shows_its_password() {
        let url = "postgres://ops:hunter2@db/strategos?password=hunter2";
        let url = DatabaseUrl::of_log(url, Path::new(".")).unwrap();
        assert_eq!(url.to_string(), "postgres://ops:***@db/strategos");
        assert_eq!(format!("{url:?}"), "postgres://ops:***@db/strategos");
        let refused = DatabaseUrl::of_log("mysql://ops:hunter2@db/x", Path::new("."));
        let refused = refused.unwrap_err().to_string();
        assert!(!refused.contains("hunter2"), "{refused}");
    }

    #[test]
    fn a_log_in_kurrentdb_has_its_mirror_and_tables_in_the_data_folder() {
        let log = "kurrentdb://ops:hunter2@db:2113?tls=false";
        let log = DatabaseUrl::of_log(log, Path::new("/var/lib/strategos")).unwrap();
        let tables = DatabaseUrl::of_tables("", &log).unwrap();

        assert!(log.is_kurrentdb() && !tables.is_kurrentdb());
        assert_eq!(log.to_string(), "kurrentdb://ops:***@db:2113");
        let file = Path::new("/var/lib/strategos/strategos.sqlite");
        assert_eq!(log.own_file().as_deref(), Some(file));
        assert_eq!(
            (log.sqlite_file(), tables.sqlite_file()),
            (None, Some(file))
        );
    }

    #[test]
    fn a_password_that_is_not_encoded_is_refused_and_not_shown() {
        let refused = DatabaseUrl::of_log("postgres://ops:hun#ter2@h/x", Path::new("."));
        let refused = refused.unwrap_err().to_string();
        assert!(refused.contains("percent-encode the password"), "{refused}");
        assert!(!refused.contains("hun#"), "{refused}");
        assert!(!refused.contains("ter2"), "{refused}");
    }

    #[test]
    fn a_connection_string_that_is_none_is_refused_without_its_password() {
        let url = "kurrentdb://ops:hunter2@db:port:1";
        let refused = DatabaseUrl::of_log(url, Path::new(".")).unwrap_err();
        let refused = refused.to_string();
        assert!(
            refused.contains("kurrentdb://user:password@host:2113"),
            "{refused}"
        );
        assert!(!refused.contains("hunter2"), "{refused}");
    }
}
