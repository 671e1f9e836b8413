//! Signed notes and the checkpoints in them, as C2SP's signed-note, tlog-checkpoint and
//! tlog-cosignature have them.

mod checkpoint;
mod key;
mod policy;
mod signed_note;

#[cfg(test)]
mod tests;

pub(crate) use checkpoint::Checkpoint;
pub(crate) use key::{SigningKey, VerifyingKey};
pub(crate) use policy::{Policy, public_key};
pub(crate) use signed_note::SignedNote;
