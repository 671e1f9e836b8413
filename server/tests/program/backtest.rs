//! `strategos backtest`.

use serde_json::Value;

use crate::support::Installation;

const CONFIG: &str = r#"{"pair":"WLD/USDT","bidSpread":0.0005,"askSpread":0.0005,"orderAmount":20,"orderRefreshTime":10000}"#;

fn question<'a>(definition: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let question = [
        "backtest",
        "--definition",
        definition,
        "--config",
        CONFIG,
        "--length",
        "3m",
        "--step",
        "5s",
    ];
    [question.as_slice(), more].concat()
}

#[test]
fn a_built_in_definition_is_tried_without_an_installation() {
    let installation = Installation::new();
    let page = installation.beside("report.html");
    let html = ["--html", page.to_str().unwrap()];
    let said = installation.succeed(&question("pure-market-making@1.100.0", &html));
    for line in [
        "definition        pure-market-making 1.100.0",
        "profit",
        "max drawdown",
        "orders",
    ] {
        assert!(said.contains(line), "{line} in {said}");
    }
    assert!(
        !installation.data_folder().exists(),
        "nothing is made by trying"
    );
    let html = std::fs::read_to_string(&page).unwrap();
    assert!(html.contains("Profit after fees") && html.contains("<polyline"));
    assert!(!html.contains("://"), "the page asks nobody for anything");
}

#[test]
fn the_report_is_json_for_programs() {
    let installation = Installation::new();
    let said = installation.succeed(&question("pure-market-making", &["--json"]));
    let report: Value = serde_json::from_str(&said).unwrap();
    assert!(report["orders"]["placed"].as_u64().unwrap() > 0);
    assert!(report["profit"].is_string());
    assert_eq!(report["stepSeconds"], 5.0);
}

#[test]
fn mistakes_are_said_at_their_place() {
    let installation = Installation::new();
    for (arguments, sentence) in [
        (question("no-such", &[]), "there is no definition no-such"),
        (
            vec![
                "backtest",
                "--definition",
                "volume",
                "--from",
                "300000years",
            ],
            "--from must not be longer than 3660 days",
        ),
        (
            vec!["backtest", "--definition", "volume", "--step", "0s"],
            "--step must be longer than nothing",
        ),
        (question("volume@9.9.9", &[]), "volume has no version 9.9.9"),
        (
            vec![
                "backtest",
                "--definition",
                "pure-market-making",
                "--config",
                r#"{"bidSpread":-1}"#,
            ],
            "/bidSpread: ",
        ),
        (
            vec![
                "backtest",
                "--definition",
                "pure-market-making",
                "--config",
                "nonsense",
            ],
            "--config is not JSON",
        ),
        (
            question("pure-market-making", &["--data", "missing.csv"]),
            "missing.csv",
        ),
    ] {
        let said = installation.fail(&arguments);
        assert!(said.contains(sentence), "{sentence} in {said}");
    }
}

#[test]
fn an_installation_that_cannot_be_read_is_not_passed_over() {
    let installation = Installation::new();
    std::fs::create_dir_all(installation.data_folder()).unwrap();
    let file = installation.data_folder().join("strategos.sqlite");
    std::fs::write(&file, "no database at all, but a file of that name").unwrap();
    let said = installation.fail(&question("pure-market-making", &[]));
    assert!(
        said.contains("the definitions in") && said.contains("cannot be read"),
        "{said}"
    );
}
