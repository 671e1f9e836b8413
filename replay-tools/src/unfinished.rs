//! A folder that is written anew and not whole yet. A file that is written first and removed last says so:
//! without it, nothing that lies there is touched.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};

use crate::held::Held;
use crate::out_folder;

/// What a folder is to hold.
#[derive(Debug)]
pub(crate) struct Contents {
    /// With its article: a backup.
    pub(crate) what: &'static str,
    /// The file that says that the folder is not whole.
    pub(crate) marker: &'static str,
    /// Whether a file is the last of those that make it whole.
    pub(crate) is_last: fn(&str) -> bool,
    /// Whether a file may be there before that.
    pub(crate) comes_before: fn(&str) -> bool,
    /// What is needed no more once it is whole.
    pub(crate) needless: &'static [&'static str],
}

impl Contents {
    /// For whoever finds the marker.
    fn told(&self) -> String {
        format!(
            "strategos-replay is writing {} into this folder, or was interrupted: the same command goes on.\n\
             As long as this file is here, that command may remove what it wrote beside it.\n",
            self.what
        )
    }
}

#[derive(Debug)]
pub(crate) struct Unfinished {
    folder: PathBuf,
    contents: &'static Contents,
    held: Held,
}

impl Unfinished {
    /// Makes the folder, or takes over one in which the same was begun and interrupted.
    pub(crate) fn enter(folder: &Path, contents: &'static Contents) -> anyhow::Result<Self> {
        let unusable = || format!("{} cannot be made as a new folder", folder.display());
        match fs::create_dir(folder) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                return Err(error).with_context(unusable);
            }
            _ => {}
        }
        let there = names(folder).with_context(unusable)?;
        if let Some(name) = there.first()
            && !there.iter().any(|name| name == contents.marker)
        {
            return Err(not_new(folder, name));
        }
        let entered = Self {
            folder: folder.to_owned(),
            contents,
            held: Held::take(folder.join(contents.marker), &contents.told())?,
        };
        let there = entered.others().with_context(unusable)?;
        if let Some(last) = there.iter().find(|name| (contents.is_last)(name)) {
            // The interruption came behind it
            entered.finish()?;
            return Err(not_new(folder, last));
        }
        if let Some(name) = there.first()
            && !entered.held.was_left_behind()
        {
            // It came while the marker was taken
            entered.held.end()?;
            return Err(not_new(folder, name));
        }
        let foreign = there.iter().find(|name| !(contents.comes_before)(name));
        if let Some(foreign) = foreign {
            bail!(
                "{} holds {foreign} beside {} that was interrupted: move it away, or name a folder that is not there yet",
                folder.display(),
                contents.what
            );
        }
        Ok(entered)
    }

    /// Removes what was written before the interruption.
    pub(crate) fn clear(&self) -> anyhow::Result<()> {
        let unreadable = || format!("{} cannot be read", self.folder.display());
        for name in self.others().with_context(unreadable)? {
            out_folder::remove(&self.folder.join(name))?;
        }
        Ok(())
    }

    /// It is whole.
    pub(crate) fn finish(self) -> anyhow::Result<()> {
        for name in self.contents.needless {
            out_folder::remove(&self.folder.join(name))?;
        }
        self.held.end()
    }

    /// All but the marker.
    fn others(&self) -> io::Result<Vec<String>> {
        let mut names = names(&self.folder)?;
        names.retain(|name| name != self.contents.marker);
        Ok(names)
    }
}

fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = fs::read_dir(folder)?;
    entries
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect()
}

fn not_new(folder: &Path, name: &str) -> anyhow::Error {
    anyhow!(
        "{} holds {name}, and nothing there is removed: name a folder that is not there yet",
        folder.display()
    )
}
