//! Where the file is that a log is read from.

use std::path::{Path, PathBuf};

/// `None` where it is no file.
pub(crate) fn of(url: &str) -> Option<PathBuf> {
    let database = event_store::database_of(url).ok()?;
    let path = database.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    Some(PathBuf::from(without_percents(path)))
}

/// Also by way of links.
pub(crate) fn lies_in(path: &Path, folder: &Path) -> bool {
    let Ok(folder) = folder.canonicalize() else {
        return false;
    };
    let parent = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    [path, parent]
        .into_iter()
        .filter_map(|path| path.canonicalize().ok())
        .any(|path| path.starts_with(&folder))
}

/// SQLite's URLs may have them.
fn without_percents(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut left = text.as_bytes();
    while let Some((&first, rest)) = left.split_first() {
        let digits = rest.get(..2).and_then(|digits| str::from_utf8(digits).ok());
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match byte {
            Some(byte) if first == b'%' => {
                bytes.push(byte);
                left = &rest[2..];
            }
            _ => {
                bytes.push(first);
                left = rest;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn every_way_to_name_a_file_leads_to_it() {
    for url in ["sqlite:a/b c.db", "sqlite://a/b%20c.db?mode=ro"] {
        assert_eq!(of(url), Some(PathBuf::from("a/b c.db")), "{url}");
    }
    assert_eq!(of("postgres://user@host/a"), None);
}

#[test]
fn a_link_does_not_hide_where_a_file_lies() -> std::io::Result<()> {
    let root = tempfile::tempdir()?;
    let (folder, beside) = (root.path().join("folder"), root.path().join("beside"));
    std::fs::create_dir(&folder)?;
    std::fs::write(folder.join("log"), "")?;
    std::os::unix::fs::symlink(folder.join("log"), &beside)?;

    assert!(lies_in(&beside, &folder));
    assert!(!lies_in(&root.path().join("other"), &folder));
    Ok(())
}
