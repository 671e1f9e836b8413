//! Paths as the original's router matched them: letter case and one trailing slash don't matter.

/// A route's path, with `{name}` for a segment that may be anything.
pub(crate) type RoutePattern = &'static str;

/// The request's path as the route table spells it; parameters keep their case. `None` when no
/// route has this path.
pub(crate) fn matching_path(patterns: &[RoutePattern], path: &str) -> Option<String> {
    let path = path
        .strip_suffix('/')
        .filter(|rest| !rest.is_empty())
        .unwrap_or(path);
    patterns.iter().find_map(|pattern| respelled(pattern, path))
}

fn respelled(pattern: &str, path: &str) -> Option<String> {
    let mut segments = Vec::new();
    let mut asked = path.split('/');
    for expected in pattern.split('/') {
        let segment = asked.next()?;
        if expected.starts_with('{') && !segment.is_empty() {
            segments.push(segment);
        } else if expected.eq_ignore_ascii_case(segment) {
            segments.push(expected);
        } else {
            return None;
        }
    }
    asked.next().is_none().then(|| segments.join("/"))
}

#[cfg(test)]
mod tests {
    use super::matching_path;

    const PATTERNS: &[&str] = &["/a/list", "/a/{id}", "/a/{id}/publish"];

    #[test]
    fn case_and_a_trailing_slash_do_not_matter() {
        for (path, spelled) in [
            ("/A/LIST", Some("/a/list")),
            ("/a/list/", Some("/a/list")),
            ("/a/Xy", Some("/a/Xy")),
            ("/A/Xy/Publish/", Some("/a/Xy/publish")),
            ("/a/list//", None),
            ("/a//publish", None),
            ("/a", None),
            ("/", None),
        ] {
            assert_eq!(matching_path(PATTERNS, path).as_deref(), spelled, "{path}");
        }
    }
}
