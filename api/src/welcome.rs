//! The first page, until the admin UI is built. It lives with what will replace it, in `web/`.

use axum::response::{Html, Redirect};

const PAGE: &str = include_str!("../../web/placeholder.html");

pub(crate) async fn page() -> Html<&'static str> {
    Html(PAGE)
}

/// The original's address of the strategies page.
pub(crate) async fn redirect() -> Redirect {
    Redirect::to("/")
}
