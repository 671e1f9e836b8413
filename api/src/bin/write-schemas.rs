//! Writes the generated API descriptions into this crate's folder. A test compares them.

use std::path::Path;

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    std::fs::write(folder.join("openapi.json"), api::openapi::legacy_json())?;
    std::fs::write(folder.join("schema.graphql"), api::sdl())
}
