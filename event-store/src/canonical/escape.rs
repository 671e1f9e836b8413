//! Strings as RFC 8785 escapes them, eight bytes at a time: every tenth byte of a payload is a quote,
//! and looking for each by itself takes longer than all the hashing.

const WORD: usize = size_of::<u64>();
/// The same byte in each place.
const ONES: u64 = u64::from_ne_bytes([1; WORD]);
const LOW_BITS: u64 = ONES * 0x7f;

pub(super) fn escape(text: &str, into: &mut Vec<u8>) {
    let start = into.len();
    // Each byte may get a backslash, and whole words are put down where less is needed
    into.resize(start + 2 * text.len() + WORD, 0);
    let written = into
        .get_mut(start..)
        .and_then(|room| escape_words(text.as_bytes(), room));
    if let Some(length) = written {
        into.truncate(start + length);
    } else {
        into.truncate(start);
        escape_bytes(text.as_bytes(), into);
    }
}

/// How long it has become; `None` where a control character needs more than a backslash.
fn escape_words(text: &[u8], room: &mut [u8]) -> Option<usize> {
    let (words, rest) = text.as_chunks::<WORD>();
    let mut at = 0;
    for word in words {
        at = escape_word(u64::from_le_bytes(*word), WORD, room, at)?;
    }
    let mut last = [b'.'; WORD];
    last[..rest.len()].copy_from_slice(rest);
    escape_word(u64::from_le_bytes(last), rest.len(), room, at)
}

/// The first byte is the lowest.
fn escape_word(mut word: u64, mut length: usize, room: &mut [u8], mut at: usize) -> Option<usize> {
    if zeros(word & (ONES * 0xe0)) != 0 {
        return None;
    }
    let mut escaped =
        zeros(word ^ (ONES * u64::from(b'"'))) | zeros(word ^ (ONES * u64::from(b'\\')));
    while escaped != 0 {
        let before = escaped.trailing_zeros() / 8;
        put(word, room, at)?;
        at += before as usize;
        word >>= 8 * before;
        put((word << 8) | u64::from(b'\\'), room, at)?;
        at += 2;
        word >>= 8;
        escaped = (escaped >> (8 * before)) >> 8;
        length -= before as usize + 1;
    }
    put(word, room, at)?;
    Some(at + length)
}

fn put(word: u64, room: &mut [u8], at: usize) -> Option<()> {
    let place = room.get_mut(at..at + WORD)?;
    place.copy_from_slice(&word.to_le_bytes());
    Some(())
}

/// The highest bit of each byte that is zero.
fn zeros(word: u64) -> u64 {
    !(((word & LOW_BITS) + LOW_BITS) | word | LOW_BITS)
}

fn escape_bytes(text: &[u8], into: &mut Vec<u8>) {
    for &byte in text {
        match byte {
            b'"' | b'\\' => into.extend_from_slice(&[b'\\', byte]),
            0x08 => into.extend_from_slice(b"\\b"),
            b'\t' => into.extend_from_slice(b"\\t"),
            b'\n' => into.extend_from_slice(b"\\n"),
            0x0c => into.extend_from_slice(b"\\f"),
            b'\r' => into.extend_from_slice(b"\\r"),
            0x00..0x20 => into.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
            _ => into.push(byte),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        let mut bytes = vec![];
        escape(text, &mut bytes);
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn every_pair_of_characters_is_escaped_as_serde_does_it() {
        let some = [
            '\0',
            '\n',
            ' ',
            '"',
            '\\',
            '\x7f',
            'a',
            '\u{80}',
            '\u{e9}',
            '\u{2028}',
            '\u{1f600}',
        ];
        for one in some {
            for other in some {
                for before in 0..9 {
                    for after in 0..9 {
                        let text =
                            format!("{}{one}{other}{}", "b".repeat(before), "\"".repeat(after));
                        let theirs = serde_json::to_string(&text).unwrap();
                        assert_eq!(format!("\"{}\"", escaped(&text)), theirs);
                    }
                }
            }
        }
    }
}
