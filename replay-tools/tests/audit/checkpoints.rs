//! What is signed, and who is believed.

use crate::database::Database;
use crate::history::LENGTH;

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
    crate::program::replay(&["keygen", "--name", "example.com/other", "--out", &other]).fine();
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
