//! Anything that has a global id, by it.

use async_graphql::{Context, ID, Interface, Object, Result};
use domain::ids::{DefinitionKey, StrategyKey};
use event_store::Position;
use futures::future::try_join_all;

use super::context::loaders;
use super::definitions::{Definition, DefinitionVersion};
use super::events::{Event, event_at};
use super::executions::{Execution, find_execution};
use super::failure::bad_input;
use super::global_id::parse;
use super::instances::Instance;
use super::reading::Reading;

/// Ids looked up in one request.
const MOST: usize = 100;

#[derive(Debug, Default)]
pub(crate) struct NodeQuery;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Definition,
    DefinitionVersion,
    Instance,
    Execution,
    Event,
}

impl Kind {
    const ALL: [Self; 5] = [
        Self::Definition,
        Self::DefinitionVersion,
        Self::Instance,
        Self::Execution,
        Self::Event,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Definition => "Definition",
            Self::DefinitionVersion => "DefinitionVersion",
            Self::Instance => "Instance",
            Self::Execution => "Execution",
            Self::Event => "Event",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

#[derive(Debug, Interface)]
#[graphql(field(
    name = "id",
    ty = "ID",
    desc = "Unique over all types; unreadable on purpose."
))]
enum Node {
    Definition(Definition),
    DefinitionVersion(DefinitionVersion),
    Instance(Instance),
    Execution(Execution),
    Event(Event),
}

#[Object]
impl NodeQuery {
    async fn node(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Node>> {
        find(ctx, &id).await
    }

    #[graphql(complexity = "ids.len() * child_complexity + 1")]
    async fn nodes(&self, ctx: &Context<'_>, ids: Vec<ID>) -> Result<Vec<Option<Node>>> {
        if ids.len() > MOST {
            return Err(bad_input(format!("no more than {MOST} ids at once")));
        }
        // Together: they are looked up by one statement of each kind
        try_join_all(ids.iter().map(|id| find(ctx, id))).await
    }
}

async fn find(ctx: &Context<'_>, id: &ID) -> Result<Option<Node>> {
    let Some((kind, parts)) = parse(id) else {
        return Ok(None);
    };
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    Ok(match (kind, parts.as_slice()) {
        (Kind::Definition, [key]) => {
            let key = DefinitionKey::new(*key);
            let row = loaders(ctx).definition_by_key(key).await?;
            row.map(|row| Node::Definition(Definition::new(row, Reading::default())))
        }
        (Kind::DefinitionVersion, [key, version]) => {
            let key = DefinitionKey::new(*key);
            let found = find_version(ctx, key, version).await?;
            found.map(Node::DefinitionVersion)
        }
        (Kind::Instance, [key]) => {
            let row = loaders(ctx).instance(StrategyKey::new(*key)).await?;
            row.map(|row| Node::Instance(Instance::new(row, Reading::default())))
        }
        (Kind::Execution, [key, run]) => match run.parse() {
            Ok(run) => {
                let execution =
                    find_execution(ctx, Reading::default(), &StrategyKey::new(*key), run).await?;
                execution.map(Node::Execution)
            }
            Err(_) => None,
        },
        (Kind::Event, [position]) => match position.parse() {
            Ok(position) => event_at(ctx, Position(position)).await?.map(Node::Event),
            Err(_) => None,
        },
        _ => None,
    })
}

async fn find_version(
    ctx: &Context<'_>,
    key: DefinitionKey,
    version: &str,
) -> Result<Option<DefinitionVersion>> {
    let Some(definition) = loaders(ctx).definition_by_key(key).await? else {
        return Ok(None);
    };
    let rows = loaders(ctx).versions(definition.id).await?;
    let row = rows.iter().find(|row| row.version.as_str() == version);
    let current = &definition.current_version;
    Ok(row.map(|row| DefinitionVersion::new(row.clone(), current, Reading::default())))
}
