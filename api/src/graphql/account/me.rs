//! Who asks, and what they may do.

use async_graphql::{Context, Enum, Object, Result, SimpleObject};

use crate::graphql::context::asker;

#[derive(Debug, Default)]
pub(crate) struct MeQuery;

#[derive(Debug, SimpleObject)]
struct Me {
    name: String,
    role: Role,
    /// `definitions:publish` and the like.
    permissions: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "event_store::Role")]
pub(crate) enum Role {
    Viewer,
    Auditor,
    Operator,
    Editor,
    Publisher,
    Admin,
    /// A part of Strategos itself.
    System,
}

#[Object]
impl MeQuery {
    /// Who asks, and what they may do.
    #[expect(clippy::unused_async, reason = "every field of GraphQL is async")]
    async fn me(&self, ctx: &Context<'_>) -> Result<Me> {
        let identity = &asker(ctx)?.identity;
        let permissions = identity.permissions();
        Ok(Me {
            name: identity.name.clone(),
            role: identity.role.into(),
            permissions: permissions.iter().map(|&one| one.to_owned()).collect(),
        })
    }
}
