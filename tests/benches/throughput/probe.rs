//! The smallest aggregate worth measuring: one command, one event of about 110 bytes of JSON.

use cqrs_es::event_sink::EventSink;
use cqrs_es::{Aggregate, DomainEvent};
use domain::MustSayWhy;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Probe {
    pub(crate) count: u64,
}

#[derive(Debug, Clone)]
pub(crate) struct Note(pub(crate) u64);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum ProbeEvent {
    Noted { number: u64, text: String },
}

impl ProbeEvent {
    pub(crate) fn number(number: u64) -> Self {
        let text = "a sentence of the length that a small event of the real system has".to_owned();
        Self::Noted { number, text }
    }
}

impl DomainEvent for ProbeEvent {
    fn event_type(&self) -> String {
        "Noted".to_owned()
    }

    fn event_version(&self) -> String {
        "1.0".to_owned()
    }
}

impl MustSayWhy for Note {
    fn must_say_why(&self) -> bool {
        false
    }
}

impl Aggregate for Probe {
    const TYPE: &'static str = "probe";
    type Command = Note;
    type Event = ProbeEvent;
    type Error = std::convert::Infallible;
    type Services = ();

    async fn handle(
        &mut self,
        Note(number): Note,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), Self::Error> {
        sink.write(ProbeEvent::number(number), self).await;
        Ok(())
    }

    fn apply(&mut self, ProbeEvent::Noted { .. }: ProbeEvent) {
        self.count += 1;
    }
}
