//! Notes the commit that the program is built from.

use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-env-changed=STRATEGOS_COMMIT");
    // Whoever builds outside a repository may know it all the same
    let told = std::env::var("STRATEGOS_COMMIT").ok();
    if let Some(commit) = told.filter(|text| !text.is_empty()).or_else(checked_out) {
        println!("cargo::rustc-env=STRATEGOS_COMMIT={commit}");
    }
}

/// `None` outside a repository, inside somebody else's, and without git.
fn checked_out() -> Option<String> {
    if git(&["rev-parse", "--show-prefix"])? != "server/" {
        return None;
    }
    // The second grows with every commit; a file that is missing would count as changed at every build
    for file in ["HEAD", "logs/HEAD"] {
        let path = git(&["rev-parse", "--git-path", file])?;
        if Path::new(&path).exists() {
            println!("cargo::rerun-if-changed={path}");
        }
    }
    git(&["rev-parse", "--verify", "HEAD"])
}

fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let text = text.trim();
    (output.status.success() && !text.is_empty()).then(|| text.to_owned())
}
