//! What is signed, and who is believed.

use std::process::Stdio;

use crate::database::Database;
use crate::history::LENGTH;
use crate::interrupted::MANY;
use crate::program::{command, replay};

pub(crate) async fn nothing_is_signed_that_contradicts_an_earlier_checkpoint(database: Database) {
    database.signed().await;
    database
        .tamper(&["UPDATE events SET event_type = 'Other' WHERE position = 3"])
        .await;

    let told = database.checkpoint().wrong();

    assert!(
        told.contains("the event at position 3 is not the one"),
        "{told}"
    );
    assert!(told.ends_with("nothing was signed\n"), "{told}");
    let kept = std::fs::metadata(database.file("shelf/leaves"))
        .unwrap()
        .len();
    assert_eq!(kept, 32 * LENGTH);
}

pub(crate) async fn leaf_hashes_that_were_altered_are_not_believed(database: Database) {
    database.signed().await;
    let leaves = database.file("shelf/leaves");
    let mut bytes = std::fs::read(&leaves).unwrap();
    bytes[32 * 9] ^= 1;
    std::fs::write(&leaves, bytes).unwrap();

    let told = database.verify().wrong();

    let not_proven = "00000000000000000012.checkpoint: the leaf hashes beside it are not those it was signed over";
    assert!(told.contains(not_proven), "{told}");
    assert!(
        !told.contains("the event at position 10"),
        "it is intact: {told}"
    );
    assert_eq!(
        told.matches("have the root that was signed").count(),
        2,
        "{told}"
    );
}

pub(crate) async fn leaf_hashes_that_were_cut_off_are_missed_and_made_anew(database: Database) {
    database.signed().await;
    let leaves = database.file("shelf/leaves");
    let whole = std::fs::read(&leaves).unwrap();
    std::fs::write(&leaves, &whole[..100]).unwrap();

    let told = database.verify().wrong();

    let cut = "of the 8 leaf hashes it was signed over only 3 are beside it";
    assert!(told.contains(cut), "{told}");
    database.checkpoint().fine();
    assert_eq!(std::fs::read(&leaves).unwrap(), whole);
    database.verify().fine();
}

pub(crate) async fn one_file_that_is_no_checkpoint_does_not_hide_the_others(database: Database) {
    database.signed().await;
    std::fs::write(database.file("shelf/9.checkpoint"), "junk").unwrap();

    let told = database.verify().wrong();

    assert!(told.contains("9.checkpoint is not believed"), "{told}");
    assert_eq!(
        told.matches("have the root that was signed").count(),
        2,
        "{told}"
    );
}

pub(crate) async fn a_checkpoint_needs_the_right_signatures(database: Database) {
    database.signed().await;
    let (key, other) = (database.file("audit.key"), database.file("other.key"));
    replay(&["keygen", "--name", "example.com/other", "--out", &other]).fine();
    let file = database.file("shelf/00000000000000000008.checkpoint");
    let verify =
        |key: &str| database.replay(&["verify", "log", "--checkpoint", &file, "--public-key", key]);

    verify(&format!("{key}.pub")).fine();
    let told = verify(&format!("{other}.pub")).impossible();
    assert!(
        told.contains("it is signed by none of the public keys given"),
        "{told}"
    );
    let told = database
        .replay(&["verify", "log", "--checkpoint", &file])
        .impossible();
    assert!(
        told.contains("say whose checkpoints to believe: --public-key"),
        "{told}"
    );

    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replacen("\n8\n", "\n7\n", 1)).unwrap();
    let told = verify(&format!("{key}.pub")).wrong();
    assert!(
        told.contains("the note or the signature was altered"),
        "{told}"
    );

    let open = std::os::unix::fs::PermissionsExt::from_mode(0o644);
    std::fs::set_permissions(&key, open).unwrap();
    let told = database.checkpoint().impossible();
    assert!(told.contains("others can read the key"), "{told}");
}

pub(crate) async fn a_public_key_signs_nothing(database: Database) {
    database.signed().await;
    let (public, shelf) = (database.file("audit.key.pub"), database.file("shelf"));

    let told = database
        .replay(&["checkpoint", "--key", &public, "--into", &shelf])
        .impossible();

    assert!(told.contains("audit.key.pub is a public key"), "{told}");
    assert!(!told.contains("others can read"), "{told}");
}

pub(crate) async fn checkpoints_are_made_one_at_a_time(database: Database) {
    database.signed().await;
    let held = database.file("shelf/strategos-checkpoint.unfinished");
    let file = std::fs::File::create(&held).unwrap();
    file.lock().unwrap();

    let told = database.checkpoint().impossible();

    let busy = "is being written by another strategos-replay: run this again once that is done";
    assert!(told.contains(busy), "{told}");
    // Whoever had it was interrupted
    drop(file);
    database.checkpoint().fine();
    assert!(!std::path::Path::new(&held).exists());
}

/// Into a new folder, where each has all leaf hashes to write.
pub(crate) async fn many_checkpoints_at_once_leave_the_folder_whole(database: Database) {
    database.with_many_events().await;
    let (key, shelf) = (database.file("audit.key"), database.file("shelf"));
    replay(&["keygen", "--name", "example.com/strategos", "--out", &key]).fine();
    let url = ["--database", &database.url];
    let checkpoint = ["checkpoint", "--key", &key, "--into", &shelf];
    let started = (0..6).map(|_| {
        let mut command = command(&[&url[..], &checkpoint].concat());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().unwrap()
    });
    let started: Vec<_> = started.collect();

    let codes = started.into_iter().map(|mut running| {
        let ended = running.wait().unwrap();
        ended.code().unwrap()
    });
    let codes: Vec<i32> = codes.collect();

    assert!(codes.contains(&0), "{codes:?}");
    assert!(codes.iter().all(|code| [0, 3].contains(code)), "{codes:?}");
    assert_eq!(database.file_length("shelf/leaves"), 32 * MANY);
    let told = database.verify().fine();
    assert!(told.contains("have the root that was signed"), "{told}");
}
