//! What the program says about itself, and to wrong settings.

use crate::support::Installation;

#[test]
fn help_teaches_the_first_steps() {
    let installation = Installation::new();
    let help = installation.succeed(&["--help"]);
    for words in [
        "serve --demo",
        "doctor",
        "import-legacy",
        "strategos.example.toml",
        "switch",
    ] {
        assert!(help.contains(words), "{words} in {help}");
    }
    for (command, words) in [
        (vec!["help", "serve"], "resume by themselves"),
        (vec!["help", "seed"], "removed ones stay removed"),
        (vec!["help", "import-legacy"], "The source is only read"),
        (vec!["help", "switch", "mode"], "--reason"),
    ] {
        let help = Installation::run_bare(&command);
        assert!(help.contains(words), "{words} in {help}");
    }
    assert!(!installation.data_folder().exists(), "help changes nothing");
}

#[test]
fn a_wrong_setting_is_one_sentence_with_the_way_out() {
    let installation = Installation::new();
    let said = installation.fail(&["serve", "--listen", "0.0.0.0:3000"]);
    assert_eq!(said.trim_end().lines().count(), 1, "{said}");
    assert!(said.contains("behind_proxy = true"), "{said}");
    assert!(!installation.data_folder().exists());
}

#[test]
fn an_unknown_variable_is_refused_by_name() {
    let installation = Installation::new();
    let refused = installation
        .command(&["migrate"])
        .env("STRATEGOS_LISEN", "127.0.0.1:1")
        .output()
        .unwrap();
    let said = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert!(said.contains("`lisen`"), "{said}");
}

/// Exported for the auditor's program, a benchmark or the tests, they reach the server as well.
#[test]
fn what_other_programs_go_by_is_let_through() {
    let installation = Installation::new();
    let mut command = installation.command(&["migrate"]);
    for name in ["EXPORT_KEY", "BENCH_TOLERANCE", "SOAK_MINUTES", "RACES"] {
        command.env(format!("STRATEGOS_{name}"), "1");
    }
    let done = command.output().unwrap();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
}
