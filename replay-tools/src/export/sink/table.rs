//! CSV, for spreadsheets.

use event_store::Recorded;

use super::Written;
use super::digested::Digested;

pub(crate) struct Table(csv::Writer<Digested>);

impl Table {
    pub(super) fn begin(file: Digested) -> anyhow::Result<Self> {
        let mut table = csv::Writer::from_writer(file);
        table.write_record([
            "position",
            "recorded_at",
            "stream",
            "stream_version",
            "type",
            "type_version",
            "id",
            "metadata",
            "payload",
        ])?;
        Ok(Self(table))
    }

    /// Its first line is there already.
    pub(super) fn go_on(file: Digested) -> Self {
        Self(csv::Writer::from_writer(file))
    }

    pub(super) fn so_far(&mut self) -> anyhow::Result<Written> {
        self.0.flush()?;
        Ok(self.0.get_ref().synced()?)
    }

    pub(super) fn write(&mut self, event: &Recorded) -> anyhow::Result<()> {
        self.0.write_record([
            &event.position.to_string(),
            &event
                .recorded_at
                .to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
            &event.stream.to_string(),
            &event.version.to_string(),
            &event.event_type,
            &event.event_version,
            &event.event_id.to_string(),
            &event.metadata,
            &event.payload,
        ])?;
        Ok(())
    }

    pub(super) fn finish(self) -> anyhow::Result<Digested> {
        let file = self.0.into_inner();
        file.map_err(|error| anyhow::anyhow!("{}", error.error()))
    }
}
