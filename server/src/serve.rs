//! `strategos serve`: everything in one process, from the first start to an orderly end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use api::auth::{Auth, Credentials};
use api::{App, AppState, Cors};
use domain::ErrorChain;
use event_store::EventLog;
use executors::{Runtime, RuntimeParts, RuntimeSettings};
use projections::{Projector, Tables};
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::admin;
use crate::config::{LegacyAuth, Settings};
use crate::credentials::{CredentialStore, Secrets};
use crate::data_folder::DataFolder;
use crate::demo::start_demo;
use crate::engine::{self, Engine};
use crate::seed::seed_strategy_definitions;
use crate::start_prices::VenueStartPrices;
use crate::stores::{clock, open_log, open_tables};
use crate::terminal::say;

/// How long requests that are being answered may hold up the end.
const DRAIN: Duration = Duration::from_secs(10);

/// Runs until somebody asks the process to end. Instances stay running: the next start resumes
/// them.
pub(crate) async fn serve(settings: &Settings, demo: bool) -> anyhow::Result<()> {
    let asked_to_end = asked_to_end()?;
    let folder = DataFolder::open(&settings.data_folder)?;
    let _ownership = folder.own()?;
    let listener = listen(settings.listen).await?;
    let secrets = prepare_credentials(&folder)?;
    let log = open_log(settings).await?;
    let tables = open_tables(settings).await?;
    if settings.seed_on_start {
        seed_strategy_definitions(log.clone(), engine::registry()?, clock().as_ref())
            .await
            .context("the built-in definitions could not be seeded")?;
    }
    let engine = Engine::build(settings, log.as_ref()).await?;
    let stop = CancellationToken::new();
    let workers = start_workers(&engine, &log, &tables, &stop).await?;
    let state = state(settings, &engine, log, tables, &secrets)?;
    state.switches.refresh().await?;
    if demo {
        let key = start_demo(&state).await?;
        say(format!(
            "The demo instance {key} quotes WLD/USDT on recorded data."
        ));
    }
    announce(&listener)?;
    let served = answer(listener, state, asked_to_end, stop.clone()).await;
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
fn prepare_credentials(folder: &DataFolder) -> anyhow::Result<Secrets> {
    let store = CredentialStore::of(folder);
    let prepared = store.prepare(|name| std::env::var(name).ok())?;
    if let Some(password) = &prepared.new_password {
        admin::tell(&store, password);
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
    let signing_key = secrets.signing_key.clone().into_bytes();
    let credentials = Credentials::try_new(&secrets.admin_password_hash, vec![signing_key])?;
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
        // As HTTP writes dates
        legacy_sunset: sunset.map(|at| at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()),
        ..defaults
    };
    Ok(Arc::new(App::new(
        log,
        tables,
        clock(),
        engine.registry.clone(),
        Arc::new(VenueStartPrices::of(engine)),
        Auth::new(credentials, clock()),
        settings,
    )))
}

/// The projector and the executors' runtime; both work until `stop`.
async fn start_workers(
    engine: &Engine,
    log: &Arc<dyn EventLog>,
    tables: &Tables,
    stop: &CancellationToken,
) -> anyhow::Result<JoinSet<()>> {
    let mut workers = JoinSet::new();
    let projector = Projector::new(tables.clone(), log.clone(), clock());
    workers.spawn(projector.run(stop.clone()));
    let runtime = Runtime::open(RuntimeParts {
        log: log.clone(),
        registry: engine.registry.clone(),
        venues: engine.venues.clone(),
        clock: clock(),
        settings: RuntimeSettings::default(),
    })
    .await?;
    let stop = stop.clone();
    workers.spawn(async move {
        if let Err(error) = runtime.run(stop).await {
            tracing::error!(error = %ErrorChain(&error), "the runtime's place was not saved");
        }
    });
    Ok(workers)
}

fn announce(listener: &TcpListener) -> anyhow::Result<()> {
    let address = listener.local_addr()?;
    say(format!("Strategos is listening on http://{address}"));
    tracing::info!(%address, "listening");
    Ok(())
}

/// Answers requests until the end is asked for, then a little longer.
async fn answer(
    listener: TcpListener,
    state: AppState,
    asked_to_end: impl Future<Output = ()> + Send + 'static,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let ending = stop.clone();
    let shutdown = async move {
        asked_to_end.await;
        tracing::info!("ending: open requests are answered, instances stay running");
        ending.cancel();
    };
    let too_long = async {
        stop.cancelled().await;
        tokio::time::sleep(DRAIN).await;
    };
    tokio::select! {
        served = api::serve(listener, state, shutdown) => served.context("the server failed"),
        () = too_long => Ok(()),
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

/// Ctrl-C, or what a service manager sends. Caught from the very beginning, so that even a process
/// that is still starting ends in order.
fn asked_to_end() -> anyhow::Result<impl Future<Output = ()> + Send + 'static> {
    let cannot = "signals cannot be caught";
    let mut interrupt: Signal = signal(SignalKind::interrupt()).context(cannot)?;
    let mut terminate: Signal = signal(SignalKind::terminate()).context(cannot)?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
