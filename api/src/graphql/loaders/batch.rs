//! Things asked for one by one, looked up together.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::future::poll_fn;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use futures::future::BoxFuture;

use super::load_failed::LoadFailed;

type LookUp<K, V> = BoxFuture<'static, Result<HashMap<K, V>, LoadFailed>>;

/// Things of one kind. Nothing is looked up until somebody calls [`Batch::advance`].
pub(super) struct Batch<K, V> {
    look_up: Box<dyn Fn(Vec<K>) -> LookUp<K, V> + Send + Sync>,
    state: Mutex<State<K, V>>,
}

struct State<K, V> {
    /// Nobody has begun to look for them.
    wanted: Vec<K>,
    running: Vec<(Vec<K>, LookUp<K, V>)>,
    asked: HashMap<K, Asked<V>>,
}

enum Asked<V> {
    Awaited(Vec<Waker>),
    Answered(Result<Option<V>, LoadFailed>),
}

impl<K, V> Batch<K, V>
where
    K: Clone + Eq + Hash,
    V: Clone,
{
    /// Keys that `look_up` leaves out do not exist.
    pub(super) fn new(look_up: impl Fn(Vec<K>) -> LookUp<K, V> + Send + Sync + 'static) -> Self {
        Self {
            look_up: Box::new(look_up),
            state: Mutex::new(State {
                wanted: Vec::new(),
                running: Vec::new(),
                asked: HashMap::new(),
            }),
        }
    }

    /// Waits for the answer; every key is looked up once, however many ask for it and whenever.
    pub(super) async fn load(&self, key: K) -> Result<Option<V>, LoadFailed> {
        poll_fn(|context| {
            let mut state = self.state();
            let State { wanted, asked, .. } = &mut *state;
            match asked.entry(key.clone()) {
                Entry::Vacant(first) => {
                    wanted.push(key.clone());
                    first.insert(Asked::Awaited(vec![context.waker().clone()]));
                    Poll::Pending
                }
                Entry::Occupied(known) => match known.into_mut() {
                    Asked::Answered(answer) => Poll::Ready(answer.clone()),
                    Asked::Awaited(waiting) => {
                        let waker = context.waker();
                        if !waiting.iter().any(|known| known.will_wake(waker)) {
                            waiting.push(waker.clone());
                        }
                        Poll::Pending
                    }
                },
            }
        })
        .await
    }

    fn state(&self) -> MutexGuard<'_, State<K, V>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What all batches have in common, whatever is looked up.
pub(super) trait Advance {
    /// Begins to look up what is wanted and goes on with what it has begun; `true` when something
    /// was answered.
    fn advance(&self, context: &mut Context<'_>) -> bool;

    /// What is asked from now on is looked up anew.
    fn forget(&self);
}

impl<K, V> Advance for Batch<K, V>
where
    K: Clone + Eq + Hash,
    V: Clone,
{
    fn advance(&self, context: &mut Context<'_>) -> bool {
        let mut state = self.state();
        let State {
            wanted,
            running,
            asked,
        } = &mut *state;
        if !wanted.is_empty() {
            let keys = std::mem::take(wanted);
            running.push((keys.clone(), (self.look_up)(keys)));
        }
        let before = running.len();
        running.retain_mut(|(keys, look_up)| match look_up.as_mut().poll(context) {
            Poll::Pending => true,
            Poll::Ready(found) => {
                answer(asked, keys, found);
                false
            }
        });
        running.len() < before
    }

    fn forget(&self) {
        let is_awaited = |_: &K, asked: &mut Asked<V>| matches!(asked, Asked::Awaited(_));
        self.state().asked.retain(is_awaited);
    }
}

fn answer<K: Clone + Eq + Hash, V>(
    asked: &mut HashMap<K, Asked<V>>,
    keys: &[K],
    mut found: Result<HashMap<K, V>, LoadFailed>,
) {
    for key in keys {
        let answer = match &mut found {
            Ok(values) => Ok(values.remove(key)),
            Err(failed) => Err(failed.clone()),
        };
        if let Some(Asked::Awaited(waiting)) = asked.insert(key.clone(), Asked::Answered(answer)) {
            waiting.into_iter().for_each(Waker::wake);
        }
    }
}
