//! `strategos admin reset-password`.

use std::os::unix::fs::PermissionsExt;

use crate::support::Installation;

#[test]
fn a_reset_writes_a_new_password_for_its_owner_alone() {
    let installation = Installation::new();
    let said = installation.succeed(&["admin", "reset-password"]);
    let file = installation.data_folder().join("admin-password");
    assert!(said.contains(&file.display().to_string()), "{said}");
    let first = std::fs::read_to_string(&file).unwrap();
    assert!(!said.contains(first.trim()), "shown on a terminal only");
    for name in ["admin-password", "credentials.json"] {
        let mode = std::fs::metadata(installation.data_folder().join(name)).unwrap();
        assert_eq!(mode.permissions().mode() & 0o777, 0o600, "{name}");
    }
    installation.succeed(&["admin", "reset-password"]);
    assert_ne!(std::fs::read_to_string(&file).unwrap(), first);
}

#[test]
fn an_overruling_variable_is_pointed_out() {
    let installation = Installation::new();
    let said = installation
        .command(&["admin", "reset-password"])
        .env("ADMIN_PASSWORD", "hunter2")
        .output()
        .unwrap();
    let said = String::from_utf8(said.stdout).unwrap();
    assert!(said.contains("ADMIN_PASSWORD is set here"), "{said}");
    assert!(!said.contains("hunter2"), "{said}");
}
