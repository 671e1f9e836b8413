//! Why a report about a run was refused.

use crate::ids::ClientOrderId;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExecutionError {
    #[error("the execution is not open")]
    NotOpen,
    #[error("the execution was opened already")]
    AlreadyOpen,
    #[error("order {0} was intended already")]
    DuplicateOrder(ClientOrderId),
    #[error("{0} orders are still open at the venue")]
    OrdersOpen(usize),
}
