//! `strategos serve`: everything in one process, from the first start to an orderly end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, anyhow};
use api::auth::Auth;
use api::{App, AppState, Cors, Ports};
use event_store::EventLog;
use executors::{Alone, RuntimeParts};
use projections::{Projector, Tables};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::admin;
use crate::answering::answer;
use crate::backtest::ThreadedBacktester;
use crate::config::{DatabaseUrl, LegacyAuth, Settings};
use crate::credentials::{CredentialStore, Secrets, follow_credentials};
use crate::data_folder::DataFolder;
use crate::engine::{self, Engine};
use crate::executors_turn::run_in_turn;
use crate::guard_measures::RuntimeMeasures;
use crate::live;
use crate::metrics::Metrics;
use crate::seed::seed_strategy_definitions;
use crate::signals::asked_to_end;
use crate::start_prices::VenueStartPrices;
use crate::stores::{clock, open_log, open_tables};
use crate::workers::Workers;

/// How long whoever works beside the answers may take to end.
const ENDING: Duration = Duration::from_secs(20);

/// Runs until somebody asks the process to end. Instances stay running: the next start resumes
/// them.
pub(crate) async fn serve(settings: &Settings, demo: bool) -> anyhow::Result<()> {
    let asked_to_end = asked_to_end()?;
    let folder = DataFolder::open(&settings.data_folder)?;
    let _ownership = folder.own().await?;
    // A database that says nothing must not keep the process from ending
    let opening = asked_to_end.run_until_cancelled(Opened::open(settings, &folder));
    match Box::pin(opening).await {
        Some(opened) => Box::pin(opened?.serve(settings, demo, asked_to_end)).await,
        None => Ok(()),
    }
}

/// All that has to be there before anything is answered.
struct Opened {
    listener: TcpListener,
    metrics: Option<Metrics>,
    store: CredentialStore,
    secrets: Secrets,
    log: Arc<dyn EventLog>,
    tables: Tables,
    engine: Engine,
}

impl Opened {
    async fn open(settings: &Settings, folder: &DataFolder) -> anyhow::Result<Self> {
        let listener = listen(settings.listen).await?;
        let metrics = match settings.metrics_listen {
            Some(address) => Some(Metrics::listen(address).await?),
            None => None,
        };
        let store = CredentialStore::of(folder);
        let secrets = prepare_credentials(&store)?;
        let log = open_log(settings).await?;
        let tables = open_tables(settings).await?;
        if settings.seed_on_start {
            let registry = engine::registry(&live::trading(settings))?;
            seed_strategy_definitions(log.clone(), registry, clock().as_ref())
                .await
                .context("the built-in definitions could not be seeded")?;
        }
        let engine = Engine::build(settings, log.as_ref()).await?;
        Ok(Self {
            listener,
            metrics,
            store,
            secrets,
            log,
            tables,
            engine,
        })
    }

    async fn serve(
        self,
        settings: &Settings,
        demo: bool,
        asked_to_end: CancellationToken,
    ) -> anyhow::Result<()> {
        let stop = CancellationToken::new();
        let mut workers = start_workers(settings, &self.engine, &self.log, &self.tables, &stop);
        let state = state(settings, &self.engine, self.log, self.tables, &self.secrets)?;
        let following = follow_credentials(self.store, self.secrets, state.clone(), stop.clone());
        workers.spawn("credentials", following);
        if let Some(metrics) = self.metrics {
            workers.spawn("metrics", metrics.serve(state.clone(), stop.clone()));
        }
        let served = tokio::select! {
            served = answer(self.listener, state, demo, asked_to_end) => served,
            // Better to end and be restarted than to answer from tables that stand still
            ended = workers.one_ends() => {
                Err(anyhow!("a part that works beside the answers ended early: {ended}"))
            }
        };
        // Only now: until the last answer, the tables follow
        stop.cancel();
        workers.end(ENDING).await;
        served
    }
}

async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| {
        format!("cannot listen on {address}; is another program there? Choose one with --listen")
    })
}

/// Makes credentials at the first start and tells the password, once.
fn prepare_credentials(store: &CredentialStore) -> anyhow::Result<Secrets> {
    let prepared = store.prepare(|name| std::env::var(name).ok())?;
    if let Some(password) = &prepared.new_password {
        admin::tell(store, password);
    }
    Ok(prepared.secrets)
}

fn state(
    settings: &Settings,
    engine: &Engine,
    log: Arc<dyn EventLog>,
    tables: Tables,
    secrets: &Secrets,
) -> anyhow::Result<AppState> {
    let credentials = secrets.credentials()?;
    let backtester = ThreadedBacktester::try_new(settings, engine.registry.clone())
        .context("the recording cannot be read")?;
    let ports = Ports {
        catalogue: engine.registry.clone(),
        start_prices: Arc::new(VenueStartPrices::of(engine)),
        guard_measures: Arc::new(RuntimeMeasures(engine.measures.clone())),
        backtester: Arc::new(backtester),
    };
    let defaults = api::Settings::default();
    let sunset = settings.legacy_sunset;
    let settings = api::Settings {
        legacy_auth: match settings.legacy_auth {
            LegacyAuth::Open => api::LegacyAuth::Open,
            LegacyAuth::Token => api::LegacyAuth::Required,
        },
        cors: Cors {
            allowed_origins: settings.cors_origins.clone(),
        },
        behind_proxy: settings.behind_proxy,
        time_requests: settings.metrics_listen.is_some(),
        commit: option_env!("STRATEGOS_COMMIT"),
        // As HTTP writes dates
        legacy_sunset: sunset.map(|at| at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()),
        ..defaults
    };
    Ok(Arc::new(App::new(
        log,
        tables,
        clock(),
        ports,
        Auth::new(credentials, clock()),
        settings,
    )))
}

/// The projector and the executors' runtime; both work until `stop`.
fn start_workers(
    settings: &Settings,
    engine: &Engine,
    log: &Arc<dyn EventLog>,
    tables: &Tables,
    stop: &CancellationToken,
) -> Workers {
    let mut workers = Workers::default();
    let projector = Projector::new(tables.clone(), log.clone(), clock());
    workers.spawn("projector", projector.run(stop.clone()));
    let parts = RuntimeParts {
        log: log.clone(),
        registry: engine.registry.clone(),
        venues: engine.venues.clone(),
        clock: clock(),
        ownership: Arc::new(Alone),
        measures: engine.measures.clone(),
        settings: engine.runtime.clone(),
    };
    let database = turns_are_taken_in(settings).clone();
    workers.spawn("executors", run_in_turn(database, parts, stop.clone()));
    workers
}

/// The database in which servers agree whose turn it is: KurrentDB has nothing to agree by.
fn turns_are_taken_in(settings: &Settings) -> &DatabaseUrl {
    if !settings.database_url.is_kurrentdb() {
        return &settings.database_url;
    }
    if settings.tables_url.sqlite_file().is_some() {
        tracing::warn!(
            "the log is in KurrentDB and the tables are in a file: before a second server works on \
             this log, put the tables into PostgreSQL (tables_url), or both will run the instances"
        );
    }
    &settings.tables_url
}
