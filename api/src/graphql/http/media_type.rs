//! In which form a client wants its answer.

use axum::http::{HeaderMap, HeaderValue, header};

/// The two there are. The older one is what clients get that do not ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MediaType {
    /// Status 200 even when the request made no sense: clients of old look at the body only.
    Json,
    GraphqlResponse,
}

impl MediaType {
    /// The one that `Accept` likes most; `None` when it likes neither.
    pub(super) fn negotiated(headers: &HeaderMap) -> Option<Self> {
        let mut values = headers.get_all(header::ACCEPT).iter().peekable();
        if values.peek().is_none() {
            return Some(Self::Json);
        }
        let mut best: Option<(Self, u32)> = None;
        for range in values
            .filter_map(|value| value.to_str().ok())
            .flat_map(|v| v.split(','))
        {
            let (Some(kind), quality) = parse(range) else {
                continue;
            };
            if quality > 0 && best.is_none_or(|(_, known)| quality > known) {
                best = Some((kind, quality));
            }
        }
        best.map(|(kind, _)| kind)
    }

    pub(super) fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Json => "application/json; charset=utf-8",
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
        })
    }
}

/// A media range and its quality in thousandths.
fn parse(range: &str) -> (Option<MediaType>, u32) {
    let mut parts = range.split(';').map(str::trim);
    let kind = match parts
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase()
        .as_str()
    {
        "application/graphql-response+json" => Some(MediaType::GraphqlResponse),
        "application/json" | "application/*" | "*/*" => Some(MediaType::Json),
        _ => None,
    };
    let mut quality = 1_000;
    for parameter in parts {
        let Some((name, value)) = parameter.split_once('=') else {
            continue;
        };
        match name.trim().to_ascii_lowercase().as_str() {
            "q" => quality = thousandths(value.trim()),
            "charset" if !value.trim().trim_matches('"').eq_ignore_ascii_case("utf-8") => {
                return (None, 0);
            }
            _ => {}
        }
    }
    (kind, quality)
}

/// `0.5` as 500; nonsense is not wanted at all.
fn thousandths(text: &str) -> u32 {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits: String = part.chars().chain("000".chars()).take(3).collect();
    match (whole.parse::<u32>(), digits.parse::<u32>()) {
        (Ok(whole), Ok(part)) => (whole * 1_000 + part).min(1_000),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(accept: &'static str) -> Option<MediaType> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
        MediaType::negotiated(&headers)
    }

    #[test]
    fn the_form_is_what_the_client_likes_most() {
        use MediaType::{GraphqlResponse, Json};
        let new = "application/graphql-response+json";
        assert_eq!(MediaType::negotiated(&HeaderMap::new()), Some(Json));
        assert_eq!(of(new), Some(GraphqlResponse));
        assert_eq!(
            of("application/graphql-response+json; charset=utf-8, application/json; q=0.9"),
            Some(GraphqlResponse)
        );
        assert_eq!(
            of("application/json, application/graphql-response+json;q=0.5"),
            Some(Json)
        );
        assert_eq!(of("*/*"), Some(Json));
        assert_eq!(of("text/html, application/json;q=0"), None);
        assert_eq!(of("application/json; charset=latin1"), None);
        assert_eq!(of("application/json;q=nonsense"), None);
    }
}
