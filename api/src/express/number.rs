//! Numbers as JavaScript prints them.

/// Prints a JSON number the way `JSON.stringify` does: the shortest text that reads back as the
/// same double, `null` for what is no finite double.
pub(crate) fn js_number(text: &str) -> String {
    // Short integers are their own shortest form
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.len() <= 15 && !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit())
    {
        return text.to_owned();
    }
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => ryu_js::Buffer::new().format(number).to_owned(),
        _ => "null".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::js_number;

    #[test]
    fn numbers_look_as_javascript_prints_them() {
        for (written, printed) in [
            ("1", "1"),
            ("1.0", "1"),
            ("-0", "0"),
            ("0.10", "0.1"),
            ("1e3", "1000"),
            ("1e21", "1e+21"),
            ("0.0000001", "1e-7"),
            ("123456789012345678901234567890", "1.2345678901234568e+29"),
            ("9007199254740993", "9007199254740992"),
            ("100.66666666666666666667", "100.66666666666667"),
            ("1e999", "null"),
        ] {
            assert_eq!(js_number(written), printed, "{written}");
        }
    }
}
