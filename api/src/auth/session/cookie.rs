//! The cookie as browsers send and keep it.

use axum::http::{HeaderMap, HeaderValue, header};

/// Browsers take this name only from a secure page of the very host, for every path.
const SECURE: &str = "__Host-strategos_session";
/// Where there is no TLS: on the machine itself.
const PLAIN: &str = "strategos_session";

/// The token in it.
pub(in crate::auth) fn session_cookie(asked: &HeaderMap, behind_proxy: bool) -> Option<String> {
    let name = name(asked, behind_proxy);
    let cookies = asked.get_all(header::COOKIE);
    let cookies = cookies.iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';'));
    pairs.find_map(|pair| {
        let (found, value) = pair.trim().split_once('=')?;
        (found == name).then(|| value.to_owned())
    })
}

/// Kept until the browser ends; how long it is good for is in the token.
pub(super) fn set_cookie(
    token: &str,
    asked: &HeaderMap,
    behind_proxy: bool,
) -> Option<HeaderValue> {
    written(token, "", asked, behind_proxy)
}

pub(super) fn clear_cookie(asked: &HeaderMap, behind_proxy: bool) -> Option<HeaderValue> {
    written("", "; Max-Age=0", asked, behind_proxy)
}

fn written(token: &str, age: &str, asked: &HeaderMap, behind_proxy: bool) -> Option<HeaderValue> {
    let name = name(asked, behind_proxy);
    let secure = if name == SECURE { "; Secure" } else { "" };
    let cookie = format!("{name}={token}{age}; Path=/; HttpOnly; SameSite=Lax{secure}");
    let mut value = HeaderValue::from_str(&cookie).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// The plain name is read only where it is set: elsewhere another host could have set it.
fn name(asked: &HeaderMap, behind_proxy: bool) -> &'static str {
    if !behind_proxy && asks_this_machine(asked) {
        PLAIN
    } else {
        SECURE
    }
}

fn asks_this_machine(asked: &HeaderMap) -> bool {
    let host = asked.get(header::HOST);
    let host = host.and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        Some(_) | None => host,
    };
    let name = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost")
        || name
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_machine_itself_does_without_tls() {
        for (host, expected) in [
            ("localhost:3000", PLAIN),
            ("LOCALHOST", PLAIN),
            ("127.0.0.1:3000", PLAIN),
            ("[::1]:3000", PLAIN),
            ("[::1]", PLAIN),
            ("localhost.evil.example", SECURE),
            ("127.0.0.1.evil.example:80", SECURE),
            ("192.168.0.2:3000", SECURE),
            ("", SECURE),
        ] {
            let asked = HeaderMap::from_iter([(header::HOST, HeaderValue::from_static(host))]);
            assert_eq!(name(&asked, false), expected, "{host}");
            assert_eq!(name(&asked, true), SECURE);
        }
    }
}
