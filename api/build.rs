//! Embeds the admin UI, or a page that says it was not built. Neither runs npm nor writes into the
//! source tree.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

#[path = "build/required.rs"]
mod required;

use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

const DIST: &str = "../web/dist";
const PLACEHOLDER: &str = "../web/placeholder.html";
/// Fonts and pictures are compressed already.
const COMPRESSIBLE: [&str; 6] = ["css", "html", "js", "json", "svg", "txt"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-env-changed=STRATEGOS_REQUIRE_WEB");
    println!("cargo::rerun-if-changed={PLACEHOLDER}");
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let target = out.join("web");
    if target.exists() {
        fs::remove_dir_all(&target)?;
    }
    fs::create_dir_all(&target)?;
    let built = Path::new(DIST).join("index.html").exists();
    if built {
        println!("cargo::rerun-if-changed={DIST}");
        copy_folder(Path::new(DIST), &target)?;
    } else {
        // A path that is missing would count as changed at every build
        println!("cargo::rerun-if-changed=../web");
        let variable = std::env::var("STRATEGOS_REQUIRE_WEB").ok();
        if required::is_required(variable.as_deref(), &std::env::var("PROFILE")?) {
            let missing = "the admin UI is missing: run npm ci and npm run build in web/, or set \
                           STRATEGOS_REQUIRE_WEB=0 for a program that shows a placeholder page";
            return Err(missing.into());
        }
        println!("cargo::warning=web/dist is missing: the program shows a placeholder page");
        fs::copy(PLACEHOLDER, target.join("index.html"))?;
    }
    let web = if built { "built" } else { "placeholder" };
    println!("cargo::rustc-env=STRATEGOS_WEB={web}");
    fs::write(out.join("web.rs"), table(&target)?)?;
    Ok(())
}

/// Leaves out what is hidden: the bundler's own notes.
fn copy_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// A Rust expression: every file by its name, in order, as `web::file::Embedded` declares it.
fn table(folder: &Path) -> Result<String, Box<dyn Error>> {
    let mut files = vec![];
    collect(folder, &mut files)?;
    let mut named = vec![];
    for file in files {
        let name = file
            .strip_prefix(folder)?
            .to_str()
            .ok_or("a name is not UTF-8")?;
        named.push((name.to_owned(), file));
    }
    named.sort();
    let mut table = String::from("&[\n");
    for (name, file) in named {
        let plain = form(&name, &fs::read(&file)?);
        let gzip = match compressed(&file)? {
            Some(bytes) => format!("Some({})", form(&format!("{name}.gz"), &bytes)),
            None => "None".to_owned(),
        };
        writeln!(
            table,
            "Embedded {{ name: {name:?}, plain: {plain}, gzip: {gzip} }},"
        )?;
    }
    table.push(']');
    Ok(table)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), files)?;
        } else {
            files.push(entry.path());
        }
    }
    Ok(())
}

/// The entity tag is of the very bytes, so each form has its own.
fn form(name: &str, bytes: &[u8]) -> String {
    let path = format!("/web/{name}");
    let tag = format!("\"{:x}\"", Sha256::digest(bytes));
    format!("Form {{ bytes: include_bytes!(concat!(env!(\"OUT_DIR\"), {path:?})), tag: {tag:?} }}")
}

/// Written beside the file, where it is smaller.
fn compressed(file: &Path) -> std::io::Result<Option<Vec<u8>>> {
    let extension = file.extension().and_then(|extension| extension.to_str());
    if !extension.is_some_and(|extension| COMPRESSIBLE.contains(&extension)) {
        return Ok(None);
    }
    let plain = fs::read(file)?;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&plain)?;
    let bytes = encoder.finish()?;
    if bytes.len() >= plain.len() {
        return Ok(None);
    }
    let mut name = file.as_os_str().to_owned();
    name.push(".gz");
    fs::write(name, &bytes)?;
    Ok(Some(bytes))
}
