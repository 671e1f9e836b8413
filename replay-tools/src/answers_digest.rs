//! All answers to idempotency keys as one digest, to be signed beside the events' root: the events do not
//! say what a request was answered.

use event_store::StoredAnswer;
use ring::digest::{Context, SHA256};
use serde::{Deserialize, Serialize};

use crate::merkle::{Frontier, base64};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AnswersDigest {
    pub(crate) format: String,
    /// The log whose answers they are: those of an older backup are not those of this one.
    pub(crate) events: u64,
    pub(crate) root: String,
    pub(crate) answers: u64,
    /// In hexadecimal digits.
    pub(crate) sha256: String,
}

const FORMAT: &str = "strategos-answers/1";

/// One in the making.
pub(crate) struct Digesting {
    answers: u64,
    digest: Context,
}

impl AnswersDigest {
    pub(crate) fn begin() -> Digesting {
        Digesting {
            answers: 0,
            digest: Context::new(&SHA256),
        }
    }
}

impl Digesting {
    /// In the order of keys. Each part with its length in front, so that none can reach into the next.
    pub(crate) fn take(&mut self, answers: &[StoredAnswer]) {
        for answer in answers {
            for text in [&answer.key, &answer.fingerprint] {
                self.digest.update(&(text.len() as u64).to_be_bytes());
                self.digest.update(text.as_bytes());
            }
            let numbers = [
                answer.position,
                answer.version,
                answer.recorded_at.timestamp_micros(),
            ];
            for number in numbers {
                self.digest.update(&number.to_be_bytes());
            }
            self.answers += 1;
        }
    }

    pub(crate) fn end(self, events: &Frontier) -> AnswersDigest {
        AnswersDigest {
            format: FORMAT.to_owned(),
            events: events.size(),
            root: base64(&events.root()),
            answers: self.answers,
            sha256: hex::encode(self.digest.finish()),
        }
    }
}
