//! Migrations are embedded: a changed one must rebuild the crate.

fn main() {
    println!("cargo::rerun-if-changed=../migrations/sqlite/tables");
    println!("cargo::rerun-if-changed=../migrations/postgres/tables");
}
