//! Whose signatures a checkpoint must have to be believed.

use std::path::Path;

use anyhow::{Context, ensure};
use clap::Args;

use super::key::Use;
use super::{Checkpoint, SignedNote, VerifyingKey};

#[derive(Debug, Default, Args)]
pub(crate) struct Policy {
    /// The public key that checkpoints must be signed with: the key itself or the file that keygen wrote (may be repeated: any of them will do)
    #[arg(long = "public-key", value_name = "KEY", value_parser = public_key)]
    logs: Vec<VerifyingKey>,
    /// A witness that must have co-signed as well (may be repeated: all of them must have)
    #[arg(long = "witness", value_name = "KEY", value_parser = public_key)]
    witnesses: Vec<VerifyingKey>,
}

/// A key, or the name of a file that holds one.
pub(crate) fn public_key(text: &str) -> Result<VerifyingKey, String> {
    let held = if Path::new(text).is_file() {
        std::fs::read_to_string(text).map_err(|error| format!("{text} cannot be read: {error}"))?
    } else {
        text.to_owned()
    };
    held.parse().map_err(|error| format!("{error:#}"))
}

impl Policy {
    /// Whoever signs again believes what they signed before.
    pub(crate) fn only(key: &VerifyingKey) -> Self {
        Self::any_of(std::slice::from_ref(key))
    }

    pub(crate) fn any_of(keys: &[VerifyingKey]) -> Self {
        Self {
            logs: keys.to_vec(),
            witnesses: vec![],
        }
    }

    pub(crate) fn require_signatures(&self, note: &SignedNote) -> anyhow::Result<()> {
        ensure!(
            !self.logs.is_empty(),
            "say whose checkpoints to believe: --public-key, with what keygen wrote into the file that ends in .pub"
        );
        let mut signed = false;
        for key in &self.logs {
            ensure!(
                key.usage() == Use::Log,
                "{} is a witness's key: give it as --witness",
                key.name
            );
            signed |= note.is_signed_by(key)?;
        }
        ensure!(
            signed,
            "it is signed by none of the public keys given: either the wrong key was given, or somebody else made it"
        );
        for key in &self.witnesses {
            ensure!(note.is_signed_by(key)?, "{} has not co-signed it", key.name);
        }
        Ok(())
    }

    /// The checkpoint, if it has the signatures it needs.
    pub(crate) fn believe(&self, note: &SignedNote) -> anyhow::Result<Checkpoint> {
        self.require_signatures(note)?;
        let checkpoint = Checkpoint::parse(note.text())?;
        let known = self.logs.iter().any(|key| key.name == checkpoint.origin);
        ensure!(
            known,
            "it is a checkpoint of {}, which is not the log of any public key given",
            checkpoint.origin
        );
        Ok(checkpoint)
    }

    pub(crate) fn read(&self, file: &Path) -> anyhow::Result<(SignedNote, Checkpoint)> {
        let text = SignedNote::text_of(file)?;
        let believed = || {
            let note = SignedNote::parse(&text)?;
            let checkpoint = self.believe(&note)?;
            anyhow::Ok((note, checkpoint))
        };
        believed().with_context(|| format!("{} is not believed", file.display()))
    }
}
