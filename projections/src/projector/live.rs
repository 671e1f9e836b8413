//! Follows the log: one projection, until told to stop.

use std::time::Duration;

use domain::ErrorChain;
use event_store::{Position, StoreError};
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use super::advance_error::AdvanceError;
use super::cursor::Cursor;
use super::error::ProjectorError;
use super::newest_page::NewestPage;
use super::page::{Page, Poison, ReadAhead};
use super::rebuild::rebuild;
use super::run::Projector;
use super::standby::Standby;
use crate::projection::Projection;

/// Small enough that a reader of its own writes behind a burst does not wait for all of it.
const PAGE: usize = 1_000;
/// Pages that concern others are written down together, at most this late: other processes wait
/// for the stored checkpoint.
const SAVE_WITHIN: Duration = Duration::from_millis(50);
/// Looks without being woken, in case a wake-up got lost or an operator resumed elsewhere.
pub(super) const LOOK_EVERY: Duration = Duration::from_secs(1);
const FIRST_RETRY: Duration = Duration::from_millis(100);

pub(super) async fn catch_up<P: Projection>(projector: &Projector) -> Result<(), ProjectorError> {
    let mut follower = Follower::<P>::new(projector, None);
    let never = CancellationToken::new();
    loop {
        follower.drain(&never).await?;
        if follower.standby.is_none() {
            follower.save().await?;
            if let Some(cursor) = follower.cursor {
                cursor.close().await;
            }
            return Ok(());
        }
        follower.standby = None;
    }
}

pub(super) async fn follow<P: Projection>(projector: &Projector, shutdown: &CancellationToken) {
    let mut follower = Follower::<P>::new(projector, Some(&projector.newest));
    let mut news = projector.log.wake_ups();
    let mut retry = FIRST_RETRY;
    while !shutdown.is_cancelled() {
        news.borrow_and_update();
        let pause = match follower.work(shutdown).await {
            Ok(pause) => {
                retry = FIRST_RETRY;
                pause
            }
            Err(error) => {
                let error = ErrorChain(&error);
                tracing::warn!(projection = P::NAME, %error, "a projection will try again");
                follower.cursor = None;
                retry = (retry * 2).min(LOOK_EVERY * 5);
                Pause::Exactly(retry)
            }
        };
        let (woken, at_most) = match pause {
            Pause::UntilNews(at_most) => (true, at_most),
            Pause::Exactly(pause) => (false, pause),
        };
        tokio::select! {
            () = shutdown.cancelled() => {}
            Ok(()) = news.changed(), if woken => {}
            () = projector.tables.progress().resumed() => follower.cursor = None,
            () = sleep(at_most) => {}
        }
    }
    if let Err(error) = follower.save().await {
        let error = ErrorChain(&error);
        tracing::warn!(projection = P::NAME, %error, "a projection's checkpoint stays behind");
    }
    if let Some(cursor) = follower.cursor {
        cursor.close().await;
    }
}

/// A table that says it has followed the log further than the log goes was made of another history, or
/// somebody edited its checkpoint: it is made anew before anybody is told that it shows anything.
async fn open<P: Projection>(projector: &Projector) -> Result<Cursor<P>, ProjectorError> {
    let cursor = Cursor::open(&projector.tables).await?;
    let head = projector.log.head().await?;
    if cursor.position() <= head {
        return Ok(cursor);
    }
    tracing::error!(
        projection = P::NAME,
        position = %cursor.position(),
        %head,
        "a table says that it has followed the log further than the log goes: it is made anew"
    );
    rebuild::<P>(projector, &|_| ()).await?;
    Ok(Cursor::open(&projector.tables).await?)
}

/// What to do when there is nothing to fold.
#[derive(Debug, Clone, Copy)]
pub(super) enum Pause {
    UntilNews(Duration),
    Exactly(Duration),
}

async fn read<P: Projection>(
    projector: &Projector,
    newest: Option<&NewestPage>,
    after: Position,
) -> Result<Page, StoreError> {
    let log = projector.log.as_ref();
    match newest {
        Some(newest) => newest.read::<P>(log, after, PAGE).await,
        None => Page::read::<P>(log, after, PAGE).await,
    }
}

struct Follower<'a, P: Projection> {
    projector: &'a Projector,
    /// Shared with other followers, who are woken when the log has more; catching up asks the log.
    newest: Option<&'a NewestPage>,
    cursor: Option<Cursor<P>>,
    unsaved_since: Option<Instant>,
    standby: Option<Standby>,
}

impl<'a, P: Projection> Follower<'a, P> {
    fn new(projector: &'a Projector, newest: Option<&'a NewestPage>) -> Self {
        Self {
            projector,
            newest,
            cursor: None,
            unsaved_since: None,
            standby: None,
        }
    }

    async fn work(&mut self, shutdown: &CancellationToken) -> Result<Pause, ProjectorError> {
        if let Some(mut standby) = self.standby.take()
            && let Some(pause) = standby.watch::<P>(self.projector).await?
        {
            self.standby = Some(standby);
            return Ok(pause);
        }
        self.drain(shutdown).await?;
        if self
            .unsaved_since
            .is_some_and(|since| since.elapsed() >= SAVE_WITHIN)
        {
            self.save().await?;
        }
        Ok(match (&self.cursor, self.unsaved_since) {
            (Some(cursor), _) if cursor.is_parked() => {
                // Somebody may have resumed it from another process
                self.cursor = None;
                Pause::Exactly(LOOK_EVERY)
            }
            (_, Some(since)) => Pause::UntilNews(SAVE_WITHIN.saturating_sub(since.elapsed())),
            (_, None) if self.standby.is_some() => Pause::Exactly(Duration::ZERO),
            (_, None) => Pause::UntilNews(LOOK_EVERY),
        })
    }

    /// Folds until there is nothing more, or the projection is parked, or somebody else folds.
    async fn drain(&mut self, shutdown: &CancellationToken) -> Result<(), ProjectorError> {
        let mut ahead: Option<ReadAhead> = None;
        while !shutdown.is_cancelled() {
            let cursor = match &mut self.cursor {
                Some(cursor) => cursor,
                none => none.insert(open(self.projector).await?),
            };
            if cursor.is_parked() {
                self.note();
                return Ok(());
            }
            let after = cursor.position();
            let page = match &mut ahead {
                Some(ahead) => ahead.next().await?,
                None => Some(read::<P>(self.projector, self.newest, after).await?),
            };
            let Some(page) = page else {
                return Ok(());
            };
            if ahead.is_none() && page.goes_on() {
                ahead = Some(ReadAhead::begin::<P>(&self.projector.log, page.up_to, PAGE));
            }
            let at_head = page.at_head && !page.outdated;
            if !self.take(page).await? {
                ahead = None;
                if self.standby.is_some() {
                    return Ok(());
                }
            } else if at_head {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Whether the page was folded; if not, the cursor has to be opened anew.
    async fn take(&mut self, mut page: Page) -> Result<bool, ProjectorError> {
        let Some(cursor) = &mut self.cursor else {
            return Ok(false);
        };
        if page.events.is_empty() && page.poison.is_none() {
            cursor.look_past(&page);
            if !cursor.is_saved() {
                self.unsaved_since.get_or_insert_with(Instant::now);
            }
            self.note();
            return Ok(true);
        }
        let (tables, now) = (&self.projector.tables, self.projector.clock.now());
        let mut folded = cursor.fold(tables, &page).await;
        if let Err(AdvanceError::Poison(poison)) = folded {
            // Fold again what stands before it, then park
            page.stop_at(poison.position, poison.error);
            cursor.rewind(tables, &page).await?;
            folded = cursor.fold(tables, &page).await;
        }
        if folded.is_ok() {
            let parked = page.poison.as_ref().map(|poison| poison.park(now));
            folded = cursor.save(tables, parked).await;
        }
        if let Err(error) = folded {
            return self.give_way(error).await;
        }
        self.unsaved_since = None;
        if let Some(poison) = &page.poison {
            tracing::error!(
                projection = P::NAME,
                position = %poison.position,
                error = %ErrorChain(&poison.error),
                "a projection is parked: it cannot fold this event"
            );
        }
        self.note();
        Ok(true)
    }

    /// Writes down how far this projection has looked.
    async fn save(&mut self) -> Result<(), ProjectorError> {
        self.unsaved_since = None;
        let Some(cursor) = self.cursor.as_mut().filter(|cursor| !cursor.is_saved()) else {
            return Ok(());
        };
        match cursor.save(&self.projector.tables, None).await {
            Ok(()) => Ok(()),
            Err(error) => self.give_way(error).await.map(|_| ()),
        }
    }

    /// Somebody else moved the checkpoint, or the database failed.
    async fn give_way(&mut self, error: AdvanceError) -> Result<bool, ProjectorError> {
        let ours = self.cursor.take().map(|cursor| cursor.generation());
        self.unsaved_since = None;
        match error {
            AdvanceError::Tables(error) => Err(error.into()),
            AdvanceError::Task(error) => Err(error.into()),
            AdvanceError::Poison(Poison { position, error }) => Err(ProjectorError::Poison {
                projection: P::NAME,
                position,
                source: error,
            }),
            AdvanceError::Overtaken => {
                let cursor = Cursor::<P>::open(&self.projector.tables).await?;
                // A rebuilt table took the live one's place: nobody else folds it
                if ours == Some(cursor.generation()) {
                    self.standby = Some(Standby::default());
                }
                self.cursor = Some(cursor);
                self.note();
                Ok(false)
            }
        }
    }

    fn note(&self) {
        if let Some(cursor) = &self.cursor {
            let progress = self.projector.tables.progress();
            progress.note(P::NAME, &cursor.reached());
        }
    }
}
