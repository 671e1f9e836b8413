//! Everything one test needs, and how to look at all of it.

use std::sync::Arc;

use domain::ExecutorCatalogue;
use domain::clock::{Clock, FixedClock};
use domain::definition::Definition;
use domain::execution::Execution;
use domain::instance::Instance;
use domain::legacy_usage::LegacyUsage;
use event_store::{Actor, CommandGateway, EventLog, Metadata, Position, Role, Source};
use projections::definitions::{self, DefinitionRow};
use projections::instances::{self, InstanceFilter, InstanceRow};
use projections::legacy_usage::{self, UsageRow};
use projections::projector::{self, ProjectionStatus};
use projections::versions::{self, VersionRow};
use projections::{Projector, Tables};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::catalogue::AcceptsAll;
use super::database::Database;

#[derive(Debug)]
pub(crate) struct World {
    pub(crate) log: Arc<dyn EventLog>,
    pub(crate) tables: Tables,
    pub(crate) projector: Projector,
    pub(crate) definitions: CommandGateway<Definition>,
    pub(crate) instances: CommandGateway<Instance>,
    pub(crate) executions: CommandGateway<Execution>,
    pub(crate) usage: CommandGateway<LegacyUsage>,
    pub(crate) log_url: String,
    pub(crate) database: Database,
    /// Deleted with the world.
    _log_database: Option<Database>,
}

/// All rows of all tables.
#[derive(Debug, PartialEq)]
pub(crate) struct Everything {
    pub(crate) definitions: Vec<DefinitionRow>,
    pub(crate) versions: Vec<VersionRow>,
    pub(crate) instances: Vec<InstanceRow>,
    pub(crate) usage: Vec<UsageRow>,
}

impl World {
    /// Log and tables in one file, as by default.
    pub(crate) async fn on_sqlite() -> Self {
        Self::with(Database::sqlite(), None).await
    }

    /// Log and tables in one database.
    pub(crate) async fn on_postgres() -> Self {
        Self::with(Database::postgres().await, None).await
    }

    /// The log in a database of another kind than the tables'.
    pub(crate) async fn apart() -> Self {
        Self::with(Database::postgres().await, Some(Database::sqlite())).await
    }

    async fn with(database: Database, log_database: Option<Database>) -> Self {
        let log_url = log_database.as_ref().unwrap_or(&database).url();
        let log = event_store::open(&log_url, clock()).await.unwrap();
        let tables = connect(&database).await;
        let catalogue: Arc<dyn ExecutorCatalogue> = Arc::new(AcceptsAll);
        Self {
            projector: Projector::new(tables.clone(), log.clone(), clock()),
            definitions: CommandGateway::new(log.clone(), catalogue.clone()),
            instances: CommandGateway::new(log.clone(), catalogue),
            executions: CommandGateway::new(log.clone(), ()),
            usage: CommandGateway::new(log.clone(), ()),
            log,
            tables,
            log_url,
            database,
            _log_database: log_database,
        }
    }

    /// The same tables, as another process would see them.
    pub(crate) async fn other_process(&self) -> (Tables, Projector) {
        let tables = connect(&self.database).await;
        let projector = Projector::new(tables.clone(), self.log.clone(), clock());
        (tables, projector)
    }

    pub(crate) async fn head(&self) -> Position {
        self.log.head().await.unwrap()
    }

    pub(crate) async fn everything(&self) -> Everything {
        Everything::of(&self.tables).await
    }

    pub(crate) async fn status(&self, name: &str) -> ProjectionStatus {
        let all = projector::status(&self.tables, self.log.as_ref()).await;
        let mut all = all.unwrap().into_iter();
        all.find(|status| status.name == name).unwrap()
    }
}

impl Everything {
    pub(crate) async fn of(tables: &Tables) -> Self {
        let definitions = definitions::query::list(tables).await.unwrap();
        let mut all_versions = vec![];
        for definition in &definitions {
            all_versions.extend(versions::query::list(tables, definition.id).await.unwrap());
        }
        let all = InstanceFilter::default();
        Self {
            definitions,
            versions: all_versions,
            instances: instances::query::list(tables, &all).await.unwrap(),
            usage: legacy_usage::query::list(tables).await.unwrap(),
        }
    }
}

/// A projector at work in the background.
#[derive(Debug)]
pub(crate) struct Following {
    shutdown: CancellationToken,
    task: JoinHandle<()>,
}

impl Following {
    pub(crate) fn begin(projector: &Projector) -> Self {
        let shutdown = CancellationToken::new();
        let task = tokio::spawn(projector.clone().run(shutdown.clone()));
        Self { shutdown, task }
    }

    pub(crate) async fn stop(self) {
        self.shutdown.cancel();
        self.task.await.unwrap();
    }
}

pub(crate) fn metadata() -> Metadata {
    let actor = Actor::new("alice", Role::Admin);
    Metadata::new(actor, Source::Rest, Uuid::nil()).because("a test")
}

pub(crate) fn clock() -> Arc<dyn Clock> {
    Arc::new(FixedClock("2026-11-22T12:00:00Z".parse().unwrap()))
}

/// Elsewhere, and gone with what they come with.
pub(crate) async fn empty_tables() -> (Database, Tables) {
    let database = Database::sqlite();
    let tables = connect(&database).await;
    (database, tables)
}

async fn connect(database: &Database) -> Tables {
    let tables = Tables::connect(&database.url()).await.unwrap();
    tables.migrate().await.unwrap();
    tables
}
