//! For build scripts: a digest of source files, for what must not outlive the code that made it.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

/// Of every file in the folders; a change in one of them runs the build script again.
pub(crate) fn digest_of(folders: &[&str]) -> io::Result<String> {
    let mut digest = DefaultHasher::new();
    for folder in folders {
        println!("cargo:rerun-if-changed={folder}");
        for file in files_below(Path::new(folder))? {
            fs::read(file)?.hash(&mut digest);
        }
    }
    Ok(format!("{:016x}", digest.finish()))
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
