//! `strategos serve`: everything in one process, from the first start to an orderly end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, anyhow};
use api::auth::Auth;
use api::{App, AppState, Cors, Ports};
use domain::ErrorChain;
use event_store::EventLog;
use executors::{Alone, RuntimeParts};
use projections::{Projector, Tables};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::admin;
use crate::backtest::ThreadedBacktester;
use crate::config::{DatabaseUrl, LegacyAuth, Settings};
use crate::credentials::{CredentialStore, Secrets, follow_credentials};
use crate::data_folder::DataFolder;
use crate::demo::start_demo;
use crate::engine::{self, Engine};
use crate::executors_turn::run_in_turn;
use crate::guard_measures::RuntimeMeasures;
use crate::live;
use crate::metrics::Metrics;
use crate::seed::seed_strategy_definitions;
use crate::start_prices::VenueStartPrices;
use crate::stores::{clock, open_log, open_tables};
use crate::terminal::say;

/// How long requests that are being answered may hold up the end.
const DRAIN: Duration = Duration::from_secs(10);

/// How long a start waits for tables that have everything still before them.
const CATCH_UP: Duration = Duration::from_mins(10);

/// Runs until somebody asks the process to end. Instances stay running: the next start resumes
/// them.
pub(crate) async fn serve(settings: &Settings, demo: bool) -> anyhow::Result<()> {
    let asked_to_end = asked_to_end()?;
    let folder = DataFolder::open(&settings.data_folder)?;
    let _ownership = folder.own().await?;
    let listener = listen(settings.listen).await?;
    let metrics = match settings.metrics_listen {
        Some(address) => Some(Metrics::listen(address).await?),
        None => None,
    };
    let store = CredentialStore::of(&folder);
    let secrets = prepare_credentials(&store)?;
    let log = open_log(settings).await?;
    let tables = open_tables(settings).await?;
    if settings.seed_on_start {
        seed_strategy_definitions(
            log.clone(),
            engine::registry(&live::trading(settings))?,
            clock().as_ref(),
        )
        .await
        .context("the built-in definitions could not be seeded")?;
    }
    let engine = Engine::build(settings, log.as_ref()).await?;
    let stop = CancellationToken::new();
    let mut workers = start_workers(settings, &engine, &log, &tables, &stop);
    let state = state(settings, &engine, log, tables, &secrets)?;
    workers.spawn(follow_credentials(store, state.clone(), stop.clone()));
    if let Some(metrics) = metrics {
        workers.spawn(metrics.serve(state.clone(), stop.clone()));
    }
    let answering = async {
        tokio::select! {
            prepared = prepare(&state, demo) => prepared?,
            () = asked_to_end.cancelled() => return Ok(()),
        }
        announce(&listener)?;
        answer(listener, state, asked_to_end).await;
        Ok(())
    };
    let served = tokio::select! {
        served = answering => served,
        // Better to end and be restarted than to answer from tables that stand still
        _ = workers.join_next() => Err(anyhow!("a part that works beside the answers ended early")),
    };
    // Only now: until the last answer, the tables follow
    stop.cancel();
    end(workers).await;
    served
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
) -> JoinSet<()> {
    let mut workers = JoinSet::new();
    let projector = Projector::new(tables.clone(), log.clone(), clock());
    workers.spawn(projector.run(stop.clone()));
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
    workers.spawn(run_in_turn(database, parts, stop.clone()));
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

/// What has to be so before the first answer: the switches are known, and the tables show
/// everything that was recorded so far, or a caller would decide on what is no longer true.
async fn prepare(state: &AppState, demo: bool) -> anyhow::Result<()> {
    state.switches.refresh().await?;
    if demo {
        let key = start_demo(state).await?;
        say(format!(
            "The demo instance {key} quotes WLD/USDT on recorded data."
        ));
    }
    let head = state.log.head().await?;
    if let Err(behind) = state.tables.wait_for(head, CATCH_UP).await {
        // The log still takes commands, and GET /health/ready tells what is wrong
        tracing::error!(error = %ErrorChain(&behind), "answering from tables that are behind");
    }
    Ok(())
}

fn announce(listener: &TcpListener) -> anyhow::Result<()> {
    let address = listener.local_addr()?;
    say(format!("Strategos is listening on http://{address}"));
    tracing::info!(%address, "listening");
    Ok(())
}

/// Answers requests until the end is asked for, then a little longer.
async fn answer(listener: TcpListener, state: AppState, asked_to_end: CancellationToken) {
    let too_long = async {
        asked_to_end.cancelled().await;
        tokio::time::sleep(DRAIN).await;
    };
    let shutdown = asked_to_end.clone().cancelled_owned();
    tokio::select! {
        () = api::serve(listener, state, shutdown) => {}
        () = too_long => {}
    }
}

async fn end(mut workers: JoinSet<()>) {
    while let Some(ended) = workers.join_next().await {
        if let Err(error) = ended {
            tracing::error!(error = %ErrorChain(&error), "a worker ended early");
        }
    }
    tracing::info!("ended");
}

/// Cancelled by Ctrl-C, or by what a service manager sends. Signals are caught from the very
/// beginning, so that even a process that is still starting ends in order.
fn asked_to_end() -> anyhow::Result<CancellationToken> {
    let cannot = "signals cannot be caught";
    let mut interrupt = signal(SignalKind::interrupt()).context(cannot)?;
    let mut terminate = signal(SignalKind::terminate()).context(cannot)?;
    let asked = CancellationToken::new();
    let told = asked.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("ending: open requests are answered, instances stay running");
        told.cancel();
    });
    Ok(asked)
}
