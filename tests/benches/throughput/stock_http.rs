//! The start endpoint as a service on stock cqrs-es + postgres-es would have it.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use cqrs_es::persist::{GenericQuery, PersistedEventStore, ViewRepository};
use cqrs_es::{AggregateContext, CqrsFramework, EventEnvelope, EventStore, View};
use domain::ExecutorCatalogue;
use domain::definition::{CreateDefinition, Definition, DefinitionCommand, DefinitionEvent};
use domain::ids::{ClientId, UserId};
use domain::instance::{Instance, InstanceCommand, LaunchRequest, StartInstance, plan_launch};
use domain::money::Decimal;
use postgres_es::{PostgresEventRepository, PostgresViewRepository};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::Executor;
use tokio::net::TcpListener;

use super::database::{Databases, POOL, pool};
use super::rebuild::InstanceView;
use super::stock::EVENTS_TABLE;

type Store<A> = PersistedEventStore<PostgresEventRepository, A>;
type Definitions = PostgresViewRepository<DefinitionView, Definition>;
type Instances = PostgresViewRepository<InstanceView, Instance>;

struct Service {
    catalogue: Arc<dyn ExecutorCatalogue>,
    definition_views: Arc<Definitions>,
    definitions: Store<Definition>,
    instances: CqrsFramework<Instance, Store<Instance>>,
}

/// Its view is found by the key; the id is what callers send.
#[derive(Debug, Default, Serialize, Deserialize)]
struct DefinitionView {
    id: String,
}

impl View<Definition> for DefinitionView {
    fn update(&mut self, event: &EventEnvelope<Definition>) {
        if let DefinitionEvent::DefinitionCreated { definition_id, .. } = &event.payload {
            self.id = definition_id.to_string();
        }
    }
}

pub(crate) async fn start(
    databases: &Databases,
    catalogue: Arc<dyn ExecutorCatalogue>,
    create: CreateDefinition,
) -> String {
    let pool = pool(&databases.postgres("stock_http").await, POOL).await;
    pool.execute(EVENTS_TABLE).await.expect("the events table");
    for view in ["definitions", "instances"] {
        let table = format!(
            "CREATE TABLE {view} (view_id text PRIMARY KEY, version bigint NOT NULL, payload json NOT NULL)"
        );
        pool.execute(table.as_str()).await.expect("a view table");
    }
    let repository = || PostgresEventRepository::new(pool.clone());
    let definition_views = Arc::new(Definitions::new("definitions", pool.clone()));
    let query = GenericQuery::new(definition_views.clone());
    let definitions = CqrsFramework::new(
        Store::new_event_store(repository()),
        vec![Box::new(query)],
        catalogue.clone(),
    );
    let key = create.key.to_string();
    definitions
        .execute(&key, DefinitionCommand::Create(create))
        .await
        .expect("a definition");
    let views: GenericQuery<Instances, InstanceView, Instance> =
        GenericQuery::new(Arc::new(Instances::new("instances", pool.clone())));
    let service = Service {
        definition_views,
        definitions: Store::new_event_store(repository()),
        instances: CqrsFramework::new(
            Store::new_event_store(repository()),
            vec![Box::new(views)],
            catalogue.clone(),
        ),
        catalogue,
    };
    let router = Router::new()
        .route("/admin/strategy/instances/start", post(start_instance))
        .with_state(Arc::new(service));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("bound"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct StartRequest {
    definition_id: String,
    user_id: String,
    client_id: String,
    config: Value,
}

async fn start_instance(
    State(service): State<Arc<Service>>,
    Json(request): Json<StartRequest>,
) -> (StatusCode, Json<Value>) {
    // A real service needs some way from the id to the stream; here there is one definition
    let key = "pure-market-making";
    let view = service
        .definition_views
        .load(key)
        .await
        .expect("the view answers");
    assert_eq!(
        view.expect("the definition is there").id,
        request.definition_id
    );
    let mut definition = service
        .definitions
        .load_aggregate(key)
        .await
        .expect("the log answers");
    let live = definition.aggregate().live().expect("it exists").clone();
    let launch = LaunchRequest {
        user_id: Some(UserId::new(request.user_id)),
        client_id: Some(ClientId::new(request.client_id)),
        market_making_order_id: None,
        overrides: request.config,
    };
    let plan = plan_launch(&live, launch, service.catalogue.as_ref()).expect("a valid start");
    let stream = plan.strategy_key.to_string();
    let command = InstanceCommand::Start(Box::new(StartInstance {
        plan,
        start_price: Some(Decimal::one()),
        started_at: chrono::DateTime::UNIX_EPOCH,
    }));
    service
        .instances
        .execute(&stream, command)
        .await
        .expect("a start");
    let answer = json!({
        "message": format!("Started strategy instance from definition {key}"),
        "definitionId": request.definition_id,
        "controllerType": "pureMarketMaking",
        "executorType": "pureMarketMaking",
    });
    (StatusCode::CREATED, Json(answer))
}
