//! Asks an exchange. Several instances of ccxt wait for work, so that no slow answer holds up a
//! cancellation; what has been sent is never broken off midway.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ccxt::{Params, TypedExchange, Value};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::account::LiveAccount;
use super::connect::{Access, connect};
use super::failure::Failure;
use super::quiet_panics::quietly;
use super::redaction::Redaction;
use super::venue::ConnectError;

/// What a request is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Books, prices and rules: nobody's in particular.
    Look,
    /// New orders and cancellations.
    Trade,
    /// What became of orders, what was traded, what the account has.
    Ask,
}

/// One request: an endpoint as ccxt calls it, and what is sent to it, in this order.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Call {
    endpoint: String,
    parameters: Params,
}

impl Call {
    pub(super) fn to(endpoint: impl Into<String>) -> Self {
        Self {
            endpoint: endpoint.into(),
            parameters: Params::new(),
        }
    }

    /// As ccxt takes them, and sends them: text.
    pub(super) fn parameters(self) -> Value {
        self.parameters.into_value_object()
    }

    pub(super) fn with(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.parameters = self.parameters.with_str(name, &value.to_string());
        self
    }
}

#[derive(Debug)]
pub(super) struct Session {
    look: Arc<Pool>,
    trade: Arc<Pool>,
    ask: Arc<Pool>,
    account: LiveAccount,
    redaction: Redaction,
}

impl Session {
    pub(super) fn try_new(account: &LiveAccount) -> Result<Self, ConnectError> {
        let private = |size| Pool::new(account, Access::Private, size);
        let (trade, ask) = if account.exchange.one_at_a_time() {
            let one = private(1);
            (one.clone(), one)
        } else {
            (private(4), private(2))
        };
        // Whatever is wrong with the account's settings shows now, not with the first order
        trade.idle().push(connect(account, Access::Private)?);
        Ok(Self {
            look: Pool::new(account, Access::Public, 2),
            trade,
            ask,
            account: account.clone(),
            redaction: account.redaction(),
        })
    }

    /// Whoever gives up while all instances are busy has sent nothing. Once it is sent, the request
    /// runs to its end, whether or not somebody still waits.
    pub(super) async fn ask(&self, purpose: Purpose, call: Call) -> Result<Value, Failure> {
        let pool = match purpose {
            Purpose::Look => &self.look,
            Purpose::Trade => &self.trade,
            Purpose::Ask => &self.ask,
        };
        let lent = pool.lend().await?;
        self.run(lent, call).await
    }

    /// All markets are megabytes, and ccxt keeps them: what read them is not used again.
    pub(super) async fn markets(&self, call: Call) -> Result<Value, Failure> {
        let exchange = made(connect(&self.account, Access::Public))?;
        self.run(Lent::once(exchange), call).await
    }

    async fn run(&self, mut lent: Lent, call: Call) -> Result<Value, Failure> {
        let endpoint = call.endpoint.clone();
        let parameters = vec![call.parameters()];
        let work = quietly(async move {
            let exchange = lent.exchange.as_mut()?;
            Some(exchange.call_raw(&endpoint, parameters).await)
        });
        match tokio::spawn(work).await {
            // An endpoint that ccxt does not know answers nothing, too
            Ok(None | Some(Ok(Value::Null))) => Err(Failure::unreadable("it is empty")),
            Ok(Some(Ok(answer))) => Ok(answer),
            Ok(Some(Err(error))) => Err(Failure::of(&error, &self.redaction)),
            Err(_) => Err(Failure::unreadable("the request broke off")),
        }
    }
}

fn made(
    instance: Result<Box<dyn TypedExchange>, ConnectError>,
) -> Result<Box<dyn TypedExchange>, Failure> {
    instance.map_err(|error| Failure::refused_here(error.to_string()))
}

/// Instances of ccxt that are not at work. More are made when they are needed.
struct Pool {
    idle: Mutex<Vec<Box<dyn TypedExchange>>>,
    permits: Arc<Semaphore>,
    account: LiveAccount,
    access: Access,
}

impl Pool {
    fn new(account: &LiveAccount, access: Access, size: usize) -> Arc<Self> {
        Arc::new(Self {
            idle: Mutex::default(),
            permits: Arc::new(Semaphore::new(size)),
            account: account.clone(),
            access,
        })
    }

    async fn lend(self: &Arc<Self>) -> Result<Lent, Failure> {
        let permit = self.permits.clone().acquire_owned().await;
        let permit = permit.map_err(|_| Failure::refused_here("the exchange is closed"))?;
        let idle = self.idle().pop();
        let exchange = match idle {
            Some(exchange) => exchange,
            None => made(connect(&self.account, self.access))?,
        };
        Ok(Lent {
            exchange: Some(exchange),
            home: Some((self.clone(), permit)),
        })
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Box<dyn TypedExchange>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Pool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pool").finish_non_exhaustive()
    }
}

/// Goes back by itself.
struct Lent {
    exchange: Option<Box<dyn TypedExchange>>,
    home: Option<(Arc<Pool>, OwnedSemaphorePermit)>,
}

impl Lent {
    fn once(exchange: Box<dyn TypedExchange>) -> Self {
        Self {
            exchange: Some(exchange),
            home: None,
        }
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let (Some(exchange), Some((pool, _))) = (self.exchange.take(), &self.home) {
            pool.idle().push(exchange);
        }
    }
}
