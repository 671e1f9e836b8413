//! Batches are whole whatever the order in which work goes on.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use futures::FutureExt;
use futures::future::{join_all, try_join_all};
use projections::TablesError;
use tokio::task::yield_now;

use super::batch::{Advance, Batch};
use super::serve::serve;

/// Doubles even numbers; odd ones do not exist.
#[derive(Default)]
struct Doubles {
    batches: Arc<Mutex<Vec<Vec<u32>>>>,
}

impl Doubles {
    /// Each look-up takes so many turns of the scheduler.
    fn batch(&self, turns: usize) -> Batch<u32, u32> {
        let batches = self.batches.clone();
        Batch::new(move |keys| {
            batches.lock().unwrap().push(keys.clone());
            async move {
                for _ in 0..turns {
                    yield_now().await;
                }
                let even = keys.into_iter().filter(|key| key % 2 == 0);
                Ok(even.map(|key| (key, key * 2)).collect())
            }
            .boxed()
        })
    }

    fn sizes(&self) -> Vec<usize> {
        self.batches.lock().unwrap().iter().map(Vec::len).collect()
    }
}

#[tokio::test]
async fn rows_that_go_on_at_different_times_are_looked_up_together() {
    let doubles = Doubles::default();
    let batch = doubles.batch(3);
    // More than thirty, so that rows are woken one by one; some pause, and their fields ask twice
    let rows = (0..200_u32).map(|row| {
        let batch = &batch;
        async move {
            for _ in 0..row % 7 {
                yield_now().await;
            }
            let fields = (0..40).map(|field| batch.load(row * 100 + field % 2));
            try_join_all(fields).await.unwrap();
            batch.load(row * 100 + 2).await.unwrap()
        }
    });
    let found = serve(join_all(rows), |context| batch.advance(context)).await;
    let expected: Vec<_> = (0..200).map(|row| Some((row * 100 + 2) * 2)).collect();
    assert_eq!(found, expected);
    assert_eq!(doubles.sizes(), [400, 200]);
}

#[tokio::test]
async fn what_is_being_looked_up_is_not_looked_up_again() {
    let doubles = Doubles::default();
    let (quick, slow) = (doubles.batch(0), doubles.batch(10));
    let through_another = async {
        quick.load(2).await.unwrap();
        slow.load(8).await.unwrap()
    };
    let work = async { futures::join!(slow.load(8), through_another, slow.load(7)) };
    let found = serve(work, |context| {
        quick.advance(context) | slow.advance(context)
    });
    let (direct, indirect, missing) = found.await;
    assert_eq!((direct.unwrap(), indirect), (Some(16), Some(16)));
    assert_eq!(missing.unwrap(), None);
    assert_eq!(doubles.sizes(), [1, 2]);
}

#[tokio::test]
async fn a_failure_reaches_everybody_who_waited() {
    let batch: Batch<u32, u32> = Batch::new(|_| {
        let lost = TablesError::UnknownProjection("none".to_owned());
        async move { Err(lost.into()) }.boxed()
    });
    let work = join_all((0..3).map(|key| batch.load(key)));
    let found = serve(work, |context| batch.advance(context)).await;
    assert_eq!(found.iter().filter(|one| one.is_err()).count(), 3);
}

#[tokio::test]
async fn what_is_forgotten_is_looked_up_anew() {
    let number = Arc::new(AtomicUsize::new(0));
    let counter = number.clone();
    let batch: Batch<u32, usize> = Batch::new(move |keys| {
        let now = counter.fetch_add(1, Ordering::SeqCst);
        async move { Ok(keys.into_iter().map(|key| (key, now)).collect()) }.boxed()
    });
    let load = || async {
        let found = serve(batch.load(1), |context| batch.advance(context)).await;
        found.unwrap().unwrap()
    };
    assert_eq!((load().await, load().await), (0, 0));
    batch.forget();
    assert_eq!(load().await, 1);
}
