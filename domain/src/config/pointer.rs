//! JSON Pointers (RFC 6901) and the dotted paths that people read.

/// The pointer of a member or item of what `parent` points to.
pub fn join(parent: &str, name: &str) -> String {
    format!("{parent}/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// `/levels/0/price` as `levels.0.price`; empty for the whole document.
pub(super) fn dotted(pointer: &str) -> String {
    let names: Vec<String> = pointer
        .split('/')
        .skip(1)
        .map(|name| name.replace("~1", "/").replace("~0", "~"))
        .collect();
    names.join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_escaped_in_pointers_and_plain_in_paths() {
        let pointer = join(&join("", "a/b"), "c~1");
        assert_eq!(pointer, "/a~1b/c~01");
        assert_eq!(dotted(&pointer), "a/b.c~1");
        assert_eq!(dotted(""), "");
    }
}
