//! Which crate may depend on which: the arrows of ARCHITECTURE.md, kept by a test.

use cargo_metadata::{DependencyKind, MetadataCommand, Package};

/// Everything a crate may name in its `[dependencies]`, of ours.
const ALLOWED: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("event-store", &["domain"]),
    ("kurrentdb-stand-in", &[]),
    ("projections", &["domain", "event-store"]),
    ("strategies", &["domain"]),
    ("executors", &["domain", "event-store", "strategies"]),
    ("api", &["domain", "event-store", "projections"]),
    (
        "server",
        &[
            "domain",
            "event-store",
            "projections",
            "strategies",
            "executors",
            "api",
        ],
    ),
    // A replay must not trade and must not serve
    (
        "replay-tools",
        &["domain", "event-store", "projections", "strategies"],
    ),
    (
        "tests",
        &[
            "domain",
            "event-store",
            "projections",
            "strategies",
            "executors",
            "api",
        ],
    ),
];

/// Libraries that belong in one room: (library, the only crates that may name it).
const ROOMS: &[(&str, &[&str])] = &[
    ("axum", &["api"]),
    // Real orders leave from one place
    ("ccxt", &["executors"]),
    ("cqrs-es", &["domain", "event-store"]),
    ("jsonschema", &["domain"]),
    ("jsonwebtoken", &["api"]),
    ("kurrentdb", &["event-store"]),
    ("tonic", &["kurrentdb-stand-in"]),
    // Each reads or writes databases of its own: the log, the tables, the paper exchange, and the
    // original's database during an import
    (
        "sqlx",
        &["event-store", "projections", "executors", "server"],
    ),
];

fn workspace() -> Vec<Package> {
    let metadata = MetadataCommand::new().exec().unwrap();
    metadata.workspace_packages().into_iter().cloned().collect()
}

fn dependencies(package: &Package) -> impl Iterator<Item = &str> {
    let normal = |kind| kind == DependencyKind::Normal;
    package
        .dependencies
        .iter()
        .filter(move |d| normal(d.kind))
        .map(|d| d.name.as_str())
}

#[test]
fn arrows_point_the_way_the_drawing_says() {
    let packages = workspace();
    let ours: Vec<&str> = packages
        .iter()
        .map(|package| package.name.as_str())
        .collect();
    for package in &packages {
        let (_, allowed) = ALLOWED
            .iter()
            .find(|(name, _)| *name == package.name.as_str())
            .unwrap_or_else(|| panic!("say in ALLOWED what {} may depend on", package.name));
        for dependency in dependencies(package).filter(|name| ours.contains(name)) {
            assert!(
                allowed.contains(&dependency),
                "{} must not depend on {dependency}: see ARCHITECTURE.md",
                package.name
            );
        }
    }
}

#[test]
fn libraries_stay_in_their_rooms() {
    for package in workspace()
        .iter()
        .filter(|package| package.name.as_str() != "tests")
    {
        for dependency in dependencies(package) {
            if let Some((_, rooms)) = ROOMS.iter().find(|(library, _)| *library == dependency) {
                assert!(
                    rooms.contains(&package.name.as_str()),
                    "{} must not depend on {dependency}: it belongs in {rooms:?}",
                    package.name
                );
            }
        }
    }
}

/// Whoever did not ask for it cannot lose money with it.
#[test]
fn the_default_build_reaches_no_real_exchange() {
    let metadata = MetadataCommand::new().exec().unwrap();
    let built = metadata.resolve.unwrap().nodes;
    let ccxt = metadata
        .packages
        .iter()
        .filter(|package| package.name.starts_with("ccxt"))
        .find(|package| built.iter().any(|node| node.id == package.id));
    assert!(ccxt.is_none(), "{ccxt:?}");
}

#[test]
fn every_crate_keeps_the_workspace_lints() {
    for package in workspace() {
        let manifest = std::fs::read_to_string(&package.manifest_path).unwrap();
        assert!(
            manifest.contains("[lints]\nworkspace = true"),
            "{} needs `[lints] workspace = true`",
            package.name
        );
    }
}
