//! Bytes as lower-case hexadecimal digits.

use std::fmt::Write;

pub(crate) fn hex(bytes: &[u8]) -> String {
    let empty = String::with_capacity(bytes.len() * 2);
    bytes.iter().fold(empty, |mut digits, byte| {
        // Writing to a string cannot fail
        let _written = write!(digits, "{byte:02x}");
        digits
    })
}
