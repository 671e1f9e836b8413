//! What becomes of a run when its server comes back.

use crate::config_reader::ConfigReader;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OnRestart {
    /// It goes on where it was.
    #[default]
    Resume,
    /// Its orders are cancelled and it ends; what it holds stays.
    Hold,
    /// Its orders are cancelled, what it holds is closed, and it ends.
    Flatten,
}

impl OnRestart {
    pub(crate) fn read(reader: &mut ConfigReader<'_>) -> Self {
        let choices = [
            ("resume", Self::Resume),
            ("hold", Self::Hold),
            ("flatten", Self::Flatten),
        ];
        reader.choice("onRestart", &choices).unwrap_or_default()
    }
}
