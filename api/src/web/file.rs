//! One embedded file as an answer.

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;

use super::headers::protect;

#[derive(Debug, Clone, Copy)]
struct Embedded {
    /// The path, without a slash before it.
    name: &'static str,
    plain: Form,
    /// Where that is smaller.
    gzip: Option<Form>,
}

/// What is sent, and the strong entity tag of just that.
#[derive(Debug, Clone, Copy)]
struct Form {
    bytes: &'static [u8],
    tag: &'static str,
}

/// In the order of their names; the build script writes it.
static FILES: &[Embedded] = include!(concat!(env!("OUT_DIR"), "/web.rs"));

/// The folder of what has a hash of its content in its name.
const HASHED: &str = "assets/";
/// A year: a change is a new name.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const ASK_AGAIN: &str = "no-cache";

/// The file of this name, in the form that the client likes best; `None` when there is none.
pub(super) fn file(name: &str, asked: &HeaderMap) -> Option<Response> {
    let at = FILES.binary_search_by_key(&name, |file| file.name).ok()?;
    FILES.get(at).map(|file| answer(file, asked))
}

fn answer(file: &Embedded, asked: &HeaderMap) -> Response {
    let gzip = file.gzip.filter(|_| accepts_gzip(asked));
    let form = gzip.unwrap_or(file.plain);
    let mut response = Response::new(Body::empty());
    if knows(asked, form.tag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    } else {
        *response.body_mut() = Body::from(Bytes::from_static(form.bytes));
    }
    let caching = if file.name.starts_with(HASHED) {
        FOR_EVER
    } else {
        ASK_AGAIN
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, content_type(file.name)),
        (header::CACHE_CONTROL, caching),
        (header::VARY, "Accept-Encoding"),
        (header::ETAG, form.tag),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if gzip.is_some() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    protect(headers);
    response
}

fn knows(asked: &HeaderMap, tag: &str) -> bool {
    let known = asked.get_all(header::IF_NONE_MATCH);
    let mut known = known.iter().filter_map(|value| value.to_str().ok());
    known.any(|value| {
        let mut tags = value.split(',').map(str::trim);
        tags.any(|one| one == "*" || one.trim_start_matches("W/") == tag)
    })
}

fn accepts_gzip(asked: &HeaderMap) -> bool {
    let accepted = asked.get_all(header::ACCEPT_ENCODING);
    let accepted = accepted.iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).any(|coding| {
        let (name, quality) = coding.split_once(';').unwrap_or((coding, ""));
        let refused = matches!(quality.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000");
        name.trim().eq_ignore_ascii_case("gzip") && !refused
    })
}

fn content_type(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "ico" => "image/x-icon",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(name: header::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    const FILE: Embedded = Embedded {
        name: "x.css",
        plain: Form {
            bytes: b"plain",
            tag: "\"1\"",
        },
        gzip: Some(Form {
            bytes: b"gz",
            tag: "\"2\"",
        }),
    };

    fn sent(response: &Response, name: header::HeaderName) -> Option<&str> {
        response.headers().get(name)?.to_str().ok()
    }

    #[test]
    fn hashed_files_are_kept_for_a_year_and_others_are_asked_for_again() {
        let nothing = HeaderMap::new();
        let named = |name| answer(&Embedded { name, ..FILE }, &nothing);
        let hashed = named("assets/index-x.js");
        assert_eq!(
            sent(&hashed, header::CACHE_CONTROL),
            Some("public, max-age=31536000, immutable")
        );
        assert_eq!(
            sent(&hashed, header::CONTENT_TYPE),
            Some("text/javascript; charset=utf-8")
        );
        let other = named("favicon.svg");
        assert_eq!(sent(&other, header::CACHE_CONTROL), Some("no-cache"));
    }

    #[test]
    fn each_form_has_its_own_entity_tag() {
        let mut headers = asked(header::ACCEPT_ENCODING, "gzip");
        let compressed = answer(&FILE, &headers);
        assert_eq!(sent(&compressed, header::CONTENT_ENCODING), Some("gzip"));
        assert_eq!(sent(&compressed, header::ETAG), Some("\"2\""));
        let plain = answer(&FILE, &HeaderMap::new());
        assert_eq!(sent(&plain, header::CONTENT_ENCODING), None);
        assert_eq!(sent(&plain, header::ETAG), Some("\"1\""));
        for (known, status) in [("\"1\"", 200), ("\"0\", W/\"2\"", 304), ("*", 304)] {
            headers.insert(header::IF_NONE_MATCH, HeaderValue::from_static(known));
            assert_eq!(answer(&FILE, &headers).status(), status, "{known}");
        }
    }

    #[test]
    fn compression_is_for_those_who_take_it() {
        for (accepted, expected) in [
            ("gzip, deflate, br", true),
            ("br;q=1, GZIP;q=0.5", true),
            ("gzip;q=0", false),
            ("identity", false),
        ] {
            let headers = asked(header::ACCEPT_ENCODING, accepted);
            assert_eq!(accepts_gzip(&headers), expected, "{accepted}");
        }
    }
}
