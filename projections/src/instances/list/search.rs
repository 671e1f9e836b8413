//! Which instances a list shows, as conditions of a statement.

use domain::ids::DefinitionId;
use domain::instance::InstanceStatus;

use super::InstanceOrder;
use crate::instances::Observed;
use crate::sql::{Conditions, Use};

/// Which instances; the default is all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InstanceSearch {
    pub statuses: Option<Vec<InstanceStatus>>,
    pub observed: Option<Vec<Observed>>,
    pub definition_id: Option<DefinitionId>,
    pub definition_version: Option<String>,
    pub executor_types: Option<Vec<String>>,
    pub user_id: Option<String>,
    pub client_id: Option<String>,
    /// Linked to a definition, or to none.
    pub linked: Option<bool>,
    /// Somewhere in the key, whatever its case.
    pub text: Option<String>,
}

impl InstanceSearch {
    /// The condition that leaves the fewest rows is the one to look them up by; the others are
    /// checked on what is found. Many instances are in one state or of one executor: those are looked
    /// up only where an index then gives the order, too.
    pub(in crate::instances) fn conditions(&self, order: InstanceOrder) -> Conditions {
        let mut conditions = Conditions::default();
        self.add_to(&mut conditions, order);
        conditions
    }

    pub(super) fn add_to(&self, conditions: &mut Conditions, order: InstanceOrder) {
        let definition_id = self.definition_id.map(|id| id.to_string());
        let one = |wanted: &Option<String>| wanted.clone().map(|wanted| vec![wanted]);
        let named = |all: Option<Vec<&str>>| {
            all.map(|all| all.into_iter().map(str::to_owned).collect::<Vec<_>>())
        };
        let observed = self.observed.as_ref();
        let observed = observed.map(|all| all.iter().map(|one| one.as_str()).collect());
        let statuses = self.statuses.as_ref();
        let statuses = statuses.map(|all| all.iter().map(|one| one.as_str()).collect());
        let mut usage = Use::LookUp;
        for (column, wanted) in [
            ("user_id", one(&self.user_id)),
            ("client_id", one(&self.client_id)),
            ("definition_id", one(&definition_id)),
            ("observed", named(observed)),
            ("executor_type", self.executor_types.clone()),
            ("status", named(statuses)),
        ] {
            let Some(wanted) = wanted else { continue };
            // An index gives the order for one value, not for several
            let usage = if wanted.len() == 1 && order.looks_up(column) {
                std::mem::replace(&mut usage, Use::Check)
            } else {
                Use::Check
            };
            conditions.is_one_of(usage, column, wanted.iter().map(String::as_str));
        }
        self.add_checks(conditions);
    }

    fn add_checks(&self, conditions: &mut Conditions) {
        if let Some(version) = &self.definition_version {
            conditions.is(Use::Check, "definition_version", version);
        }
        match self.linked {
            Some(true) => conditions.holds("definition_id IS NOT NULL"),
            Some(false) => conditions.holds("definition_id IS NULL"),
            None => {}
        }
        if let Some(text) = &self.text {
            conditions.contains(&["strategy_key"], text);
        }
    }

    /// Says of a state what the tables' conditions say.
    pub fn admits_state(&self, status: InstanceStatus, observed: Observed) -> bool {
        let status_fits = |all: &Vec<InstanceStatus>| all.contains(&status);
        let observed_fits = |all: &Vec<Observed>| all.contains(&observed);
        self.statuses.as_ref().is_none_or(status_fits)
            && self.observed.as_ref().is_none_or(observed_fits)
    }
}
