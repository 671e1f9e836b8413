//! An event as a CloudEvents 1.0 envelope in JSON, the same bytes every time.

mod read;

pub(crate) use read::read;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::SecondsFormat;
use event_store::{Metadata, Recorded, Role, Source};
use serde::Serialize;
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::human_line::plain;

/// Where the events come from, as CloudEvents asks of every envelope.
const SOURCE: &str = "urn:strategos:log";

/// Attributes of CloudEvents first, then ours. Extension names may only have lower-case letters and
/// digits, and their values no structure: so numbers that outgrow 32 bits are strings, and the
/// metadata comes twice: as recorded, in one string, and its parts for whoever filters. No value may have
/// control characters: a name or metadata that has some is told in Base64, a part has others in their
/// place.
#[derive(Debug, Serialize)]
struct Envelope<'a> {
    specversion: &'a str,
    id: Uuid,
    source: &'a str,
    #[serde(rename = "type")]
    event_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subjectbase64: Option<String>,
    time: String,
    datacontenttype: &'a str,
    position: String,
    streamversion: String,
    typeversion: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    actor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<Role>,
    #[serde(skip_serializing_if = "Option::is_none")]
    through: Option<Source>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    correlationid: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    causationid: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadatabase64: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data_base64: Option<String>,
}

/// Whether a text may be the value of an attribute: CloudEvents takes neither control characters nor
/// what Unicode has set aside.
fn may_stand(text: &str) -> bool {
    let set_aside = |c: char| {
        let code = u32::from(c);
        matches!(code, 0xfdd0..=0xfdef) || code & 0xfffe == 0xfffe
    };
    !text.contains(|c: char| c.is_control() || set_aside(c))
}

/// One line, without its end. The payload keeps its stored bytes; one that would break the line
/// (or is no JSON) stands in `data_base64`, as CloudEvents has it for bytes.
pub(crate) fn line(event: &Recorded) -> anyhow::Result<String> {
    let fits = !event.payload.contains(['\n', '\r']);
    let data = RawValue::from_string(event.payload.clone()).ok();
    // Surrounding spaces are lost in a raw value
    let data = data.filter(|data| fits && data.get() == event.payload);
    let metadata: Option<Metadata> = event.metadata().ok();
    let told = metadata.as_ref();
    let subject = event.stream.to_string();
    let plain_subject = may_stand(&subject);
    let plain_metadata = may_stand(&event.metadata);
    let envelope = Envelope {
        specversion: "1.0",
        id: event.event_id,
        source: SOURCE,
        event_type: &event.event_type,
        subjectbase64: (!plain_subject).then(|| STANDARD.encode(&subject)),
        subject: plain_subject.then_some(subject),
        time: event
            .recorded_at
            .to_rfc3339_opts(SecondsFormat::Micros, true),
        datacontenttype: "application/json",
        position: event.position.to_string(),
        streamversion: event.version.to_string(),
        typeversion: &event.event_version,
        actor: told.map(|told| plain(&told.actor.name)),
        role: told.map(|told| told.actor.role),
        through: told.map(|told| told.source),
        reason: told.and_then(|told| told.reason.as_deref().map(plain)),
        correlationid: told.map(|told| told.correlation_id),
        causationid: told.and_then(|told| told.causation_id),
        metadata: plain_metadata.then_some(event.metadata.as_str()),
        metadatabase64: (!plain_metadata).then(|| STANDARD.encode(&event.metadata)),
        data_base64: data.is_none().then(|| STANDARD.encode(&event.payload)),
        data,
    };
    Ok(serde_json::to_string(&envelope)?)
}
