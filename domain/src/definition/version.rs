//! A definition's version: `x.y.z`, compared as text, as the original did.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::DefinitionError;

/// Three dot-separated runs of ASCII digits. Leading zeros are kept: `01.2.3` and `1.2.3` differ.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DefinitionVersion(String);

impl DefinitionVersion {
    pub fn first() -> Self {
        Self("1.0.0".to_owned())
    }

    pub fn try_new(text: &str) -> Result<Self, DefinitionError> {
        let parts: Vec<&str> = text.split('.').collect();
        let digits = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if parts.len() == 3 && parts.iter().all(digits) && text.len() <= 64 {
            Ok(Self(text.to_owned()))
        } else {
            Err(DefinitionError::InvalidVersion(text.to_owned()))
        }
    }

    /// For rows of the original, which never checked what was stored.
    pub fn imported(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same version with its last number raised by one, numbers printed anew: `01.2.3` →
    /// `1.2.4`.
    pub fn next_patch(&self) -> Result<Self, DefinitionError> {
        let invalid = || DefinitionError::InvalidVersion(self.0.clone());
        Self::try_new(&self.0)?;
        let mut numbers = self
            .0
            .split('.')
            .map(|part| part.parse::<u64>().map_err(|_| invalid()));
        let mut next = || numbers.next().unwrap_or_else(|| Err(invalid()));
        let (major, minor, patch) = (next()?, next()?, next()?);
        Ok(Self(format!(
            "{major}.{minor}.{}",
            patch.checked_add(1).ok_or_else(invalid)?
        )))
    }
}

impl fmt::Display for DefinitionVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_patch_carries_nothing_over() {
        for (from, to) in [("1.0.0", "1.0.1"), ("9.9.9", "9.9.10"), ("01.2.3", "1.2.4")] {
            assert_eq!(
                DefinitionVersion::imported(from)
                    .next_patch()
                    .unwrap()
                    .as_str(),
                to
            );
        }
    }

    #[test]
    fn only_three_numbers_are_a_version() {
        for text in [
            "v1", "1.0", "1.0.0.0", "1.0.x", "", "1..0", " 1.0.0", "1.0.0\n", "١.0.0",
        ] {
            assert!(DefinitionVersion::try_new(text).is_err(), "{text:?}");
        }
        assert!(DefinitionVersion::imported("v1").next_patch().is_err());
        assert!(
            DefinitionVersion::imported("1.0.18446744073709551615")
                .next_patch()
                .is_err()
        );
    }
}
