//! Migrations are embedded: a changed or new one must rebuild this crate.

fn main() {
    println!("cargo:rerun-if-changed=../migrations/sqlite/log");
    println!("cargo:rerun-if-changed=../migrations/postgres/log");
}
