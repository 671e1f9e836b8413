//! Answers as documented. Built by hand where they are sent, because the order of their keys is
//! part of the contract; a test compares the two.

use chrono::{DateTime, Utc};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub struct ErrorBody {
    pub message: String,
    /// The status's name.
    #[schema(example = "Bad Request")]
    pub error: String,
    #[schema(example = 400)]
    pub status_code: u16,
}

/// One message for each rule that was broken.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub struct InvalidBody {
    pub message: Vec<String>,
    #[schema(example = "Bad Request")]
    pub error: String,
    #[schema(example = 400)]
    pub status_code: u16,
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub struct UnauthorizedBody {
    #[schema(example = "Unauthorized")]
    pub message: String,
    #[schema(example = 401)]
    pub status_code: u16,
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub struct PlainErrorBody {
    #[schema(example = 413)]
    pub status_code: u16,
    #[schema(example = "request entity too large")]
    pub message: String,
}

/// As RFC 9457 writes it: what the versioned paths answer other than success.
#[derive(Debug, ToSchema)]
pub struct ProblemBody {
    #[schema(example = "about:blank")]
    pub r#type: String,
    /// The status's name.
    #[schema(example = "Bad Request")]
    pub title: String,
    #[schema(example = 400)]
    pub status: u16,
    /// What to mend.
    pub detail: String,
    /// The parameter or header to mend; absent where it is none.
    #[schema(nullable = false, example = "after")]
    pub parameter: Option<String>,
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub struct Definition {
    pub id: Uuid,
    pub key: String,
    pub name: String,
    #[schema(required)]
    pub description: Option<String>,
    pub controller_type: String,
    /// The older name of `controllerType`.
    pub executor_type: String,
    #[schema(value_type = Object)]
    pub config_schema: Value,
    #[schema(value_type = Object)]
    pub default_config: Value,
    pub enabled: bool,
    pub visibility: String,
    pub current_version: String,
    #[schema(required)]
    pub created_by: Option<String>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub struct DefinitionVersion {
    pub id: Uuid,
    pub definition_id: Uuid,
    pub version: String,
    pub controller_type: String,
    /// The older name of `controllerType`.
    pub executor_type: String,
    #[schema(value_type = Object)]
    pub config_schema: Value,
    #[schema(value_type = Object)]
    pub default_config: Value,
    #[schema(required)]
    pub description: Option<String>,
    pub created_at: DateTime<Utc>,
}

/// What was started or stopped.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub struct ActedOn {
    /// `Started strategy instance from definition KEY`
    pub message: String,
    pub definition_id: Uuid,
    pub controller_type: String,
    /// The older name of `controllerType`.
    pub executor_type: String,
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub struct Instance {
    pub id: i64,
    pub strategy_key: String,
    pub strategy_type: String,
    /// `running` or `stopped`
    pub status: String,
    pub user_id: String,
    pub client_id: String,
    #[schema(required)]
    pub market_making_order_id: Option<String>,
    #[schema(required)]
    pub definition_id: Option<Uuid>,
    /// Absent when the instance has no definition, like the next three.
    #[schema(nullable = false)]
    pub definition_key: Option<String>,
    #[schema(nullable = false)]
    pub definition_name: Option<String>,
    #[schema(nullable = false)]
    pub controller_type: Option<String>,
    #[schema(nullable = false)]
    pub executor_type: Option<String>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub struct Strategy {
    pub id: i64,
    pub strategy_key: String,
    pub user_id: String,
    pub client_id: String,
    pub strategy_type: String,
    #[schema(required)]
    pub definition_id: Option<Uuid>,
    pub definition_version: String,
    #[schema(required)]
    pub market_making_order_id: Option<String>,
    /// Cut at the decimal point.
    pub start_price: i64,
    #[schema(value_type = Object)]
    pub parameters: Value,
    /// `running` or `stopped`
    pub status: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
