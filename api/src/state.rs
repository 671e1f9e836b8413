//! Everything a handler may use.

use std::sync::Arc;
use std::time::Duration;

use domain::clock::Clock;
use domain::definition::Definition;
use domain::execution::Execution;
use domain::guard::RiskGuards;
use domain::installation::Installation;
use domain::instance::Instance;
use domain::legacy_usage::LegacyUsage;
use domain::login::Logins;
use domain::projection::Projection;
use domain::{ErrorChain, ExecutorCatalogue};
use event_store::{CommandGateway, EventLog, Position};
use projections::Tables;
use tokio_util::sync::CancellationToken;

use crate::auth::Auth;
use crate::backtests::{Backtester, Backtests};
use crate::definition_keys::DefinitionKeys;
use crate::express::Cors;
use crate::graphql::{Rebuilds, SocketLimits};
use crate::guard_measures::GuardMeasures;
use crate::legacy_usage::LegacyCalls;
use crate::start_prices::StartPrices;
use crate::switches::Switches;

/// What handlers share; cheap to clone.
pub type AppState = Arc<App>;

#[derive(Debug)]
pub struct App {
    pub log: Arc<dyn EventLog>,
    pub definitions: CommandGateway<Definition>,
    pub instances: CommandGateway<Instance>,
    pub tables: Tables,
    pub clock: Arc<dyn Clock>,
    pub catalogue: Arc<dyn ExecutorCatalogue>,
    pub start_prices: Arc<dyn StartPrices>,
    pub guard_measures: Arc<dyn GuardMeasures>,
    pub backtester: Arc<dyn Backtester>,
    pub auth: Auth,
    pub switches: Switches,
    pub legacy_calls: LegacyCalls,
    pub(crate) logins: CommandGateway<Logins>,
    pub settings: Settings,
    pub(crate) executions: CommandGateway<Execution>,
    pub(crate) projections: CommandGateway<Projection>,
    pub(crate) guards: CommandGateway<RiskGuards>,
    pub(crate) definition_keys: DefinitionKeys,
    pub(crate) rebuilds: Rebuilds,
    pub(crate) backtests: Backtests,
    /// Cancelled when the server ends: whoever follows something lets go.
    pub(crate) closing: CancellationToken,
}

/// What executors and venues do for handlers that know neither.
#[derive(Debug, Clone)]
pub struct Ports {
    pub catalogue: Arc<dyn ExecutorCatalogue>,
    pub start_prices: Arc<dyn StartPrices>,
    pub guard_measures: Arc<dyn GuardMeasures>,
    pub backtester: Arc<dyn Backtester>,
}

/// What an operator may choose.
#[derive(Debug, Clone)]
pub struct Settings {
    pub legacy_auth: LegacyAuth,
    pub cors: Cors,
    /// Take a client's address from the last `X-Forwarded-For` entry. Only behind a proxy that sets
    /// it: otherwise anybody can be anybody.
    pub behind_proxy: bool,
    /// When the type-based paths go away, told to their callers as an HTTP date.
    pub legacy_sunset: Option<String>,
    /// When they were declared deprecated, in seconds since 1970.
    pub legacy_deprecated_at: i64,
    /// How long an answer to a command waits for the tables to show it.
    pub read_your_writes: Duration,
    /// Events that tables may be behind before this node reports that it is not ready.
    pub lag_budget: u64,
    /// How long they may be behind by anything at all before it does.
    pub lag_patience: Duration,
    /// Connections open at once; further ones wait.
    pub connections: usize,
    /// How long the head of a request may take to arrive, and a connection may be idle between two.
    pub head_within: Duration,
    /// How long the body of a request may take to arrive.
    pub body_within: Duration,
    /// How long one GraphQL request may take; subscriptions take as long as they are wanted.
    pub deadline: Duration,
    /// Of GraphQL over web sockets.
    pub sockets: SocketLimits,
    /// Requests are timed for whoever reads the figures; costs each of them a little.
    pub time_requests: bool,
    /// What the program was built from, where that is known.
    pub commit: Option<&'static str>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            legacy_auth: LegacyAuth::default(),
            cors: Cors::default(),
            behind_proxy: false,
            legacy_sunset: None,
            legacy_deprecated_at: 1_764_547_200,
            read_your_writes: Duration::from_secs(5),
            lag_budget: 10_000,
            lag_patience: Duration::from_secs(30),
            // A process may often have no more than 1,024 files open: those left over are for the
            // database and the exchanges
            connections: 768,
            head_within: Duration::from_secs(30),
            body_within: Duration::from_secs(15),
            deadline: Duration::from_secs(15),
            sockets: SocketLimits::default(),
            time_requests: false,
            commit: None,
        }
    }
}

/// Who may call `/strategy/*`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LegacyAuth {
    /// Anybody, as the oldest callers expect.
    Open,
    /// Holders of a token.
    #[default]
    Required,
}

impl App {
    pub fn new(
        log: Arc<dyn EventLog>,
        tables: Tables,
        clock: Arc<dyn Clock>,
        ports: Ports,
        auth: Auth,
        settings: Settings,
    ) -> Self {
        let Ports {
            catalogue,
            start_prices,
            guard_measures,
            backtester,
        } = ports;
        let installation = CommandGateway::<Installation>::new(log.clone(), ());
        let usage = CommandGateway::<LegacyUsage>::new(log.clone(), ());
        Self {
            definitions: CommandGateway::new(log.clone(), catalogue.clone()),
            instances: CommandGateway::new(log.clone(), catalogue.clone()),
            executions: CommandGateway::new(log.clone(), ()),
            projections: CommandGateway::new(log.clone(), ()),
            guards: CommandGateway::new(log.clone(), ()),
            switches: Switches::new(installation),
            legacy_calls: LegacyCalls::new(usage, clock.clone()),
            logins: CommandGateway::new(log.clone(), ()),
            log,
            tables,
            clock,
            catalogue,
            start_prices,
            guard_measures,
            backtester,
            auth,
            settings,
            definition_keys: DefinitionKeys::default(),
            rebuilds: Rebuilds::default(),
            backtests: Backtests::default(),
            closing: CancellationToken::new(),
        }
    }

    /// Waits until the tables show a command, so that its caller reads its own writes. Gives up
    /// after a while: the command is recorded all the same.
    pub(crate) async fn tables_show(&self, position: Position) {
        self.tables_reach(position).await;
    }

    /// As [`Self::tables_show`], for decisions that must not be taken on tables that are behind.
    pub(crate) async fn tables_reach(&self, position: Position) -> bool {
        let reached = self
            .tables
            .wait_for(position, self.settings.read_your_writes)
            .await;
        if let Err(behind) = &reached {
            tracing::warn!(%position, error = %ErrorChain(behind), "the tables are behind");
        }
        reached.is_ok()
    }
}
