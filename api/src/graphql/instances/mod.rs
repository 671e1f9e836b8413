//! Instances: looking at them, starting, stopping, following.

mod changes;
mod config_fields;
mod filter;
mod find;
mod instance;
mod list;
mod list_fields;
mod payload;
mod reconfigure;
mod restart;
mod restart_on_version;
mod runs;
mod start;
mod stop;
mod stop_many;
mod validate;

pub(crate) use changes::InstanceChangesSubscription;
pub(crate) use config_fields::{ConfigField, config_fields};
pub(crate) use filter::{InstanceFilter, InstanceOrder};
pub(crate) use find::InstanceQuery;
pub(crate) use instance::Instance;
pub(crate) use list::{InstanceList, InstancesQuery, instances_of};
pub(crate) use reconfigure::ReconfigureInstance;
pub(crate) use restart::RestartInstance;
pub(crate) use restart_on_version::RestartInstanceOnVersion;
pub(crate) use start::StartInstance;
pub(crate) use stop::StopInstance;
pub(crate) use stop_many::StopInstances;
pub(crate) use validate::ValidateConfigQuery;
