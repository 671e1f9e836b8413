//! Puts the document together from the handlers' own descriptions.

use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

use crate::auth;
use crate::legacy::documented::*;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Strategos, legacy REST",
        description = "Every POST answers 201, an unknown id 400, as callers expect.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    paths(
        auth::documented::login,
    ),
    modifiers(&Tokens),
)]
struct Document;

struct Tokens;

impl Modify for Tokens {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(bearer));
    }
}

/// The document as committed in `api/openapi.json`.
pub fn legacy_json() -> String {
    let document = Document::openapi().to_pretty_json().unwrap_or_default();
    format!("{document}\n")
}
