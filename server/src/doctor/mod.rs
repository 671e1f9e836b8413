//! `strategos doctor`: checks everything an operator would have to know, and says what to do. It
//! changes nothing.

mod accounts;
mod checklist;
mod folder;
mod history;
mod migration;
mod schema;
mod scratch;

use std::sync::Arc;

use checklist::Check;
use domain::{ErrorChain, ExecutorCatalogue};
use event_store::{CommandGateway, EventLog, StoredRows};
use projections::{Schema, Tables};
use scratch::Scratch;

use crate::config::Settings;
use crate::stores::{look_at_log, look_at_tables};
use crate::terminal::say;

/// Prints every line of the checklist; true when nothing failed.
pub(crate) async fn doctor(settings: &Settings, catalogue: Arc<dyn ExecutorCatalogue>) -> bool {
    let mut checks = folder::check(settings);
    checks.extend(accounts::check(settings));
    match look_at_log(settings).await {
        Ok(Some(log)) => checks.extend(stores(settings, log, catalogue).await),
        Ok(None) => checks.push(unopened(format!(
            "there is no installation in {} yet",
            settings.database_url
        ))),
        Err(error) => checks.push(unopened(format!("{error:#}"))),
    }
    for check in &checks {
        say(check.to_string());
    }
    let failed = checks.iter().filter(|check| !check.is_ok()).count();
    say(format!("{} ok, {failed} failed", checks.len() - failed));
    failed == 0
}

fn unopened(found: String) -> Check {
    Check::failed(
        "the database can be opened",
        found,
        "run `strategos serve` once, or correct --data-folder or --database-url",
    )
}

async fn stores(
    settings: &Settings,
    stored: Arc<dyn StoredRows>,
    catalogue: Arc<dyn ExecutorCatalogue>,
) -> Vec<Check> {
    let subject = "the log's tables are this release's";
    let mut checks = lines(subject, schema::of_log(subject, stored.as_ref()).await);
    let log: Arc<dyn EventLog> = stored;
    checks.extend(lines("the log can be read", history::check_log(&log).await));
    let subject = "the tables are this release's";
    let tables = match usable_tables(settings, subject).await {
        Ok((check, tables)) => {
            checks.push(check);
            tables
        }
        Err(error) => {
            checks.extend(lines(subject, Err(error)));
            None
        }
    };
    if let Some(tables) = &tables {
        let followed = history::check_tables(tables, log.as_ref()).await;
        checks.extend(lines("the tables can be read", followed));
    }
    checks.extend(lines(
        "the checklist can be gone through",
        checklist(tables, log, catalogue).await,
    ));
    checks
}

/// The tables, when this release can read them.
async fn usable_tables(
    settings: &Settings,
    subject: &str,
) -> anyhow::Result<(Check, Option<Tables>)> {
    let Some(tables) = look_at_tables(settings).await? else {
        return Ok((schema::of_tables(subject, Schema::Absent), None));
    };
    let schema = tables.schema().await?;
    let readable = (schema == Schema::Current).then_some(tables);
    Ok((schema::of_tables(subject, schema), readable))
}

/// Commands on the command line append without a server whose tables would follow: then the checklist
/// goes by tables that are made for it.
async fn checklist(
    tables: Option<Tables>,
    log: Arc<dyn EventLog>,
    catalogue: Arc<dyn ExecutorCatalogue>,
) -> anyhow::Result<Vec<Check>> {
    let definitions = CommandGateway::new(log.clone(), catalogue.clone());
    let catalogue = catalogue.as_ref();
    match tables {
        Some(tables) if history::is_current(&tables, log.as_ref()).await? => {
            migration::check(&tables, &definitions, catalogue).await
        }
        Some(_) | None => {
            let scratch = Scratch::of(log).await?;
            migration::check(scratch.tables(), &definitions, catalogue).await
        }
    }
}

/// A check that could not be made is a failed one.
fn lines(subject: &str, checks: anyhow::Result<Vec<Check>>) -> Vec<Check> {
    checks.unwrap_or_else(|error| {
        let found = ErrorChain(error.as_ref()).to_string();
        vec![Check::failed(
            subject,
            found,
            "see the message; is the database in good order?",
        )]
    })
}
