//! Whether a build may lack the admin UI.

/// `STRATEGOS_REQUIRE_WEB` decides where it is `1` or `0`. Without it only builds for development
/// may: nobody ships a program without its UI by accident.
pub(crate) fn is_required(variable: Option<&str>, profile: &str) -> bool {
    match variable {
        Some("1") => true,
        Some("0") => false,
        Some(_) | None => profile == "release",
    }
}

#[cfg(test)]
mod tests {
    use super::is_required;

    #[test]
    fn only_a_release_build_must_have_the_ui_unless_somebody_says_otherwise() {
        assert!(is_required(None, "release"));
        assert!(!is_required(None, "debug"));
        assert!(is_required(Some("1"), "debug"));
        assert!(!is_required(Some("0"), "release"));
        assert!(is_required(Some(""), "release"));
    }
}
