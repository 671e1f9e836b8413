//! `strategos doctor`: checks everything an operator would have to know, and says what to do.

mod accounts;
mod checklist;
mod folder;
mod history;
mod migration;

use std::sync::Arc;

use checklist::Check;
use domain::{ErrorChain, ExecutorCatalogue};
use event_store::{CommandGateway, EventLog};
use projections::Projector;

use crate::config::Settings;
use crate::stores::{clock, open_existing_log, open_tables};
use crate::terminal::say;

/// Prints every line of the checklist; true when nothing failed.
pub(crate) async fn doctor(settings: &Settings, catalogue: Arc<dyn ExecutorCatalogue>) -> bool {
    let mut checks = folder::check(settings);
    checks.extend(accounts::check(settings));
    match open_existing_log(settings).await {
        Ok(log) => checks.extend(stores(settings, log, catalogue).await),
        Err(error) => checks.push(Check::failed(
            "the database can be opened",
            format!("{error:#}"),
            "run `strategos serve` once, or correct --data-folder or --database-url",
        )),
    }
    for check in &checks {
        say(check.to_string());
    }
    let failed = checks.iter().filter(|check| !check.is_ok()).count();
    say(format!("{} ok, {failed} failed", checks.len() - failed));
    failed == 0
}

async fn stores(
    settings: &Settings,
    log: Arc<dyn EventLog>,
    catalogue: Arc<dyn ExecutorCatalogue>,
) -> Vec<Check> {
    let mut checks = lines("the log can be read", history::check_log(&log).await);
    let tables = match open_tables(settings).await {
        Ok(tables) => tables,
        Err(error) => return lines("the tables can be opened", Err(error)),
    };
    // Commands on the command line append without a server whose tables would follow
    let projector = Projector::new(tables.clone(), log.clone(), clock());
    if let Err(error) = projector.catch_up_all().await {
        let error = anyhow::Error::new(error);
        checks.extend(lines("the tables can catch up", Err(error)));
    }
    checks.extend(lines(
        "the tables can be read",
        history::check_tables(&tables, log.as_ref()).await,
    ));
    let definitions = CommandGateway::new(log, catalogue.clone());
    checks.extend(lines(
        "the checklist can be gone through",
        migration::check(&tables, &definitions, catalogue.as_ref()).await,
    ));
    checks
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
