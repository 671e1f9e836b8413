//! What a sentence says, for clients that say it in another language.

use async_graphql::{Enum, SimpleObject};
use domain::phrase::{self, Param};
use serde_json::{Map, Value, json};

use crate::graphql::scalars::Json;

/// What the sentence beside it says. It may say something else in later versions: then by another code.
#[derive(Debug, Clone, PartialEq, SimpleObject)]
pub(crate) struct Phrase {
    code: PhraseCode,
    /// What stands in it, by name: each a text, or another phrase as `{"code": …, "params": …}`.
    params: Json,
}

macro_rules! phrase_code {
    ($($code:ident($($param:ident),*) = $english:tt;)*) => {
        /// Each with its English: parameters in braces.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
        enum PhraseCode {
            $(#[doc = $english] $code,)*
        }

        impl PhraseCode {
            fn of(phrase: &phrase::Phrase) -> Self {
                match phrase {
                    $(phrase::Phrase::$code { .. } => Self::$code,)*
                }
            }
        }
    };
}

domain::phrases!(phrase_code);

impl From<&phrase::Phrase> for Phrase {
    fn from(phrase: &phrase::Phrase) -> Self {
        Self {
            code: PhraseCode::of(phrase),
            params: Json(params(phrase)),
        }
    }
}

fn params(phrase: &phrase::Phrase) -> Value {
    let params = phrase.params().into_iter();
    let members: Map<String, Value> = params
        .map(|(name, param)| (name.to_owned(), member(param)))
        .collect();
    Value::Object(members)
}

fn member(param: &Param) -> Value {
    match param {
        Param::Text(text) => Value::from(text.as_str()),
        Param::Phrase(phrase) => {
            let code = async_graphql::Value::from(PhraseCode::of(phrase));
            json!({ "code": code, "params": params(phrase) })
        }
    }
}
