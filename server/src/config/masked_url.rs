//! URLs for people to see: without what may be a password, however it was written.

/// `scheme://user:secret@host/db?password=secret` → `scheme://user:***@host/db`. Where a password was
/// not percent-encoded, nobody can say where it ends: then too much is left out, never too little.
pub(crate) fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return bare(url).to_owned();
    };
    if scheme == "sqlite" {
        return bare(url).to_owned();
    }
    let Some((login, place)) = rest.rsplit_once('@') else {
        return if has_ports_only(authority(rest)) {
            bare(url).to_owned()
        } else {
            format!("{scheme}://***")
        };
    };
    match login.split_once(':') {
        None => bare(url).to_owned(),
        Some((user, _)) if user.contains(ENDS_AUTHORITY) => bare(url).to_owned(),
        Some((_, secret)) if secret.contains('@') && secret.contains(['?', '#']) => {
            format!("{scheme}://***")
        }
        Some((user, _)) => format!("{scheme}://{user}:***@{}", bare(place)),
    }
}

/// Whether a password holds a character that ends the part of the URL it is in.
pub(super) fn is_cut_short(url: &str) -> bool {
    match url.split_once("://") {
        Some((scheme, rest)) if scheme != "sqlite" => {
            let authority = authority(rest);
            !authority.contains('@') && !has_ports_only(authority)
        }
        _ => false,
    }
}

const ENDS_AUTHORITY: [char; 3] = ['/', '?', '#'];

fn authority(rest: &str) -> &str {
    rest.split(ENDS_AUTHORITY).next().unwrap_or(rest)
}

fn bare(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or(url)
}

/// Whether every colon in it begins a port: of one host, or of several.
fn has_ports_only(authority: &str) -> bool {
    authority.split(',').all(|host| {
        let behind_address = host.rsplit_once(']').map_or(host, |(_, rest)| rest);
        match behind_address.split_once(':') {
            None => true,
            Some((_, port)) => port.chars().all(|c| c.is_ascii_digit()),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_left_out_wherever_it_stands() {
        for (url, shown) in [
            ("postgres://ops:hunter2@h/x", "postgres://ops:***@h/x"),
            (
                "postgres://ops:hunter2@h/x?password=hunter2",
                "postgres://ops:***@h/x",
            ),
            ("postgres://ops@h/x?password=hunter2", "postgres://ops@h/x"),
            ("postgres://ops:hun#ter2@h/x", "postgres://ops:***@h/x"),
            ("postgres://ops:hun?ter2@h/x", "postgres://ops:***@h/x"),
            ("postgres://ops:hun/ter2@h/x", "postgres://ops:***@h/x"),
            ("postgres://ops:hun@ter2@h/x", "postgres://ops:***@h/x"),
            ("postgres://ops:hun#ter2/x", "postgres://***"),
            ("postgres://ops:hunter2", "postgres://***"),
            (
                "postgres://ops:hunter2@h/x?password=hunt@er2",
                "postgres://***",
            ),
            ("postgres://h/x?password=hunter2:a@b", "postgres://h/x"),
            ("postgres://h/x?password=hunt@er2", "postgres://h/x"),
        ] {
            assert_eq!(without_password(url), shown, "{url}");
        }
    }

    #[test]
    fn what_is_no_password_is_shown() {
        for url in [
            "postgres://127.0.0.1:5432/x",
            "postgres://[::1]:5432/x",
            "kurrentdb://a:2113,b:2113",
            "sqlite:///var/lib/a:b@c.sqlite",
            "sqlite:C:/data/strategos.sqlite",
        ] {
            assert_eq!(without_password(url), url);
            assert!(!is_cut_short(url), "{url}");
        }
    }

    #[test]
    fn a_password_that_ends_its_url_early_is_noticed() {
        for url in [
            "postgres://ops:hun#ter2@h/x",
            "postgres://ops:hun?ter2@h/x",
            "postgres://ops:hun/ter2@h/x",
        ] {
            assert!(is_cut_short(url), "{url}");
        }
        assert!(!is_cut_short("postgres://ops:hun%23ter2@h/x"));
        assert!(!is_cut_short("postgres://h:5432/x?user=ops@desk"));
    }
}
