//! Strings as RFC 8785 escapes them, eight bytes at a time: every tenth byte of a payload is a quote,
//! and looking for each by itself takes longer than all the hashing.

const WORD: usize = size_of::<u64>();
/// The same byte in each place.
const ONES: u64 = u64::from_ne_bytes([1; WORD]);
const LOW_BITS: u64 = ONES * 0x7f;

/// How much room a text needs at most, if it has no control characters.
pub(super) const fn room_for(text: &str) -> usize {
    // Whole words are put down where less is needed
    2 * text.len() + WORD
}

/// Writes a text; answers where it ends. `None` where it has a control character, which needs more
/// than a backslash, or there is no room.
pub(super) fn escape(text: &str, room: &mut [u8], mut at: usize) -> Option<usize> {
    let (words, rest) = text.as_bytes().as_chunks::<WORD>();
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
    *room.get_mut(at..)?.first_chunk_mut::<WORD>()? = word.to_le_bytes();
    Some(())
}

/// The highest bit of each byte that is zero.
fn zeros(word: u64) -> u64 {
    !(((word & LOW_BITS) + LOW_BITS) | word | LOW_BITS)
}

/// For every text, and slower.
pub(super) fn escape_any(text: &str, into: &mut Vec<u8>) {
    for &byte in text.as_bytes() {
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
        let mut any = vec![];
        escape_any(text, &mut any);
        let mut room = vec![0; room_for(text)];
        let end = escape(text, &mut room, 0);
        assert_eq!(end.is_none(), text.contains(|c: char| c < ' '), "{text:?}");
        if let Some(end) = end {
            assert_eq!(room[..end], any);
        }
        String::from_utf8(any).unwrap()
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
