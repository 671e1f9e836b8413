//! Which page a browser's request comes from. Cookies go with requests of every page; only this tells
//! ours from others.

use axum::http::{HeaderMap, Uri, header};

/// Whether the request says that a page of ours sent it, or the user did by hand. Saying nothing is
/// not enough.
pub(crate) fn is_same_origin(headers: &HeaderMap) -> bool {
    match headers.get("sec-fetch-site") {
        Some(site) => site == "same-origin" || site == "none",
        None => origin_is_host(headers) == Some(true),
    }
}

/// Whether the request says that a page of somebody else's sent it. Programs say nothing.
pub(crate) fn is_cross_origin(headers: &HeaderMap) -> bool {
    let says = headers.contains_key("sec-fetch-site") || headers.contains_key(header::ORIGIN);
    says && !is_same_origin(headers)
}

/// `None` without an origin.
pub(crate) fn origin_is_host(headers: &HeaderMap) -> Option<bool> {
    let origin = headers.get(header::ORIGIN)?;
    let origin = origin
        .to_str()
        .ok()
        .and_then(|text| text.parse::<Uri>().ok());
    let authority = origin.as_ref().and_then(Uri::authority);
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    Some(authority.is_some_and(|authority| Some(authority.as_str()) == host))
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn sent(headers: &[(&'static str, &'static str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &'static str)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        };
        headers.iter().map(pair).collect()
    }

    #[test]
    fn what_the_browser_says_of_the_page_wins_over_the_origin() {
        let host = ("host", "strategos.example");
        let ours = ("origin", "https://strategos.example");
        for (headers, same, cross) in [
            (sent(&[host]), false, false),
            (sent(&[host, ours]), true, false),
            (
                sent(&[host, ("origin", "https://evil.example")]),
                false,
                true,
            ),
            (sent(&[host, ("origin", "null")]), false, true),
            (
                sent(&[host, ("sec-fetch-site", "same-origin")]),
                true,
                false,
            ),
            (sent(&[host, ("sec-fetch-site", "none")]), true, false),
            (
                sent(&[host, ours, ("sec-fetch-site", "same-site")]),
                false,
                true,
            ),
            (
                sent(&[host, ours, ("sec-fetch-site", "cross-site")]),
                false,
                true,
            ),
        ] {
            assert_eq!(is_same_origin(&headers), same, "{headers:?}");
            assert_eq!(is_cross_origin(&headers), cross, "{headers:?}");
        }
    }
}
