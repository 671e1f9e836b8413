//! Proofs of trees of any size hold, and no bit of them can be turned.

use proptest::prelude::*;

use super::{
    Frontier, Hash, Subtrees, consistency_path, inclusion_path, is_consistent, is_included,
    leaf_hash,
};

fn leaf(index: u64) -> Hash {
    leaf_hash(&index.to_be_bytes())
}

fn root(size: u64) -> Hash {
    let mut tree = Frontier::default();
    (0..size).for_each(|index| tree.push(leaf(index)));
    assert_eq!(tree.size(), size);
    tree.root()
}

fn hashes(path: Vec<std::ops::Range<u64>>, size: u64) -> Vec<Hash> {
    let mut subtrees = Subtrees::new(path);
    (0..size).for_each(|index| subtrees.push(leaf(index)));
    subtrees.hashes()
}

fn flipped(hash: &Hash, bit: usize) -> Hash {
    let mut flipped = *hash;
    flipped[bit / 8 % 32] ^= 1 << (bit % 8);
    flipped
}

/// RFC 6962's definition, word by word.
fn root_by_definition(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => super::sha256(&[]),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
            super::hash::node_hash(&root_by_definition(left), &root_by_definition(right))
        }
    }
}

#[test]
fn every_proof_of_every_small_tree_holds() {
    for size in 0..40 {
        let leaves: Vec<Hash> = (0..size).map(leaf).collect();
        assert_eq!(root(size), root_by_definition(&leaves), "{size}");
        for index in 0..size {
            let proof = hashes(inclusion_path(index, size), size);
            assert!(
                is_included(leaf(index), index, size, &proof, &root(size)),
                "{index} {size}"
            );
        }
        for old in 0..=size {
            let proof = hashes(consistency_path(old, size), size);
            let (old_root, new_root) = (root(old), root(size));
            assert!(
                is_consistent((old, &old_root), (size, &new_root), &proof),
                "{old} {size}"
            );
        }
    }
}

proptest! {
    #[test]
    fn an_inclusion_proof_holds_and_no_bit_of_it_can_be_turned(
        (size, index) in (1_u64..3_000).prop_flat_map(|size| (Just(size), 0..size)),
        bit in 0_usize..256,
        other in 0_u64..4_000,
    ) {
        let (tree, proof) = (root(size), hashes(inclusion_path(index, size), size));
        prop_assert!(is_included(leaf(index), index, size, &proof, &tree));

        prop_assert!(!is_included(flipped(&leaf(index), bit), index, size, &proof, &tree));
        prop_assert!(!is_included(leaf(index), index, size, &proof, &flipped(&tree, bit)));
        for at in 0..proof.len() {
            let mut turned = proof.clone();
            turned[at] = flipped(&turned[at], bit);
            prop_assert!(!is_included(leaf(index), index, size, &turned, &tree));
            turned.remove(at);
            prop_assert!(!is_included(leaf(index), index, size, &turned, &tree));
        }
        let longer = [&proof[..], &[tree]].concat();
        prop_assert!(!is_included(leaf(index), index, size, &longer, &tree));
        prop_assume!(other != index);
        prop_assert!(!is_included(leaf(index), other, size, &proof, &tree));
    }

    #[test]
    fn a_consistency_proof_holds_and_no_bit_of_it_can_be_turned(
        (new, old) in (1_u64..3_000).prop_flat_map(|new| (Just(new), 1..=new)),
        bit in 0_usize..256,
    ) {
        let proof = hashes(consistency_path(old, new), new);
        let (old_root, new_root) = (root(old), root(new));
        prop_assert!(is_consistent((old, &old_root), (new, &new_root), &proof));

        let turned = flipped(&old_root, bit);
        prop_assert!(!is_consistent((old, &turned), (new, &new_root), &proof));
        let turned = flipped(&new_root, bit);
        prop_assert!(!is_consistent((old, &old_root), (new, &turned), &proof));
        for at in 0..proof.len() {
            let mut turned = proof.clone();
            turned[at] = flipped(&turned[at], bit);
            prop_assert!(!is_consistent((old, &old_root), (new, &new_root), &turned));
            turned.remove(at);
            prop_assert!(!is_consistent((old, &old_root), (new, &new_root), &turned));
        }
    }
}
