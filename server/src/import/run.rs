//! The import from survey to report.

use std::sync::Arc;

use domain::ExecutorCatalogue;
use domain::clock::Clock;
use event_store::EventLog;
use futures::{StreamExt, TryStreamExt};
use indicatif::{ProgressBar, ProgressStyle};
use projections::instances::TakenIds;

use super::ImportError;
use super::cell::SourceRow;
use super::definitions::read_definition;
use super::instances::{Links, read_instance};
use super::recorder::Recorder;
use super::records::{doubt_about, read_record};
use super::report::{Outcome, Report};
use super::source::{FoundTable, LegacySource};
use super::survey::Survey;
use super::tables::{DEFINITIONS, INSTANCES, Table};
use super::versions::{VersionRows, read_versions};

/// Records that travel together: they share durable transactions, so a long history takes minutes
/// instead of hours.
const IN_FLIGHT: usize = 64;

/// A source that can be imported: it is whole, and of a shape that is known.
#[derive(Debug)]
pub(crate) struct Importable {
    source: LegacySource,
    survey: Survey,
    label: String,
}

impl Importable {
    /// Looks at everything that `from` holds.
    pub(crate) async fn find(from: &str) -> Result<Self, ImportError> {
        let mut source = LegacySource::open(from).await?;
        let survey = Survey::of(&mut source).await?;
        Ok(Self {
            source,
            survey,
            label: LegacySource::label(from),
        })
    }

    /// Imports it into `log`, or says what that would do.
    pub(crate) async fn import(
        self,
        dry_run: bool,
        log: Option<Arc<dyn EventLog>>,
        catalogue: &Arc<dyn ExecutorCatalogue>,
        clock: Arc<dyn Clock>,
    ) -> Result<Report, ImportError> {
        let Self {
            mut source,
            survey,
            label,
        } = self;
        let ids = match &log {
            Some(log) => ids_here(log.as_ref()).await?,
            None => TakenIds::default(),
        };
        let mut import = Import {
            recorder: Recorder::new(log, catalogue, clock, &label, dry_run),
            catalogue: catalogue.clone(),
            progress: progress_bar(survey.rows()),
            links: Links::new(),
            ids,
            report: Report {
                source: label,
                dry_run,
                tables: vec![],
                decisions: vec![],
                left_out: vec![],
            },
        };
        let versions = read_versions(&mut source, survey.versions.as_ref()).await?;
        if let Some(found) = &survey.definitions {
            import.definitions(&mut source, found, &versions).await?;
        }
        import.instances(&mut source, &survey).await?;
        for found in &survey.records {
            import.records(&mut source, found).await?;
        }
        import.progress.finish_and_clear();
        import.report.left_out = survey.left_out;
        Ok(import.report)
    }
}

/// An import under way.
struct Import {
    recorder: Recorder,
    catalogue: Arc<dyn ExecutorCatalogue>,
    progress: ProgressBar,
    links: Links,
    /// Of instances here.
    ids: TakenIds,
    report: Report,
}

impl Import {
    async fn definitions(
        &mut self,
        source: &mut LegacySource,
        found: &FoundTable,
        versions: &VersionRows,
    ) -> Result<(), ImportError> {
        let mut rows = source.rows(found);
        while let Some(mut row) = rows.try_next().await? {
            let mut notes = row.blanked();
            let old_id = row.find_text(&["id"]).unwrap_or_default();
            let snapshots = versions.get(&old_id).map_or(&[][..], Vec::as_slice);
            match read_definition(&row, snapshots, self.catalogue.as_ref()) {
                Err(problem) => {
                    notes.push(format!("kept as a record only: {problem}"));
                    self.keep(&DEFINITIONS, &row, notes).await?;
                }
                Ok(read) => {
                    notes.extend(read.notes);
                    self.definition(&row, old_id, read.import, notes).await?;
                }
            }
            self.progress.inc(1);
        }
        Ok(())
    }

    async fn definition(
        &mut self,
        row: &SourceRow,
        old_id: String,
        import: domain::definition::ImportDefinition,
        mut notes: Vec<String>,
    ) -> Result<(), ImportError> {
        let key = import.key.clone();
        let done = self.recorder.definition(import).await?;
        let is_linked = done.link.is_some();
        if let Some(link) = done.link {
            self.links.insert(old_id, link);
        }
        if done.outcome != Outcome::NotRecorded {
            self.report.count(DEFINITIONS.name, done.outcome);
            self.report.note(&DEFINITIONS, key.as_str(), &notes);
            return Ok(());
        }
        notes.push(if is_linked {
            format!("kept as a record only: {key} exists here already; its instances link to that")
        } else {
            format!("kept as a record only: {key} was removed here; its instances lose their link")
        });
        self.keep(&DEFINITIONS, row, notes).await
    }

    async fn instances(
        &mut self,
        source: &mut LegacySource,
        survey: &Survey,
    ) -> Result<(), ImportError> {
        let mut rows = source.rows(&survey.instances);
        while let Some(mut row) = rows.try_next().await? {
            let mut notes = row.blanked();
            let key = row.find_text(&["strategyKey"]).unwrap_or_default();
            let newest = survey.newest.get(&key).copied();
            match read_instance(&row, &self.links, notes.clone()) {
                Err(problem) => {
                    notes.push(format!("kept as a record only: {problem}"));
                    self.keep(&INSTANCES, &row, notes).await?;
                }
                Ok(read) if newest.is_some_and(|newest| newest != read.import.row.legacy_id) => {
                    notes.push(format!(
                        "kept as a record only: a newer row has the key {key}"
                    ));
                    self.keep(&INSTANCES, &row, notes).await?;
                }
                Ok(mut read) => {
                    let wanted = read.import.row.legacy_id;
                    let outcome = self.recorder.instance(read.import).await?;
                    if outcome == Outcome::Recorded {
                        let dealt = self.ids.claim(wanted);
                        read.notes.extend(renumbered(wanted, dealt));
                    }
                    if outcome == Outcome::NotRecorded {
                        notes.push(format!(
                            "kept as a record only: another instance here has the key {key}"
                        ));
                        self.keep(&INSTANCES, &row, notes).await?;
                    } else {
                        self.report.count(INSTANCES.name, outcome);
                        self.report.note(&INSTANCES, &key, &read.notes);
                    }
                }
            }
            self.progress.inc(1);
        }
        Ok(())
    }

    async fn records(
        &mut self,
        source: &mut LegacySource,
        found: &FoundTable,
    ) -> Result<(), ImportError> {
        let Self {
            recorder,
            progress,
            report,
            ..
        } = self;
        let table = &found.table;
        let recorded = source.rows(found).map(|row| {
            let recorder = &*recorder;
            async move {
                let mut row = row?;
                let mut notes = row.blanked();
                notes.extend(doubt_about(table, &row));
                record(recorder, table, &row, notes).await
            }
        });
        let mut recorded = recorded.buffered(IN_FLIGHT);
        while let Some(kept) = recorded.try_next().await? {
            report.kept(table, &kept);
            progress.inc(1);
        }
        Ok(())
    }

    /// Keeps a row that could not become what its table holds, so that nothing is lost.
    async fn keep(
        &mut self,
        table: &Table,
        row: &SourceRow,
        notes: Vec<String>,
    ) -> Result<(), ImportError> {
        let kept = record(&self.recorder, table, row, notes).await?;
        self.report.kept(table, &kept);
        Ok(())
    }
}

async fn ids_here(log: &dyn EventLog) -> Result<TakenIds, ImportError> {
    let ids = TakenIds::dealt(log).await;
    ids.map_err(|error| ImportError::Recording(Box::new(error)))
}

fn renumbered(wanted: i64, dealt: i64) -> Option<String> {
    (wanted != dealt).then(|| format!("its id {wanted} is taken here: it gets {dealt}"))
}

/// A row that was kept as a record, or could not be.
struct Kept {
    row: String,
    outcome: Outcome,
    notes: Vec<String>,
}

async fn record(
    recorder: &Recorder,
    table: &Table,
    row: &SourceRow,
    mut notes: Vec<String>,
) -> Result<Kept, ImportError> {
    let outcome = match read_record(table, row, &notes, recorder.now()) {
        Ok(import) => recorder.record(import).await?,
        Err(problem) => {
            notes.push(format!("not recorded: {problem}"));
            Outcome::NotRecorded
        }
    };
    Ok(Kept {
        row: row.find_text(&[table.key]).unwrap_or_default(),
        outcome,
        notes,
    })
}

impl Report {
    fn kept(&mut self, table: &Table, kept: &Kept) {
        self.count(table.name, kept.outcome);
        self.note(table, &kept.row, &kept.notes);
    }

    fn note(&mut self, table: &Table, row: &str, notes: &[String]) {
        if !notes.is_empty() {
            self.decide(table.name, row, notes.join("; "));
        }
    }
}

impl SourceRow {
    /// Takes the row's secrets away and says so.
    fn blanked(&mut self) -> Vec<String> {
        let taken = self.take_secrets();
        if taken.is_empty() {
            return vec![];
        }
        vec![format!("without its secrets: {}", taken.join(", "))]
    }
}

/// Shown on a terminal only.
fn progress_bar(rows: u64) -> ProgressBar {
    let bar = ProgressBar::new(rows);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} rows, {eta} left") {
        bar.set_style(style);
    }
    bar
}
