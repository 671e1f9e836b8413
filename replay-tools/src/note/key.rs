//! Keys with the names they sign under, in the texts that other tools read and write as well.

use std::str::FromStr;

use anyhow::{Context, bail, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};

use crate::merkle::sha256;

const LOG: u8 = 0x01;
const WITNESS: u8 = 0x04;
const PRIVATE: &str = "PRIVATE+KEY+";

/// What a key is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// Signs the note as it is.
    Log,
    /// Signs it with the time at which it was seen.
    Witness,
}

/// A public key: `name+id+base64`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct VerifyingKey {
    pub(crate) name: String,
    pub(crate) id: [u8; 4],
    usage: Use,
    public: [u8; 32],
}

impl VerifyingKey {
    fn new(name: &str, usage: Use, public: [u8; 32]) -> anyhow::Result<Self> {
        let unfit = name.is_empty() || name.contains(|c: char| c == '+' || c.is_whitespace());
        ensure!(
            !unfit,
            "a key's name must have neither spaces nor plus signs: example.com/strategos"
        );
        let algorithm = match usage {
            Use::Log => LOG,
            Use::Witness => WITNESS,
        };
        let named = [name.as_bytes(), b"\n", &[algorithm], &public].concat();
        let [a, b, c, d, ..] = sha256(&named);
        Ok(Self {
            name: name.to_owned(),
            id: [a, b, c, d],
            usage,
            public,
        })
    }

    pub(crate) fn usage(&self) -> Use {
        self.usage
    }

    /// Whether `signature` is this key's, of the note's text.
    pub(crate) fn has_signed(&self, text: &str, signature: &[u8]) -> bool {
        let key = UnparsedPublicKey::new(&ED25519, self.public);
        match self.usage {
            Use::Log => key.verify(text.as_bytes(), signature).is_ok(),
            Use::Witness => {
                let Some((time, signature)) = signature.split_first_chunk() else {
                    return false;
                };
                let time = u64::from_be_bytes(*time);
                let message = format!("cosignature/v1\ntime {time}\n{text}");
                key.verify(message.as_bytes(), signature).is_ok()
            }
        }
    }
}

impl std::fmt::Display for VerifyingKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let algorithm = match self.usage {
            Use::Log => LOG,
            Use::Witness => WITNESS,
        };
        let key = STANDARD.encode([&[algorithm], &self.public[..]].concat());
        write!(f, "{}+{}+{key}", self.name, hex::encode(self.id))
    }
}

impl FromStr for VerifyingKey {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        let shape = "a public key is name+id+base64, as keygen writes it";
        let (name, rest) = text.trim().split_once('+').context(shape)?;
        let (id, key) = rest.split_once('+').context(shape)?;
        let bytes = STANDARD.decode(key).context(shape)?;
        let (algorithm, public) = bytes.split_first().context(shape)?;
        let usage = match *algorithm {
            LOG => Use::Log,
            WITNESS => Use::Witness,
            other => bail!("the key of {name} is of kind {other}; only Ed25519 keys can be used"),
        };
        let key = Self::new(name, usage, public.try_into().context(shape)?)?;
        ensure!(
            hex::encode(key.id) == id,
            "the key of {name} was not copied whole: its id does not fit"
        );
        Ok(key)
    }
}

/// A private key: `PRIVATE+KEY+name+id+base64`.
pub(crate) struct SigningKey {
    verifying: VerifyingKey,
    seed: [u8; 32],
}

impl SigningKey {
    pub(crate) fn generate(name: &str) -> anyhow::Result<Self> {
        let mut seed = [0; 32];
        let filled = SystemRandom::new().fill(&mut seed);
        filled.map_err(|_| anyhow::anyhow!("the system gives no random numbers"))?;
        Self::of(name, seed)
    }

    fn of(name: &str, seed: [u8; 32]) -> anyhow::Result<Self> {
        let mut public = [0; 32];
        public.copy_from_slice(pair(&seed)?.public_key().as_ref());
        let verifying = VerifyingKey::new(name, Use::Log, public)?;
        Ok(Self { verifying, seed })
    }

    pub(crate) fn verifying(&self) -> &VerifyingKey {
        &self.verifying
    }

    pub(crate) fn sign(&self, text: &str) -> anyhow::Result<Vec<u8>> {
        Ok(pair(&self.seed)?.sign(text.as_bytes()).as_ref().to_vec())
    }

    pub(crate) fn to_text(&self) -> String {
        let key = STANDARD.encode([&[LOG], &self.seed[..]].concat());
        let (name, id) = (&self.verifying.name, hex::encode(self.verifying.id));
        format!("{PRIVATE}{name}+{id}+{key}")
    }
}

impl FromStr for SigningKey {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        let shape = "the file holds no private key: keygen makes one";
        let rest = text.trim().strip_prefix(PRIVATE).context(shape)?;
        let (name, rest) = rest.split_once('+').context(shape)?;
        let (_, key) = rest.split_once('+').context(shape)?;
        let bytes = STANDARD.decode(key).context(shape)?;
        let Some((&LOG, seed)) = bytes.split_first() else {
            bail!(shape);
        };
        Self::of(name, seed.try_into().context(shape)?)
    }
}

fn pair(seed: &[u8; 32]) -> anyhow::Result<Ed25519KeyPair> {
    Ed25519KeyPair::from_seed_unchecked(seed)
        .map_err(|_| anyhow::anyhow!("the private key cannot be used: make another with keygen"))
}
