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
    subject: String,
    time: DateTime<Utc>,
    position: Position,
    streamversion: String,
    typeversion: String,
    metadata: String,
    #[serde(borrow)]
    data: Option<&'a RawValue>,
    data_base64: Option<String>,
}

pub(crate) fn read(line: &str) -> anyhow::Result<Recorded> {
    let envelope: Envelope<'_> = serde_json::from_str(line)?;
    let (kind, id) = envelope
        .subject
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
        metadata: envelope.metadata,
        recorded_at: envelope.time,
    })
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
}
