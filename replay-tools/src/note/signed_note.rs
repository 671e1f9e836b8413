//! A text and the signatures under it.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::key::{SigningKey, VerifyingKey};
use crate::outcome::{Altered, TAKE_ANOTHER};

/// More are a mistake or an attack.
const MOST_SIGNATURES: usize = 64;
const BEGINNING: &str = "\u{2014} ";

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SignedNote {
    /// With its last line break.
    text: String,
    signatures: Vec<Signature>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Signature {
    name: String,
    id: [u8; 4],
    bytes: Vec<u8>,
}

impl SignedNote {
    pub(crate) fn sign(text: String, key: &SigningKey) -> anyhow::Result<Self> {
        let signature = Signature {
            name: key.verifying().name.clone(),
            id: key.verifying().id,
            bytes: key.sign(&text)?,
        };
        Ok(Self {
            text,
            signatures: vec![signature],
        })
    }

    pub(crate) fn parse(note: &str) -> anyhow::Result<Self> {
        let shape = || {
            let shape = "it is not a signed note (a text, an empty line, and signatures)";
            Altered(format!("{shape}: {TAKE_ANOTHER}"))
        };
        let controls = note.contains(|c: char| c < ' ' && c != '\n');
        ensure!(!controls, shape());
        let (text, signatures) = note.rsplit_once("\n\n").with_context(shape)?;
        let lines = signatures.strip_suffix('\n').with_context(shape)?;
        let signatures: Option<Vec<_>> = lines.split('\n').map(signature).collect();
        let signatures = signatures.with_context(shape)?;
        ensure!(
            signatures.len() <= MOST_SIGNATURES,
            Altered(format!(
                "the note has more than {MOST_SIGNATURES} signatures"
            ))
        );
        Ok(Self {
            text: format!("{text}\n"),
            signatures,
        })
    }

    /// The text of a file that is to hold one, or one behind something else.
    pub(crate) fn text_of(file: &Path) -> anyhow::Result<String> {
        let bytes = fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
        String::from_utf8(bytes).map_err(|_| {
            let told = format!("{} holds bytes that are not text", file.display());
            Altered(format!("{told}: {TAKE_ANOTHER}")).into()
        })
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether the key has signed; an error where what stands under its name is not its signature.
    pub(crate) fn is_signed_by(&self, key: &VerifyingKey) -> anyhow::Result<bool> {
        let ours = |s: &&Signature| s.name == key.name && s.id == key.id;
        let mut found = false;
        for signature in self.signatures.iter().filter(ours) {
            if !key.has_signed(&self.text, &signature.bytes) {
                let why = "is not genuine: the note or the signature was altered";
                bail!(Altered(format!("the signature of {} {why}", key.name)));
            }
            found = true;
        }
        Ok(found)
    }
}

impl std::fmt::Display for SignedNote {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{}", self.text)?;
        for signature in &self.signatures {
            let bytes = STANDARD.encode([&signature.id[..], &signature.bytes].concat());
            writeln!(f, "{BEGINNING}{} {bytes}", signature.name)?;
        }
        Ok(())
    }
}

fn signature(line: &str) -> Option<Signature> {
    let (name, bytes) = line.strip_prefix(BEGINNING)?.split_once(' ')?;
    let bytes = STANDARD.decode(bytes).ok()?;
    let (id, bytes) = bytes.split_first_chunk()?;
    Some(Signature {
        name: name.to_owned(),
        id: *id,
        bytes: bytes.to_vec(),
    })
}
