//! The bytes of an event that its hash is taken of.
//!
//! RFC 8785 JSON of everything that is stored of the event. All members are strings: payload and
//! metadata stand in it as the very text that was recorded. Read as JSON they would go through
//! binary floating point, and two prices that differ in the 18th digit would have the same bytes.

mod escape;

use chrono::{DateTime, SecondsFormat, Utc};
use uuid::Uuid;

use self::escape::{escape, escape_any, room_for};
use crate::recorded::{EventFields, Recorded};

/// Part of the bytes, so that another format can never be mistaken for this one.
const FORMAT: &str = "strategos-event/1";

/// The event must be as stored, not upcast.
pub fn canonical_bytes(event: &Recorded) -> Vec<u8> {
    CanonicalBytes::default().of(&event.fields()).to_vec()
}

/// What one event leaves to the next: room, and its time, which those that were recorded together share.
#[derive(Debug, Default)]
pub(crate) struct CanonicalBytes {
    room: Vec<u8>,
    time: Option<(DateTime<Utc>, String)>,
}

impl CanonicalBytes {
    pub(crate) fn of(&mut self, event: &EventFields<'_>) -> &[u8] {
        let mut id = Uuid::encode_buffer();
        let (mut position, mut version) = (itoa::Buffer::new(), itoa::Buffer::new());
        if self
            .time
            .as_ref()
            .is_none_or(|(time, _)| *time != event.recorded_at)
        {
            let text = event
                .recorded_at
                .to_rfc3339_opts(SecondsFormat::Micros, true);
            self.time = Some((event.recorded_at, text));
        }
        let time = self.time.as_ref().map_or("", |(_, text)| text);
        // RFC 8785 sorts members by name
        let members: [(&str, &str); 11] = [
            (
                "{\"event_id\":\"",
                event.event_id.as_hyphenated().encode_lower(&mut id),
            ),
            ("\",\"event_type\":\"", event.event_type),
            ("\",\"event_version\":\"", event.event_version),
            ("\",\"format\":\"", FORMAT),
            ("\",\"metadata\":\"", event.metadata),
            ("\",\"payload\":\"", event.payload),
            ("\",\"position\":\"", position.format(event.position.0)),
            ("\",\"recorded_at\":\"", time),
            ("\",\"stream_id\":\"", event.aggregate_id),
            ("\",\"stream_type\":\"", event.aggregate_type),
            ("\",\"version\":\"", version.format(event.version)),
        ];
        let needed = members
            .iter()
            .map(|(name, text)| name.len() + room_for(text));
        let needed = needed.sum::<usize>() + END.len();
        if self.room.len() < needed {
            self.room.resize(needed, 0);
        }
        if let Some(end) = write(&members, &mut self.room) {
            &self.room[..end]
        } else {
            self.room = write_any(&members);
            &self.room
        }
    }
}

const END: &str = "\"}";

fn write(members: &[(&str, &str)], room: &mut [u8]) -> Option<usize> {
    let mut at = 0;
    for (name, text) in members {
        at = put(name, room, at)?;
        at = escape(text, room, at)?;
    }
    put(END, room, at)
}

fn put(text: &str, room: &mut [u8], at: usize) -> Option<usize> {
    let end = at + text.len();
    room.get_mut(at..end)?.copy_from_slice(text.as_bytes());
    Some(end)
}

fn write_any(members: &[(&str, &str)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (name, text) in members {
        bytes.extend_from_slice(name.as_bytes());
        escape_any(text, &mut bytes);
    }
    bytes.extend_from_slice(END.as_bytes());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recorded::{Position, StreamName};

    fn event() -> Recorded {
        Recorded {
            position: Position(7),
            stream: StreamName::new("counter", "caf\u{e9}/\"1\""),
            version: 2,
            event_id: Uuid::from_u128(0xabc),
            event_type: "Counted".to_owned(),
            event_version: "1.0".to_owned(),
            payload: "{\"Counted\": {\"by\": 1.50}}".to_owned(),
            metadata: "{\"note\":\"\\u0001\u{7f}\"}".to_owned(),
            recorded_at: "2026-11-22T10:00:00.1Z".parse().unwrap(),
        }
    }

    #[test]
    fn are_the_same_for_ever() {
        let text = String::from_utf8(canonical_bytes(&event())).unwrap();

        let expected = concat!(
            r#"{"event_id":"00000000-0000-0000-0000-000000000abc","event_type":"Counted","#,
            r#""event_version":"1.0","format":"strategos-event/1","#,
            r#""metadata":"{\"note\":\"\\u0001"#,
            "\u{7f}",
            r#"\"}","payload":"{\"Counted\": {\"by\": 1.50}}","position":"7","#,
            r#""recorded_at":"2026-11-22T10:00:00.100000Z","stream_id":"café/\"1\"","#,
            r#""stream_type":"counter","version":"2"}"#,
        );
        assert_eq!(text, expected);
    }

    #[test]
    fn are_what_an_independent_canonicalizer_makes_of_them() {
        let mut odd = event();
        odd.payload = (0..=0x2ff).filter_map(char::from_u32).collect();
        let ours = canonical_bytes(&odd);
        let value: serde_json::Value = serde_json::from_slice(&ours).unwrap();

        let theirs = serde_json_canonicalizer::to_vec(&value).unwrap();

        assert_eq!(String::from_utf8(ours), String::from_utf8(theirs));
    }

    #[test]
    fn differ_when_anything_stored_differs() {
        type Edit = fn(&mut Recorded);
        let edits: [Edit; 11] = [
            |e| e.position = Position(8),
            |e| e.stream.aggregate_type.push('x'),
            |e| e.stream.aggregate_id.push('x'),
            |e| e.version += 1,
            |e| e.event_id = Uuid::from_u128(0xabd),
            |e| e.event_type.push('x'),
            |e| e.event_version.push('x'),
            |e| e.payload = e.payload.replace("1.50", "1.5"),
            |e| e.payload = e.payload.replace(": ", ":"),
            |e| e.metadata = e.metadata.replace("note", "not"),
            |e| e.recorded_at += chrono::TimeDelta::microseconds(1),
        ];
        let original = canonical_bytes(&event());
        for (number, edit) in edits.into_iter().enumerate() {
            let mut edited = event();
            edit(&mut edited);
            assert_ne!(canonical_bytes(&edited), original, "edit {number}");
        }
    }
}
