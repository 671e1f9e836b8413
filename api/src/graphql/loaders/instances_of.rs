//! The instances of many definitions: one statement for all that ask the same.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use domain::ids::DefinitionId;
use event_store::Position;
use projections::Page;
use projections::instance_moments::query as moments;
use projections::instances::list::{InstancePage, InstanceSearch, StateCounts};
use projections::instances::{InstanceRow, of_definitions};

use super::load_failed::LoadFailed;
use crate::state::AppState;

/// What somebody asks of a definition's instances, now or when a position was the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OfDefinition<Question> {
    pub(crate) definition: DefinitionId,
    pub(crate) as_of: Option<Position>,
    pub(crate) question: Question,
}

/// Which ones, of whatever definition.
pub(crate) type PageQuestion = (InstanceSearch, InstancePage);
pub(crate) type SharedPage = Page<Arc<InstanceRow>>;

type Found<Question, Answer> = HashMap<OfDefinition<Question>, Answer>;

impl<Question> Hash for OfDefinition<Question> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // A list asks the same of every definition: the question tells few apart
        (self.definition, self.as_of).hash(state);
    }
}

pub(super) async fn find_pages(
    app: AppState,
    asked: Vec<OfDefinition<PageQuestion>>,
) -> Result<Found<PageQuestion, SharedPage>, LoadFailed> {
    let (tables, log) = (&app.tables, app.log.as_ref());
    let mut found = HashMap::new();
    for (as_of, question, definitions) in together(asked) {
        let (search, page) = &question;
        let pages = match as_of {
            None => of_definitions::pages(tables, &definitions, search, page).await?,
            Some(position) => {
                let then = moments::pages_of_definitions(
                    tables,
                    log,
                    &definitions,
                    search,
                    page,
                    position,
                );
                then.await?
            }
        };
        let shared = |Page { rows, more }| Page {
            rows: rows.into_iter().map(Arc::new).collect(),
            more,
        };
        found.extend(answers(as_of, &question, pages, shared));
    }
    Ok(found)
}

pub(super) async fn find_counts(
    app: AppState,
    asked: Vec<OfDefinition<InstanceSearch>>,
) -> Result<Found<InstanceSearch, Arc<StateCounts>>, LoadFailed> {
    let tables = &app.tables;
    let mut found = HashMap::new();
    for (as_of, search, definitions) in together(asked) {
        let counts = match as_of {
            None => of_definitions::counts(tables, &definitions, &search).await?,
            Some(position) => {
                moments::counts_of_definitions(tables, &definitions, &search, position).await?
            }
        };
        found.extend(answers(as_of, &search, counts, Arc::new));
    }
    Ok(found)
}

/// Each question once, with all it is asked of. There are as many as a document writes out.
fn together<Question: Eq>(
    asked: Vec<OfDefinition<Question>>,
) -> Vec<(Option<Position>, Question, Vec<DefinitionId>)> {
    let mut together: Vec<(Option<Position>, Question, Vec<DefinitionId>)> = Vec::new();
    for one in asked {
        let same = |(as_of, question, _): &&mut (_, Question, _)| {
            *as_of == one.as_of && *question == one.question
        };
        match together.iter_mut().find(same) {
            Some((.., definitions)) => definitions.push(one.definition),
            None => together.push((one.as_of, one.question, vec![one.definition])),
        }
    }
    together
}

fn answers<Question: Clone, Answer, Shared>(
    as_of: Option<Position>,
    question: &Question,
    found: HashMap<DefinitionId, Answer>,
    shared: impl Fn(Answer) -> Shared,
) -> impl Iterator<Item = (OfDefinition<Question>, Shared)> {
    found.into_iter().map(move |(definition, answer)| {
        let asked = OfDefinition {
            definition,
            as_of,
            question: question.clone(),
        };
        (asked, shared(answer))
    })
}
