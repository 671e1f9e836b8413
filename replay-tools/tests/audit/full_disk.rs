//! Where nothing can be written any more. A limit on the size of files stands in for a full disk.

use std::process::Command;

use crate::database::Database;
use crate::interrupted::MANY;
use crate::program::{command, replay};

/// What a command says when no file may be longer than so many blocks of 512 bytes.
fn with_room_for(blocks: u32, arguments: &[&str]) -> (i32, String) {
    let program = command(arguments);
    // Without the trap the first byte too many would end it
    let limited = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let output = Command::new("sh")
        .args(["-c", &limited])
        .arg(program.get_program())
        .args(program.get_args())
        .env_remove("STRATEGOS_DATABASE")
        .output()
        .unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    (output.status.code().unwrap(), error)
}

#[test]
fn a_key_that_could_not_be_written_is_not_in_the_way() {
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("audit.key").display().to_string();
    let keygen = ["keygen", "--name", "example.com/log", "--out", &key];

    let (code, error) = with_room_for(0, &keygen);

    assert_eq!(code, 3, "{error}");
    assert!(
        error.contains("audit.key cannot be written as a new file"),
        "{error}"
    );
    replay(&keygen).fine();
}

pub(crate) async fn a_checkpoint_that_could_not_be_written_says_which_file(database: Database) {
    database.with_many_events().await;
    let (key, shelf) = (database.file("audit.key"), database.file("shelf"));
    replay(&["keygen", "--name", "example.com/strategos", "--out", &key]).fine();
    let checkpoint = ["--database", &database.url, "checkpoint", "--key", &key];
    let checkpoint = [&checkpoint[..], &["--into", &shelf]].concat();

    let (code, error) = with_room_for(64, &checkpoint);

    assert_eq!(code, 3, "{error}");
    assert!(
        error.contains("shelf/leaves.part cannot be written"),
        "{error}"
    );
    replay(&checkpoint).fine();
    assert_eq!(database.file_length("shelf/leaves"), 32 * MANY);
}

/// The live tables are not what failed.
pub(crate) async fn a_scratch_file_without_room_says_where_it_is(database: Database) {
    database.with_history().await;
    database.with_tables_of_it().await;
    let at = ["--database", &database.url, "at", "--position", "12"];

    let (code, error) = with_room_for(72, &at);

    assert_eq!(code, 3, "{error}");
    assert!(error.contains("the scratch file in "), "{error}");
    assert!(error.contains("TMPDIR says where it is"), "{error}");
}
