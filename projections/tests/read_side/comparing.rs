//! Tables are compared by what they say, not by how a database prints it.

use projections::audit::{Difference, compare};

use crate::support::{World, clock, empty_tables};

async fn differences(world: &World) -> (u64, Vec<Difference>) {
    let (_database, scratch) = empty_tables().await;
    let mut differences = vec![];
    let tell = |difference| differences.push(difference);
    let (log, live) = (world.log.clone(), &world.tables);
    let compared = compare(log, clock(), live, &scratch, "legacy_usage", tell).await;
    (compared.unwrap().rows, differences)
}

async fn no_text_is_a_difference_to_itself(world: World) {
    let odd = [
        "\u{1}\u{1f}\u{7f}",
        "\"\\/",
        "\t\r\n\u{8}\u{c}",
        "caf\u{e9}\u{2028}\u{1f600}",
        "<&>'null",
    ];
    for caller in odd {
        world.count_usage(caller, 1).await;
    }
    world.projector.catch_up_all().await.unwrap();
    assert_eq!(differences(&world).await, (5, vec![]));
}

#[tokio::test]
async fn sqlite_no_text_is_a_difference_to_itself() {
    no_text_is_a_difference_to_itself(World::on_sqlite().await).await;
}

#[tokio::test]
async fn postgres_no_text_is_a_difference_to_itself() {
    no_text_is_a_difference_to_itself(World::on_postgres().await).await;
}
