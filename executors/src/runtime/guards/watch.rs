//! Reads every trade and every price that a run recorded, and adds up what each guard's runs earn.

use std::sync::Arc;

use domain::ErrorChain;
use domain::event::{Event, aggregate_type};
use domain::execution::{Execution, ExecutionEvent, ExecutionId, OrderIntent, PaidIn};
use domain::guard::{GuardScope, RiskGuards};
use domain::ids::{ClientOrderId, DefinitionKey, StrategyKey};
use event_store::{CommandGateway, EventLog, FeedFilter, Position, Recorded, StoreError};

use super::book::{Book, Earned, UnknownOrder};
use super::definitions::Definitions;
use super::measures::GuardMeasures;
use super::saved::Saved;
use crate::runtime::shared::Shared;

const PAGE: usize = 1000;

/// Without a guard it reads nothing but whether there is one.
#[derive(Debug)]
pub(crate) struct GuardWatch {
    pub(super) log: Arc<dyn EventLog>,
    pub(super) commands: CommandGateway<RiskGuards>,
    executions: Arc<CommandGateway<Execution>>,
    shown: GuardMeasures,
    pub(super) known: Saved,
    definitions: Definitions,
    position: Position,
    /// Events taken in since the state was last saved.
    unsaved: usize,
    save_every: usize,
}

impl GuardWatch {
    /// Takes up reading where the last process saved it.
    pub(crate) async fn open(shared: &Shared) -> Result<Self, StoreError> {
        let log = shared.log.clone();
        let (known, position) = Saved::read(log.as_ref()).await?;
        Ok(Self {
            commands: CommandGateway::new(log.clone(), ()),
            log,
            executions: shared.executions.clone(),
            shown: shared.measures.clone(),
            known,
            definitions: Definitions::default(),
            position,
            unsaved: 0,
            save_every: shared.settings.save_every,
        })
    }

    /// Reads to the end of the log; says whether a guard tripped.
    pub(crate) async fn catch_up(&mut self) -> Result<bool, StoreError> {
        'pages: loop {
            let idle = self.known.watched.is_empty();
            let page = self.log.feed(self.position, PAGE, &filter(idle)).await?;
            for recorded in &page.events {
                self.take_in(recorded).await?;
                // One by one: whatever ends this early, nothing was or will be counted twice
                self.position = recorded.position;
                self.unsaved += 1;
                if idle != self.known.watched.is_empty() {
                    // From here on it reads other events than this page has
                    continue 'pages;
                }
            }
            self.position = page.up_to;
            if page.at_head {
                break;
            }
        }
        self.known.show(&self.shown);
        let tripped = self.trip_what_reached_its_limit().await?;
        // What is saved grows with the runs, so with more of them it is saved less often
        if self.unsaved >= self.save_every.max(10 * self.known.books.len()) {
            self.save().await?;
        }
        Ok(tripped)
    }

    pub(crate) async fn save(&mut self) -> Result<(), StoreError> {
        self.known.write(self.log.as_ref(), self.position).await?;
        self.unsaved = 0;
        Ok(())
    }

    /// All of the event or, where it fails or is dropped, nothing of it.
    async fn take_in(&mut self, recorded: &Recorded) -> Result<(), StoreError> {
        match recorded.decode() {
            Ok(Event::RiskGuards(event)) => {
                self.known.guards.fold(event);
                self.known.watch_what_is_armed();
            }
            Ok(Event::Execution(event)) => self.earn(recorded, event).await?,
            Ok(Event::Instance(event)) => {
                let key = StrategyKey::new(&recorded.stream.aggregate_id);
                self.definitions.take_in(&key, &event);
            }
            Ok(
                Event::Definition(_)
                | Event::Installation(_)
                | Event::LegacyRecord(_)
                | Event::LegacyUsage(_)
                | Event::Login(_)
                | Event::Projection(_),
            ) => {}
            Err(error) => {
                tracing::error!(position = recorded.position.0, stream = %recorded.stream,
                    error = %ErrorChain(&error), "an event can't be read: a guard may not see a loss");
            }
        }
        Ok(())
    }

    async fn earn(&mut self, recorded: &Recorded, event: ExecutionEvent) -> Result<(), StoreError> {
        let id = &recorded.stream.aggregate_id;
        let Some((key, _)) = ExecutionId::parts(id) else {
            return Ok(());
        };
        let key = StrategyKey::new(key);
        let definition = self.definition_of(&key).await?;
        if !self.known.concerns(&key, definition.as_ref()) {
            return Ok(());
        }
        let known = self.known.books.remove(id);
        let known = known.filter(|book| book.version + 1 == recorded.version);
        let mut book = match known {
            Some(book) => book,
            None => self.book_before(recorded).await?,
        };
        book.version = recorded.version;
        let over = matches!(event, ExecutionEvent::ExecutionClosed { .. });
        let earned = match book.take_in(event) {
            Ok(earned) => earned,
            Err(UnknownOrder(fill)) => {
                let order = self.order(id, &fill.client_order_id).await?;
                if order.is_none() {
                    tracing::error!(position = recorded.position.0, stream = %recorded.stream,
                        "nobody knows the order of a trade: a guard may not see a loss");
                }
                order.and_then(|order| book.traded(&order, &fill))
            }
        };
        if !over {
            self.known.books.insert(id.clone(), book);
        }
        if let Some(earned) = earned {
            self.known
                .count(&earned, (&key, definition.as_ref()), recorded);
        }
        Ok(())
    }

    async fn definition_of(
        &mut self,
        key: &StrategyKey,
    ) -> Result<Option<DefinitionKey>, StoreError> {
        let mut guards = self.known.guards.all();
        if guards.any(|(_, guard)| matches!(guard.rule.scope, GuardScope::Definition(_))) {
            self.definitions.of(self.log.as_ref(), key).await
        } else {
            Ok(None)
        }
    }

    /// A run that is met on its way.
    async fn book_before(&self, recorded: &Recorded) -> Result<Book, StoreError> {
        let mut book = Book::default();
        while book.version + 1 < recorded.version {
            let page = self.log.load(&recorded.stream, book.version, PAGE).await?;
            let read_from = book.version;
            for earlier in page.iter().filter(|event| event.version < recorded.version) {
                book.version = earlier.version;
                if let Ok(Event::Execution(event)) = earlier.decode() {
                    // An unknown order would be in an event that can't be read, which was told
                    let _ = book.take_in(event);
                }
            }
            if book.version == read_from {
                break;
            }
        }
        Ok(book)
    }

    /// An order that ended, or that was placed before the state was last saved.
    async fn order(
        &self,
        execution: &str,
        id: &ClientOrderId,
    ) -> Result<Option<OrderIntent>, StoreError> {
        let loaded = self.executions.load(execution).await?;
        let order = loaded.aggregate.known_order(id);
        Ok(order.map(|order| order.intent.clone()))
    }
}

fn filter(idle: bool) -> FeedFilter {
    if idle {
        return FeedFilter::only(&[aggregate_type::RISK_GUARDS]);
    }
    FeedFilter::only(&[
        aggregate_type::RISK_GUARDS,
        aggregate_type::EXECUTION,
        aggregate_type::INSTANCE,
    ])
}

impl Saved {
    /// Whether any guard counts what this instance's runs earn.
    fn concerns(&self, key: &StrategyKey, definition: Option<&DefinitionKey>) -> bool {
        let mut guards = self.guards.all();
        guards.any(|(_, guard)| guard.rule.scope.concerns(key, definition))
    }

    fn count(
        &mut self,
        earned: &Earned,
        (key, definition): (&StrategyKey, Option<&DefinitionKey>),
        recorded: &Recorded,
    ) {
        for (name, guard) in self.guards.all() {
            let rule = &guard.rule;
            if PaidIn::of(&rule.currency, &earned.pair) == PaidIn::Quote
                && rule.scope.covers(key, definition, &earned.exchange)
                && let Some(watched) = self.watched.get_mut(name)
            {
                watched.earn(&earned.change, rule, recorded);
            }
        }
    }
}
