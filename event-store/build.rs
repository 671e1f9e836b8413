//! Migrations are embedded: a changed or new one must rebuild this crate. So must a changed rule,
//! because snapshots are made by rules.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

/// Everything that decides what an aggregate becomes by its stored events.
const RULES: [&str; 2] = ["../domain/src", "src/upcasters"];

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=../migrations/sqlite/log");
    println!("cargo:rerun-if-changed=../migrations/postgres/log");
    let mut digest = DefaultHasher::new();
    for folder in RULES {
        println!("cargo:rerun-if-changed={folder}");
        for file in files_below(Path::new(folder))? {
            fs::read(file)?.hash(&mut digest);
        }
    }
    println!("cargo:rustc-env=STRATEGOS_RULES={:016x}", digest.finish());
    Ok(())
}

/// In an order that is the same on every machine.
fn files_below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<_>>()?;
    entries.sort();
    let mut files = Vec::new();
    for path in entries {
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}
