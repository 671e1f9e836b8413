//! Migrations are embedded: a changed or new one must rebuild this crate. So must a changed rule,
//! because snapshots are made by rules.

mod build_digest;

/// Everything that decides what an aggregate becomes by its stored events.
const RULES: [&str; 2] = ["../domain/src", "src/upcasters"];

fn main() -> std::io::Result<()> {
    println!("cargo:rerun-if-changed=../migrations/sqlite/log");
    println!("cargo:rerun-if-changed=../migrations/postgres/log");
    println!("cargo:rerun-if-changed=build_digest.rs");
    let rules = build_digest::digest_of(&RULES)?;
    println!("cargo:rustc-env=STRATEGOS_RULES={rules}");
    Ok(())
}
