//! What the program says to people about facts: in English, and as a code with parameters, so that it can be said in
//! any language. What somebody recorded as text, a reason for instance, stands in it as it was recorded.

mod phrases;

use std::fmt;

/// What stands in a phrase: a text, or another phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Param {
    Text(String),
    Phrase(Box<Phrase>),
}

impl Param {
    pub fn text(value: impl fmt::Display) -> Self {
        Self::Text(value.to_string())
    }
}

impl From<Phrase> for Param {
    fn from(phrase: Phrase) -> Self {
        Self::Phrase(Box::new(phrase))
    }
}

impl fmt::Display for Param {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Phrase(phrase) => phrase.fmt(f),
        }
    }
}

/// The English is compiled with the parameters' names: neither can be changed without the other.
macro_rules! phrase_type {
    ($($code:ident($($param:ident),*) = $english:tt;)*) => {
        /// One variant for each code.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Phrase {
            $($code { $($param: Param),* },)*
        }

        impl Phrase {
            /// Each with its name.
            pub fn params(&self) -> Vec<(&'static str, &Param)> {
                match self {
                    $(Self::$code { $($param),* } => vec![$((stringify!($param), $param)),*],)*
                }
            }
        }

        impl fmt::Display for Phrase {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$code { $($param),* } => f.write_fmt(format_args!($english)),)*
                }
            }
        }

        /// Every phrase with its parameters' names in braces, and the English that translations are made from.
        #[cfg(test)]
        fn every() -> Vec<(Phrase, &'static str)> {
            vec![$((
                Phrase::$code { $($param: Param::text(concat!("{", stringify!($param), "}"))),* },
                $english,
            )),*]
        }
    };
}

crate::phrases!(phrase_type);

#[cfg(test)]
mod tests {
    use super::{Param, Phrase, every};

    #[test]
    fn every_phrase_says_its_english_with_nothing_but_its_parameters_in_it() {
        for (phrase, english) in every() {
            assert_eq!(phrase.to_string(), english);
        }
    }

    #[test]
    fn no_two_phrases_are_the_same_to_a_translator() {
        let mut english: Vec<&str> = every().into_iter().map(|(_, english)| english).collect();
        let all = english.len();
        english.sort_unstable();
        english.dedup();
        assert_eq!(english.len(), all);
    }

    #[test]
    fn a_phrase_may_stand_in_another() {
        let change = Phrase::NowRequired {
            subject: Param::text("pair"),
        };
        let reason = Phrase::BumpMajor {
            change: change.clone().into(),
        };
        assert_eq!(
            reason.to_string(),
            "Major: what was accepted may be refused: pair: now required"
        );
        assert_eq!(reason.params(), [("change", &Param::from(change))]);
    }
}
