//! Reads the layers and lays them over each other: defaults, file, environment, flags.

use std::collections::HashMap;
use std::path::PathBuf;

use config::{Config, Environment, File, FileFormat};

use super::document::{DEFAULT_DATA_FOLDER, Document};
use super::{ConfigError, Settings};

const FILE_NAME: &str = "strategos.toml";
const PREFIX: &str = "STRATEGOS_";
/// Variables that begin like ours and are no settings: where the file is, and what the auditor's
/// program, builds, benchmarks, tests and the UI's development server go by.
const NO_SETTINGS: [&str; 16] = [
    "BENCH_EVENTS",
    "BENCH_INSTANCES",
    "BENCH_KILLS",
    "BENCH_SECONDS",
    "BENCH_TOLERANCE",
    "COMMIT",
    "CONFIG",
    "DATABASE",
    "EXPORT_KEY",
    "RACES",
    "RACE_SEED",
    "REQUIRE_WEB",
    "SCHEDULES",
    "SOAK_MINUTES",
    "TEST_POSTGRES",
    "URL",
];

/// What the command line says; `None` leaves it to the environment and the file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Flags {
    pub(crate) config: Option<PathBuf>,
    pub(crate) data_folder: Option<PathBuf>,
    pub(crate) database_url: Option<String>,
    pub(crate) tables_url: Option<String>,
    pub(crate) listen: Option<String>,
    pub(crate) behind_proxy: Option<bool>,
    pub(crate) log_level: Option<String>,
    pub(crate) log_format: Option<String>,
}

/// The settings that hold, given the flags and the process's environment.
pub(crate) fn load(
    flags: &Flags,
    environment: impl Iterator<Item = (String, String)>,
) -> Result<Settings, ConfigError> {
    let environment: HashMap<String, String> = environment
        .filter_map(|(name, value)| Some((name.strip_prefix(PREFIX)?.to_owned(), value)))
        .collect();
    let document = read(flags, environment.clone()).map_err(|failure| match failure {
        Failure::NoSuchFile(path) => ConfigError::NoSuchFile(path),
        Failure::Unreadable(source) => match place_of_unknown(&source, flags, &environment) {
            Some(place) => ConfigError::NoSetting { place, source },
            None => ConfigError::Unreadable(source),
        },
    })?;
    Settings::try_from(document)
}

/// The variable or file that sets something that is not a setting, if that is what is wrong.
fn place_of_unknown(
    error: &config::ConfigError,
    flags: &Flags,
    environment: &HashMap<String, String>,
) -> Option<String> {
    let told = error.to_string();
    let (_, after) = told.split_once("unknown field `")?;
    let (field, _) = after.split_once('`')?;
    let has_it = |name: &&String| name.to_lowercase().split("__").any(|part| part == field);
    if let Some(name) = environment.keys().find(has_it) {
        return Some(format!("{PREFIX}{name}"));
    }
    let file = file(flags, environment).ok().flatten()?;
    Some(file.display().to_string())
}

enum Failure {
    NoSuchFile(PathBuf),
    Unreadable(config::ConfigError),
}

impl From<config::ConfigError> for Failure {
    fn from(error: config::ConfigError) -> Self {
        Self::Unreadable(error)
    }
}

fn read(flags: &Flags, environment: HashMap<String, String>) -> Result<Document, Failure> {
    let mut layers = Config::builder();
    if let Some(file) = file(flags, &environment)? {
        layers = layers.add_source(File::from(file).format(FileFormat::Toml));
    }
    let settings: HashMap<String, String> = environment
        .into_iter()
        .filter(|(name, _)| !NO_SETTINGS.contains(&name.as_str()))
        .collect();
    let variables = Environment::default()
        .separator("__")
        .list_separator(",")
        .with_list_parse_key("cors_origins")
        .try_parsing(true)
        .source(Some(settings));
    let data_folder = flags.data_folder.as_ref().map(|p| p.display().to_string());
    let layers = layers
        .add_source(variables)
        .set_override_option("data_folder", data_folder)?
        .set_override_option("database_url", flags.database_url.clone())?
        .set_override_option("tables_url", flags.tables_url.clone())?
        .set_override_option("listen", flags.listen.clone())?
        .set_override_option("behind_proxy", flags.behind_proxy)?
        .set_override_option("log.level", flags.log_level.clone())?
        .set_override_option("log.format", flags.log_format.clone())?;
    Ok(layers.build()?.try_deserialize()?)
}

/// The file named by flag or environment must be there; the one in the data folder may be.
fn file(flags: &Flags, environment: &HashMap<String, String>) -> Result<Option<PathBuf>, Failure> {
    let from_environment = |name: &str| environment.get(name).map(PathBuf::from);
    if let Some(named) = flags.config.clone().or_else(|| from_environment("CONFIG")) {
        return if named.is_file() {
            Ok(Some(named))
        } else {
            Err(Failure::NoSuchFile(named))
        };
    }
    let folder = flags
        .data_folder
        .clone()
        .or_else(|| from_environment("DATA_FOLDER"))
        .unwrap_or_else(|| PathBuf::from(DEFAULT_DATA_FOLDER));
    Ok(Some(folder.join(FILE_NAME)).filter(|path| path.is_file()))
}
