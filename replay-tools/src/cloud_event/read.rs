//! From an envelope back to the very event that was recorded.

use anyhow::Context;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use event_store::{Position, Recorded, StreamName};
use serde::Deserialize;
use serde_json::value::RawValue;
use uuid::Uuid;

/// What is needed of it; the rest is there for other readers.
#[derive(Debug, Deserialize)]
struct Envelope<'a> {
    id: Uuid,
    #[serde(rename = "type")]
    event_type: String,
    subject: Option<String>,
    subjectbase64: Option<String>,
    time: DateTime<Utc>,
    position: Position,
    streamversion: String,
    typeversion: String,
    metadata: Option<String>,
    metadatabase64: Option<String>,
    #[serde(borrow)]
    data: Option<&'a RawValue>,
    data_base64: Option<String>,
}

pub(crate) fn read(line: &str) -> anyhow::Result<Recorded> {
    let envelope: Envelope<'_> = serde_json::from_str(line)?;
    let subject = plain_or_base64(envelope.subject, envelope.subjectbase64)?;
    let (kind, id) = subject
        .split_once('/')
        .context("the subject does not name a stream")?;
    let payload = match (envelope.data, envelope.data_base64) {
        (Some(data), None) => data.get().to_owned(),
        (None, Some(bytes)) => String::from_utf8(STANDARD.decode(bytes)?)?,
        _ => anyhow::bail!("the event has no data, or has it twice"),
    };
    Ok(Recorded {
        position: envelope.position,
        stream: StreamName::new(kind, id),
        version: envelope.streamversion.parse()?,
        event_id: envelope.id,
        event_type: envelope.event_type,
        event_version: envelope.typeversion,
        payload,
        metadata: plain_or_base64(envelope.metadata, envelope.metadatabase64)?,
        recorded_at: envelope.time,
    })
}

fn plain_or_base64(plain: Option<String>, base64: Option<String>) -> anyhow::Result<String> {
    match (plain, base64) {
        (Some(text), None) => Ok(text),
        (None, Some(bytes)) => Ok(String::from_utf8(STANDARD.decode(bytes)?)?),
        _ => anyhow::bail!("an attribute is missing, or there twice"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud_event::line;

    fn with_payload(payload: &str) -> Recorded {
        Recorded {
            position: Position(7),
            stream: StreamName::new("counter", "a/b#1"),
            version: 2,
            event_id: Uuid::from_u128(1),
            event_type: "Counted".to_owned(),
            event_version: "1.0".to_owned(),
            payload: payload.to_owned(),
            metadata: "{ \"not\": \"ours\" }".to_owned(),
            recorded_at: "2026-11-22T10:00:00.000001Z".parse().unwrap(),
        }
    }

    #[test]
    fn whatever_was_recorded_comes_back_to_the_byte() {
        let payloads = [
            r#"{"by":1.50}"#,
            r#"{"by": 0.12345678901234567890123,"by":2}"#,
            " {} ",
            "{\n  \"by\": 1\r\n}\n",
            "\"\\u0000\u{2028}\"",
            "no JSON at all",
            "",
        ];
        for payload in payloads {
            let event = with_payload(payload);
            let line = line(&event).unwrap();
            assert!(!line.contains(['\n', '\r']), "{line}");
            assert_eq!(read(&line).unwrap(), event);
        }
    }

    #[test]
    fn no_attribute_has_a_control_character() {
        let reason = r#"{"actor":{"name":"a\u0007","role":"admin"},"source":"rest",
            "reason":"a\nb","correlation_id":"00000000-0000-0000-0000-000000000001"}"#;
        let event = Recorded {
            stream: StreamName::new("counter", "a\u{7}b"),
            metadata: reason.to_owned(),
            ..with_payload("{}")
        };

        let line = line(&event).unwrap();

        let envelope: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(&line).unwrap();
        for (name, value) in &envelope {
            let text = value.as_str().unwrap_or_default();
            assert!(!text.contains(char::is_control), "{name}: {line}");
        }
        assert!(envelope.contains_key("reason"), "{line}");
        assert_eq!(read(&line).unwrap(), event);
    }
}
