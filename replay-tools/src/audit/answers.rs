//! What requests with an idempotency key were answered, held against the events that keep the same key.

use std::collections::HashMap;

use event_store::{Metadata, Recorded, Source, StoredAnswer, StoredRows};

use super::{Findings, Row};

/// Answers per read.
const PAGE: usize = 1_000;

/// Legacy paths that keep no answer, because repeating them is harmless.
const WITHOUT_ANSWERS: [&str; 4] = [
    "DefinitionRemoved",
    "InstanceStopped",
    "LegacyLinkBackfilled",
    "LegacyLinkSkipped",
];

/// Grows with the number of answers, which is that of requests with a key, and not with that of events.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    by_position: HashMap<u64, StoredAnswer>,
    held: u64,
    /// Positions up to here came by an import, which brings no answers.
    imported: u64,
    waiting: Option<Keyed>,
    pub(crate) findings: Findings,
}

/// An event that was recorded with a key and is not the last of its request, or has no answer.
#[derive(Debug)]
struct Keyed {
    event: Recorded,
    key: String,
}

impl Answers {
    pub(crate) async fn read(log: &dyn StoredRows, imported: u64) -> anyhow::Result<Self> {
        let mut answers = Self {
            imported,
            ..Self::default()
        };
        let mut after = String::new();
        loop {
            let page = log.answers(&after, PAGE).await?;
            let Some(last) = page.last() else {
                return Ok(answers);
            };
            after.clone_from(&last.key);
            for answer in page {
                answers.take(answer);
            }
        }
    }

    fn take(&mut self, answer: StoredAnswer) {
        let position = answer.position.cast_unsigned();
        if let Some(other) = self.by_position.insert(position, answer) {
            let same = &self.by_position[&position].key;
            self.findings.add(format!(
                "the answers to the requests {} and {same} both name position {}",
                other.key, other.position
            ));
        }
    }

    /// All rows, in order.
    pub(super) fn check(&mut self, row: Row<'_>) {
        let Some(event) = row.event else {
            return;
        };
        let key = key_of(event);
        if let Some(waiting) = self.waiting.take()
            && !goes_on(&waiting, event, key.as_ref())
        {
            self.miss(&waiting);
        }
        let answer = self.by_position.remove(&event.position.0);
        match (key, answer) {
            (None, None) => {}
            (None, Some(answer)) => self.findings.add(format!(
                "the answer to the request {} names position {}, which was recorded without a key",
                answer.key, event.position
            )),
            (Some((key, _)), Some(answer)) => self.compare(event, &key, &answer),
            (Some((key, source)), None) => {
                let keeps = source != Source::LegacyRest
                    || !WITHOUT_ANSWERS.contains(&event.event_type.as_str());
                if keeps && event.position.0 > self.imported {
                    let event = event.clone();
                    self.waiting = Some(Keyed { event, key });
                }
            }
        }
    }

    fn compare(&mut self, event: &Recorded, key: &str, answer: &StoredAnswer) {
        let (named, position) = (&answer.key, event.position);
        if !names_request(named, event, key) {
            self.findings.add(format!(
                "the answer to the request {named} names position {position}, which was recorded for the key {key}"
            ));
        }
        if answer.version.cast_unsigned() != event.version {
            self.findings.add(format!(
                "the answer to the request {named} says version {}, the event at position {position} has {}",
                answer.version, event.version
            ));
        }
        if answer.recorded_at != event.recorded_at {
            self.findings.add(format!(
                "the answer to the request {named} has another time than the event at position {position}"
            ));
        }
        self.held += 1;
    }

    fn miss(&mut self, keyed: &Keyed) {
        self.findings.add(format!(
            "the request with the key {} that position {} was recorded for has no answer: repeated, it would be carried out again (a history that was imported has none: --imported says how far)",
            keyed.key, keyed.event.position
        ));
    }

    /// After the last row; how many answers hold.
    pub(crate) fn finish(&mut self) -> u64 {
        if let Some(waiting) = self.waiting.take() {
            self.miss(&waiting);
        }
        let mut left: Vec<StoredAnswer> = self.by_position.drain().map(|(_, left)| left).collect();
        left.sort_by_key(|answer| answer.position);
        for answer in left {
            self.findings.add(format!(
                "the answer to the request {} names position {}, where there is no event",
                answer.key, answer.position
            ));
        }
        self.held
    }
}

/// The key of an event, and through what it came.
/// Whether an answer is kept under the name that the event's request had: of a server's, who asked for what
/// comes before the key, and for several things at once each of them behind it.
fn names_request(named: &str, event: &Recorded, key: &str) -> bool {
    let Ok(metadata) = event.metadata() else {
        return false;
    };
    let actor = metadata.actor.name;
    let asked = match metadata.source {
        Source::Graphql => named.strip_prefix(&format!("graphql:{actor}:")),
        // Its name begins so already
        Source::LegacyRest => named.strip_prefix(&format!("{actor}:")),
        _ => return named == key || named.ends_with(&format!(":{key}")),
    };
    asked.is_some_and(|asked| {
        asked.ends_with(&format!(":{key}")) || asked.contains(&format!(":{key}:"))
    })
}

fn key_of(event: &Recorded) -> Option<(String, Source)> {
    // Cheaper than reading each
    if !event.metadata.contains("idempotency_key") {
        return None;
    }
    let metadata: Metadata = event.metadata().ok()?;
    Some((metadata.idempotency_key?, metadata.source))
}

/// Events of one request are recorded one behind the other, and the last of them is what was answered.
fn goes_on(waiting: &Keyed, next: &Recorded, key: Option<&(String, Source)>) -> bool {
    next.position.0 == waiting.event.position.0 + 1
        && next.stream == waiting.event.stream
        && key.is_some_and(|(key, _)| *key == waiting.key)
}

#[cfg(test)]
mod tests {
    use event_store::{Actor, Position, Role, StreamName};
    use uuid::Uuid;

    use super::*;

    fn asked_by(actor: &str, source: Source) -> Recorded {
        let metadata = Metadata::new(Actor::new(actor, Role::Admin), source, Uuid::nil());
        Recorded {
            position: Position(1),
            stream: StreamName::new("installation", "installation"),
            version: 1,
            event_id: Uuid::nil(),
            event_type: "DynamicFlowSwitched".to_owned(),
            event_version: "1.0".to_owned(),
            payload: "{}".to_owned(),
            metadata: serde_json::to_string(&metadata).unwrap_or_default(),
            recorded_at: chrono::DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn an_answer_is_named_by_who_asked_for_what_under_which_key() {
        let ui = asked_by("ana", Source::Graphql);
        let legacy = asked_by("legacy:ana", Source::LegacyRest);
        let command_line = asked_by("ana", Source::CommandLine);
        for (named, event, holds) in [
            ("graphql:ana:publishDefinition:k", &ui, true),
            ("graphql:ana:stopInstances:k:u-c-volume", &ui, true),
            ("graphql:ana:publishDefinition:kx", &ui, false),
            ("graphql:ana:publishDefinition:xk", &ui, false),
            ("graphql:eve:publishDefinition:k", &ui, false),
            ("legacy:ana:publishDefinition:k", &ui, false),
            ("legacy:ana:publish-1:k", &legacy, true),
            ("legacy:eve:publish-1:k", &legacy, false),
            ("graphql:ana:publish-1:k", &legacy, false),
            ("ana:switch:k", &command_line, true),
            ("k", &command_line, true),
            ("ana:switch:kk", &command_line, false),
        ] {
            assert_eq!(names_request(named, event, "k"), holds, "{named}");
        }
    }
}
