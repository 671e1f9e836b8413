//! A row of the original that has no aggregate of its own here: contributions, old order intents,
//! histories. Kept as it stood; nothing acts on it. One stream per table and row.

use chrono::{DateTime, Utc};
use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::event::{aggregate_type, domain_event};

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct LegacyRecord {
    imported: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ImportLegacyRecord {
    pub table: String,
    pub row_key: String,
    /// Column names to values; amounts as decimal strings.
    pub row: Map<String, Value>,
    /// What the importer decided about the row: `not executed: it was still NEW`.
    pub note: Option<String>,
    pub imported_at: DateTime<Utc>,
}

impl ImportLegacyRecord {
    /// The stream of this row.
    pub fn stream_id(&self) -> String {
        format!("{}:{}", self.table, self.row_key)
    }
}

/// Stored forever: add variants and optional fields, never rename or remove them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum LegacyRecordEvent {
    LegacyRecordImported {
        table: String,
        row_key: String,
        row: Map<String, Value>,
        note: Option<String>,
        imported_at: DateTime<Utc>,
    },
}

domain_event!(LegacyRecordEvent { LegacyRecordImported => "1.0" });

impl Aggregate for LegacyRecord {
    const TYPE: &'static str = aggregate_type::LEGACY_RECORD;
    type Command = ImportLegacyRecord;
    type Event = LegacyRecordEvent;
    type Error = std::convert::Infallible;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        (): &Self::Services,
        sink: &EventSink<Self>,
    ) -> Result<(), Self::Error> {
        // Importing the same row again is a restart of the importer
        if !self.imported {
            let ImportLegacyRecord {
                table,
                row_key,
                row,
                note,
                imported_at,
            } = command;
            let event = LegacyRecordEvent::LegacyRecordImported {
                table,
                row_key,
                row,
                note,
                imported_at,
            };
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: Self::Event) {
        match event {
            LegacyRecordEvent::LegacyRecordImported { .. } => self.imported = true,
        }
    }
}

#[cfg(test)]
mod tests {
    use cqrs_es::test::TestFramework;
    use serde_json::json;

    use super::*;
    use crate::examples::{at, object};

    fn import() -> ImportLegacyRecord {
        ImportLegacyRecord {
            table: "contribution".to_owned(),
            row_key: "c:1".to_owned(),
            row: object(json!({"amount": "100.5", "status": "pending"})),
            note: None,
            imported_at: at(0),
        }
    }

    fn imported() -> LegacyRecordEvent {
        LegacyRecordEvent::LegacyRecordImported {
            table: "contribution".to_owned(),
            row_key: "c:1".to_owned(),
            row: object(json!({"amount": "100.5", "status": "pending"})),
            note: None,
            imported_at: at(0),
        }
    }

    #[test]
    fn a_row_is_recorded_once() {
        let framework = || TestFramework::<LegacyRecord>::with(());
        framework()
            .given_no_previous_events()
            .when(import())
            .then_expect_events(vec![imported()]);
        framework()
            .given(vec![imported()])
            .when(import())
            .then_expect_events(vec![]);
    }

    #[test]
    fn a_stream_is_named_by_table_and_row() {
        assert_eq!(import().stream_id(), "contribution:c:1");
    }
}
