//! Puts the document together from the handlers' own descriptions.

use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

use crate::legacy::{by_type, definitions, instances, strategy};
use crate::{auth, event_stream};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Strategos, legacy REST",
        description = "As callers of the original expect: a POST under /admin answers 201, an unknown id 400. \
            Beside it the event feed, whose errors are application/problem+json.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    paths(
        auth::login,
        definitions::create,
        definitions::list,
        definitions::find,
        definitions::update,
        definitions::enable,
        definitions::disable,
        definitions::publish,
        definitions::versions,
        definitions::remove,
        instances::validate,
        instances::start,
        instances::stop,
        instances::list,
        instances::backfill,
        by_type::start,
        by_type::stop,
        by_type::execute_arbitrage,
        by_type::stop_arbitrage,
        by_type::execute_pure_market_making,
        by_type::stop_pure_market_making,
        by_type::execute_volume,
        by_type::stop_volume,
        strategy::running,
        strategy::admin_running,
        strategy::all,
        strategy::controllers,
        strategy::rerun,
        strategy::join,
        strategy::execute_indicator,
        strategy::start_indicator,
        strategy::stop_indicator,
        strategy::verify_contribution,
        event_stream::stream,
    ),
    modifiers(&Tokens),
)]
struct Document;

struct Tokens;

impl Modify for Tokens {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let bearer = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("JWT")
            .build();
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(bearer));
    }
}

/// The document as committed in `api/openapi.json`.
pub fn legacy_json() -> String {
    let document = Document::openapi().to_pretty_json().unwrap_or_default();
    format!("{document}\n")
}
