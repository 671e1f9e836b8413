//! What publishing would mean, before anybody does it.

use async_graphql::{Context, Enum, InputObject, MaybeUndefined, Object, Result, SimpleObject};
use domain::definition::DefinitionContent;
use domain::definition::compare::{self, compare, suggest};
use domain::instance::{InstanceStatus, config_violations};
use projections::instances::list::{self, InstancePage, InstanceSearch};

use super::change::Change;
use super::checks::{Finding, findings};
use super::contents::changes;
use crate::graphql::connection::count;
use crate::graphql::context::app;
use crate::graphql::failure::{bad_input, internal};
use crate::graphql::instances::Instance;
use crate::graphql::phrase::Phrase;
use crate::graphql::scalars::Json;
use crate::state::App;

/// Running instances looked at, and refused ones shown.
const LOOKED_AT: u32 = 5_000;
const SHOWN: usize = 100;

#[derive(Debug, Default)]
pub(crate) struct PublishCheckQuery;

/// The draft as it is, with whatever is given here instead.
#[derive(Debug, InputObject)]
pub(crate) struct PublishCheckInput {
    key: String,
    name: Option<String>,
    description: MaybeUndefined<String>,
    executor_type: Option<String>,
    config_schema: Option<Json>,
    default_config: Option<Json>,
    visibility: Option<String>,
}

#[derive(Debug, SimpleObject)]
struct PublishCheck {
    current_version: String,
    /// Of the definition whose draft was looked at: the `expectedRevision` to publish it with.
    revision: i64,
    /// Against the current version.
    changes: Vec<Change>,
    bump: Bump,
    /// The next free version for the bump; null when the current version's name is no version.
    suggested_version: Option<String>,
    /// Why this bump, in words.
    reason: String,
    /// What the reason says.
    reason_phrase: Phrase,
    findings: Vec<Finding>,
    /// Running instances that were looked at.
    checked_instances: i64,
    /// There are more running instances than were looked at, or more refused ones than are shown.
    incomplete: bool,
    /// Those whose configuration the new schema would refuse. They keep running.
    refused_instances: Vec<RefusedInstance>,
}

#[derive(Debug, SimpleObject)]
struct RefusedInstance {
    instance: Instance,
    errors: Vec<Finding>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "compare::Bump")]
enum Bump {
    None,
    Patch,
    Minor,
    Major,
}

#[Object]
impl PublishCheckQuery {
    /// What publishing would mean: the changes, a version to suggest, and which running instances'
    /// configurations the new schema would refuse.
    #[graphql(complexity = "50 + child_complexity")]
    async fn publish_check(
        &self,
        ctx: &Context<'_>,
        input: PublishCheckInput,
    ) -> Result<Option<PublishCheck>> {
        let app = app(ctx);
        let loaded = app.definitions.load(&input.key).await.map_err(internal)?;
        let Some(live) = loaded.aggregate.live() else {
            return Ok(None);
        };
        let wanted = changes(
            input.name,
            input.description,
            input.executor_type,
            input.config_schema,
            input.default_config,
            input.visibility,
        );
        let after = live
            .content
            .preview(wanted)
            .map_err(|refusal| bad_input(refusal.to_string()))?;
        let changes = compare(live.published_content(), &after);
        let suggestion = suggest(&changes, &live.current_version, &live.versions);
        let affected = affected(app, live.id, &after).await?;
        Ok(Some(PublishCheck {
            current_version: live.current_version.to_string(),
            revision: count(loaded.version),
            changes: changes.into_iter().map(Change::from).collect(),
            bump: suggestion.bump.into(),
            suggested_version: suggestion.version.map(|version| version.to_string()),
            reason: suggestion.reason.to_string(),
            reason_phrase: Phrase::from(&suggestion.reason),
            findings: findings(app, &after),
            checked_instances: count(affected.checked),
            incomplete: affected.incomplete,
            refused_instances: affected.refused,
        }))
    }
}

struct Affected {
    checked: usize,
    incomplete: bool,
    refused: Vec<RefusedInstance>,
}

async fn affected(
    app: &App,
    definition_id: domain::ids::DefinitionId,
    after: &DefinitionContent,
) -> Result<Affected> {
    let search = InstanceSearch {
        statuses: Some(vec![InstanceStatus::Running]),
        definition_id: Some(definition_id),
        ..InstanceSearch::default()
    };
    let page = InstancePage {
        limit: LOOKED_AT,
        ..InstancePage::default()
    };
    let found = list::page(&app.tables, &search, &page)
        .await
        .map_err(internal)?;
    let mut affected = Affected {
        checked: found.rows.len(),
        incomplete: found.more,
        refused: vec![],
    };
    let (schema, executor) = (&after.config_schema, &after.executor_type);
    for row in found.rows {
        // A schema that is wrong itself is told among the findings
        let Ok(mut violations) = config_violations(schema, executor, &row.config) else {
            break;
        };
        violations.extend(app.catalogue.validate_config(executor, &row.config));
        if violations.is_empty() {
            continue;
        }
        if affected.refused.len() == SHOWN {
            affected.incomplete = true;
            break;
        }
        let errors = violations.into_iter();
        affected.refused.push(RefusedInstance {
            instance: Instance::now(row),
            errors: errors
                .map(|violation| Finding::error("", violation))
                .collect(),
        });
    }
    Ok(affected)
}
