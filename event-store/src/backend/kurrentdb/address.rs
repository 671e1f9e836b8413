//! What the URL of a log in KurrentDB says.

use eventstore::ClientSettings;

use crate::backend::trouble::{Kind, Trouble};

/// Where the log is when the URL names no other stream.
const STREAM: &str = "strategos";

/// KurrentDB's own connection string, and two options of ours: `stream`, and `mirror`, the file of
/// the mirror.
#[derive(Debug)]
pub(crate) struct Address {
    pub(super) settings: ClientSettings,
    pub(super) stream: String,
    mirror: Option<String>,
}

#[derive(Debug, thiserror::Error)]
enum NoAddress {
    // Without what was written: a password may be in it
    #[error("the connection string cannot be read")]
    Unreadable,
    #[error("the connection string has no option mirror")]
    NoMirror,
}

impl Address {
    pub(crate) fn of(url: &str) -> Result<Self, Trouble> {
        let (place, options) = url.split_once('?').unwrap_or((url, ""));
        let mut stream = STREAM.to_owned();
        let mut mirror = None;
        let mut others = Vec::new();
        for option in options.split('&').filter(|option| !option.is_empty()) {
            match form_urlencoded::parse(option.as_bytes()).next() {
                Some((name, value)) if name == "stream" => stream = value.into_owned(),
                Some((name, value)) if name == "mirror" => mirror = Some(value.into_owned()),
                _ => others.push(option),
            }
        }
        let connection = format!("{place}?{}", others.join("&"));
        let connection = connection.strip_suffix('?').unwrap_or(&connection);
        let Ok(settings) = connection.parse() else {
            let sentence = "write the connection string as kurrentdb://user:password@host:2113, with \
                            ?tls=false behind it where the server speaks no TLS";
            return Err(Trouble::new(Kind::Refused, sentence, NoAddress::Unreadable));
        };
        Ok(Self {
            settings,
            stream,
            mirror,
        })
    }

    /// A URL with a file for the mirror, where it names none.
    pub(crate) fn with_mirror(url: &str, file: &str) -> Result<String, Trouble> {
        if Self::of(url)?.mirror.is_some() {
            return Ok(url.to_owned());
        }
        let file: String = form_urlencoded::byte_serialize(file.as_bytes()).collect();
        let joint = if url.contains('?') { '&' } else { '?' };
        Ok(format!("{url}{joint}mirror={file}"))
    }

    /// The URL of the mirror.
    pub(crate) fn mirror(&self) -> Result<String, Trouble> {
        let Some(file) = &self.mirror else {
            let sentence = "add mirror=/path/to/file to the connection string: where this server keeps \
                            its mirror of the log";
            return Err(Trouble::new(Kind::Refused, sentence, NoAddress::NoMirror));
        };
        Ok(format!("sqlite:{file}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_options_are_taken_out_of_the_connection_string() {
        let url =
            "esdb://admin:secret@one:2113,two:2113?tls=false&mirror=/var/lib/a%20b.sqlite&stream=s";
        let address = Address::of(url).unwrap();
        let theirs = "esdb://admin:secret@one:2113,two:2113?tls=false";

        assert_eq!(address.settings, theirs.parse().unwrap());
        assert_eq!(address.stream, "s");
        assert_eq!(address.mirror().unwrap(), "sqlite:/var/lib/a b.sqlite");
    }

    #[test]
    fn the_stream_has_a_name_and_the_mirror_must_get_one() {
        let address = Address::of("kurrentdb://localhost:2113").unwrap();

        assert_eq!(address.stream, "strategos");
        assert!(
            address
                .mirror()
                .unwrap_err()
                .to_string()
                .contains("mirror=")
        );
    }

    #[test]
    fn a_url_without_a_mirror_gets_one() {
        for url in ["kurrentdb://one:2113", "kurrentdb://one:2113?tls=false"] {
            let whole = Address::with_mirror(url, "/a b/c&d+e.sqlite").unwrap();
            let address = Address::of(&whole).unwrap();

            assert_eq!(address.mirror().unwrap(), "sqlite:/a b/c&d+e.sqlite");
            assert_eq!(address.settings, url.parse().unwrap());
            assert_eq!(Address::with_mirror(&whole, "/other").unwrap(), whole);
        }
    }

    #[test]
    fn what_is_no_address_is_refused_without_its_password() {
        let trouble = Address::of("kurrentdb://admin:secret@host:port:99").unwrap_err();
        let said = domain::ErrorChain(&trouble).to_string();

        assert!(
            said.contains("kurrentdb://user:password@host:2113"),
            "{said}"
        );
        assert!(!said.contains("secret"), "{said}");
    }
}
