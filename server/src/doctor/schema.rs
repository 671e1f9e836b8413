//! Whether the database has had all changes of this release.

use event_store::StoredRows;
use projections::Schema;

use super::checklist::Check;

const BRING: &str = "start this release's server, or run `strategos migrate`";

/// One that a newer release has changed does not open in the first place.
pub(super) async fn of_log(subject: &str, log: &dyn StoredRows) -> anyhow::Result<Vec<Check>> {
    let missing = log.missing_changes().await?;
    Ok(vec![compared(subject, missing)])
}

pub(super) fn of_tables(subject: &str, schema: Schema) -> Check {
    match schema {
        Schema::Absent => Check::ok(subject, "none are made yet: the server makes them"),
        Schema::Current => compared(subject, 0),
        Schema::Older { missing } => compared(subject, missing),
        Schema::Newer { change } => Check::failed(
            subject,
            format!("a newer release made change {change}"),
            "use that release: this one will not start on them",
        ),
    }
}

fn compared(subject: &str, missing: usize) -> Check {
    Check::that(
        missing == 0,
        subject,
        format!("changes still to be made: {missing}"),
        BRING,
    )
}
