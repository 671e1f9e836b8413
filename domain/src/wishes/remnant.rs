//! Whether wishes that were saved are what is left of those that the log makes: whoever carries wishes out
//! forgets the runs that are done.

use super::{Wish, Wishes};
use crate::ids::StrategyKey;

/// A wish that was forgotten. It may have been only if nothing of that run is left to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forgotten {
    pub key: StrategyKey,
    pub run: u32,
}

impl Wishes {
    /// What was forgotten of `folded`, which nobody has carried anything out of; the error is a sentence
    /// about what no carrying out explains.
    pub fn remnant_of(&self, folded: &Self) -> Result<Vec<Forgotten>, String> {
        if self.halted != folded.halted {
            return Err("whether trading is halted is not what the log says".to_owned());
        }
        if self.guards != folded.guards {
            return Err("the guards are not those of the log".to_owned());
        }
        let nothing = Wish::default();
        for (key, wish) in &self.instances {
            let told = folded.instances.get(key).unwrap_or(&nothing);
            if wish.wanted.is_some() && wish.wanted != told.wanted {
                return Err(format!("what is to run as {key} is not what the log says"));
            }
            let mut endings = wish.ending.iter();
            if !endings.all(|(run, ending)| told.ending.get(run) == Some(ending)) {
                return Err(format!("how runs of {key} end is not what the log says"));
            }
        }
        let mut forgotten = vec![];
        for (key, told) in &folded.instances {
            let wish = self.instances.get(key).unwrap_or(&nothing);
            // Of imported rows those are forgotten that nothing here can run
            let kept = |wanted: &super::WantedRun| wish.wanted.is_some() || wanted.imported;
            if !told.wanted.as_ref().is_none_or(kept) {
                return Err(format!("{key} is to run, and that is missing"));
            }
            let runs = told
                .ending
                .keys()
                .filter(|run| !wish.ending.contains_key(run));
            forgotten.extend(runs.map(|&run| Forgotten {
                key: key.clone(),
                run,
            }));
        }
        Ok(forgotten)
    }
}
