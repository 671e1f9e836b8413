//! What changed from one published version to another.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::definition::compare::compare;
use domain::ids::DefinitionKey;
use projections::definitions;

use super::change::Change;
use super::version::{DefinitionVersion, content_of};
use crate::graphql::context::{app, loaders};
use crate::graphql::failure::internal;
use crate::graphql::reading::Reading;

#[derive(Debug, Default)]
pub(crate) struct CompareVersionsQuery;

#[derive(Debug, SimpleObject)]
struct VersionComparison {
    from: DefinitionVersion,
    to: DefinitionVersion,
    changes: Vec<Change>,
}

#[Object]
impl CompareVersionsQuery {
    /// What changed from one published version to another: sentences first, then both contents.
    /// Null when there is no such definition or version.
    #[graphql(complexity = "20 + child_complexity")]
    async fn compare_versions(
        &self,
        ctx: &Context<'_>,
        key: String,
        from: String,
        to: String,
    ) -> Result<Option<VersionComparison>> {
        let key = DefinitionKey::new(key);
        let found = definitions::query::find_by_key(&app(ctx).tables, &key).await;
        let Some(definition) = found.map_err(internal)? else {
            return Ok(None);
        };
        let versions = loaders(ctx).versions(definition.id).await?;
        let find = |wanted: &str| {
            let row = versions.iter().find(|row| row.version.as_str() == wanted);
            row.cloned()
        };
        let (Some(from), Some(to)) = (find(&from), find(&to)) else {
            return Ok(None);
        };
        let changes = compare(&content_of(&from), &content_of(&to));
        let current = &definition.current_version;
        Ok(Some(VersionComparison {
            from: DefinitionVersion::new(from, current, Reading::default()),
            to: DefinitionVersion::new(to, current, Reading::default()),
            changes: changes.into_iter().map(Change::from).collect(),
        }))
    }
}
