//! Migrations are embedded: a changed one must rebuild the crate. So must a changed fold: a half-built
//! table is gone on with only by the program that began it.

#[path = "../event-store/build_digest.rs"]
mod build_digest;

/// Everything that decides what a table's rows become by the events.
const FOLDS: [&str; 4] = [
    "src",
    "../domain/src",
    "../event-store/src/upcasters",
    "../migrations",
];

fn main() -> std::io::Result<()> {
    println!("cargo:rerun-if-changed=../event-store/build_digest.rs");
    let folds = build_digest::digest_of(&FOLDS)?;
    println!("cargo:rustc-env=STRATEGOS_FOLDS={folds}");
    Ok(())
}
