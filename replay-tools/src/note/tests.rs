//! Notes against the specification's own examples, and against every turned bit.

use super::key::Use;
use super::{Checkpoint, SignedNote, SigningKey, VerifyingKey};

/// C2SP tlog-cosignature's example.
const EXAMPLE: &str = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\
    \u{2014} example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n\
    \u{2014} witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";

/// The first checkpoint of Go's checksum database has this key.
const GO_SUMDB: &str = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";

fn key() -> SigningKey {
    "PRIVATE+KEY+example.com/log+00000000+AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g"
        .parse()
        .unwrap()
}

fn signed() -> SignedNote {
    let checkpoint = Checkpoint {
        origin: "example.com/log".to_owned(),
        size: 7,
        root: [9; 32],
    };
    SignedNote::sign(checkpoint.to_text(), &key()).unwrap()
}

#[test]
fn a_note_is_written_as_it_was_read() {
    let note = SignedNote::parse(EXAMPLE).unwrap();
    let checkpoint = Checkpoint::parse(note.text()).unwrap();

    assert_eq!(note.to_string(), EXAMPLE);
    assert_eq!(checkpoint.size, 20_852_163);
    assert_eq!(checkpoint.origin, "example.com/behind-the-sofa");
    assert!(note.text().starts_with(&checkpoint.to_text()));
}

#[test]
fn keys_have_the_ids_that_other_tools_give_them() {
    let known: VerifyingKey = GO_SUMDB.parse().unwrap();

    assert_eq!(known.to_string(), GO_SUMDB);
    assert_eq!(known.usage(), Use::Log);
    assert!(
        GO_SUMDB
            .replace("033de0ae", "033de0af")
            .parse::<VerifyingKey>()
            .is_err()
    );
    let ours = key();
    assert_eq!(
        ours.to_text().parse::<SigningKey>().unwrap().verifying(),
        ours.verifying()
    );
    assert_eq!(
        &ours
            .verifying()
            .to_string()
            .parse::<VerifyingKey>()
            .unwrap(),
        ours.verifying()
    );
}

#[test]
fn no_byte_of_a_signed_note_can_be_changed() {
    let (note, key) = (signed().to_string(), key());
    let genuine = |text: &str| {
        SignedNote::parse(text).is_ok_and(|note| {
            note.is_signed_by(key.verifying())
                .is_ok_and(|signed| signed)
        })
    };
    assert!(genuine(&note));
    for at in 0..note.len() {
        for bit in 0..7 {
            let mut bytes = note.clone().into_bytes();
            bytes[at] ^= 1 << bit;
            if let Ok(text) = String::from_utf8(bytes) {
                assert!(!genuine(&text), "byte {at}, bit {bit}: {text}");
            }
        }
    }
}

#[test]
fn signatures_of_others_are_passed_over() {
    let other = SigningKey::generate("example.com/log").unwrap();
    assert!(!signed().is_signed_by(other.verifying()).unwrap());
}
