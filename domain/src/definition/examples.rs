//! The definition `mm`, for the tests of the decisions.

use cqrs_es::test::TestFramework;

use super::{Definition, DefinitionEvent, DefinitionVersion};
use crate::examples::{at, catalogue, content, definition_id};
use crate::ids::DefinitionKey;

pub(super) fn framework() -> TestFramework<Definition> {
    TestFramework::with(catalogue())
}

pub(super) fn created() -> DefinitionEvent {
    DefinitionEvent::DefinitionCreated {
        definition_id: definition_id(1),
        key: DefinitionKey::new("mm"),
        content: content(),
        version: DefinitionVersion::first(),
        created_by: None,
        created_at: at(0),
    }
}
