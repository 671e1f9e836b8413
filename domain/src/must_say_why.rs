//! Which commands need a reason: those whose effect somebody will ask about later.

use crate::definition::DefinitionCommand;
use crate::execution::ExecutionCommand;
use crate::guard::GuardCommand;
use crate::installation::InstallationCommand;
use crate::instance::InstanceCommand;
use crate::legacy_record::ImportLegacyRecord;
use crate::legacy_usage::CountLegacyUsage;
use crate::login::RefuseLogin;
use crate::projection::ProjectionCommand;

/// Asked of every command before it is decided. Whoever comes through an interface that has room
/// for a reason must then give one.
pub trait MustSayWhy {
    fn must_say_why(&self) -> bool;
}

impl MustSayWhy for DefinitionCommand {
    fn must_say_why(&self) -> bool {
        match self {
            Self::Publish(_) | Self::Disable(_) | Self::Remove(_) => true,
            Self::Create(_)
            | Self::Seed(_)
            | Self::Import(_)
            | Self::Update(_)
            | Self::Enable(_) => false,
        }
    }
}

impl MustSayWhy for InstanceCommand {
    fn must_say_why(&self) -> bool {
        match self {
            Self::Stop(_) | Self::RestartOnVersion(_) | Self::Reconfigure(_) => true,
            Self::Start(_)
            | Self::Restart(_)
            | Self::Fault(_)
            | Self::ImportLegacy(_)
            | Self::BackfillLink(_)
            | Self::SkipLink(_) => false,
        }
    }
}

impl MustSayWhy for InstallationCommand {
    fn must_say_why(&self) -> bool {
        true
    }
}

impl MustSayWhy for GuardCommand {
    fn must_say_why(&self) -> bool {
        true
    }
}

impl MustSayWhy for ProjectionCommand {
    fn must_say_why(&self) -> bool {
        true
    }
}

impl MustSayWhy for ExecutionCommand {
    fn must_say_why(&self) -> bool {
        false
    }
}

impl MustSayWhy for ImportLegacyRecord {
    fn must_say_why(&self) -> bool {
        false
    }
}

impl MustSayWhy for RefuseLogin {
    fn must_say_why(&self) -> bool {
        false
    }
}

impl MustSayWhy for CountLegacyUsage {
    fn must_say_why(&self) -> bool {
        false
    }
}
