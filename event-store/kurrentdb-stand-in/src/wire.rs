//! The messages of `event_store.client.streams` and `event_store.client`, with those fields that are
//! used here. Of alternatives that exclude each other, each is a field.

use std::collections::HashMap;

use bytes::Bytes;
use prost::Message;

#[derive(Clone, PartialEq, Message)]
pub(crate) struct Empty {}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct StreamIdentifier {
    #[prost(bytes = "bytes", tag = "3")]
    pub(crate) stream_name: Bytes,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct Id {
    #[prost(message, optional, tag = "1")]
    pub(crate) structured: Option<StructuredId>,
    #[prost(string, optional, tag = "2")]
    pub(crate) text: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct StructuredId {
    #[prost(int64, tag = "1")]
    pub(crate) most_significant_bits: i64,
    #[prost(int64, tag = "2")]
    pub(crate) least_significant_bits: i64,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct Position {
    #[prost(uint64, tag = "1")]
    pub(crate) commit_position: u64,
    #[prost(uint64, tag = "2")]
    pub(crate) prepare_position: u64,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct ReadReq {
    #[prost(message, optional, tag = "1")]
    pub(crate) options: Option<ReadOptions>,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct ReadOptions {
    #[prost(message, optional, tag = "1")]
    pub(crate) stream: Option<StreamOptions>,
    /// 0 forwards, 1 backwards.
    #[prost(int32, tag = "3")]
    pub(crate) read_direction: i32,
    #[prost(uint64, optional, tag = "5")]
    pub(crate) count: Option<u64>,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct StreamOptions {
    #[prost(message, optional, tag = "1")]
    pub(crate) stream_identifier: Option<StreamIdentifier>,
    #[prost(uint64, optional, tag = "2")]
    pub(crate) revision: Option<u64>,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct ReadResp {
    #[prost(message, optional, tag = "1")]
    pub(crate) event: Option<ReadEvent>,
    #[prost(message, optional, tag = "4")]
    pub(crate) stream_not_found: Option<StreamNotFound>,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct StreamNotFound {
    #[prost(message, optional, tag = "1")]
    pub(crate) stream_identifier: Option<StreamIdentifier>,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct ReadEvent {
    #[prost(message, optional, tag = "1")]
    pub(crate) event: Option<RecordedEvent>,
    #[prost(message, optional, tag = "4")]
    pub(crate) no_position: Option<Empty>,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct RecordedEvent {
    #[prost(message, optional, tag = "1")]
    pub(crate) id: Option<Id>,
    #[prost(message, optional, tag = "2")]
    pub(crate) stream_identifier: Option<StreamIdentifier>,
    #[prost(uint64, tag = "3")]
    pub(crate) stream_revision: u64,
    #[prost(map = "string, string", tag = "6")]
    pub(crate) metadata: HashMap<String, String>,
    #[prost(bytes = "bytes", tag = "7")]
    pub(crate) custom_metadata: Bytes,
    #[prost(bytes = "bytes", tag = "8")]
    pub(crate) data: Bytes,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct AppendReq {
    #[prost(message, optional, tag = "1")]
    pub(crate) options: Option<AppendOptions>,
    #[prost(message, optional, tag = "2")]
    pub(crate) proposed_message: Option<ProposedMessage>,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct AppendOptions {
    #[prost(message, optional, tag = "1")]
    pub(crate) stream_identifier: Option<StreamIdentifier>,
    #[prost(uint64, optional, tag = "2")]
    pub(crate) revision: Option<u64>,
    #[prost(message, optional, tag = "3")]
    pub(crate) no_stream: Option<Empty>,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct ProposedMessage {
    #[prost(message, optional, tag = "1")]
    pub(crate) id: Option<Id>,
    #[prost(map = "string, string", tag = "2")]
    pub(crate) metadata: HashMap<String, String>,
    #[prost(bytes = "bytes", tag = "3")]
    pub(crate) custom_metadata: Bytes,
    #[prost(bytes = "bytes", tag = "4")]
    pub(crate) data: Bytes,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct AppendResp {
    #[prost(message, optional, tag = "1")]
    pub(crate) success: Option<Success>,
    #[prost(message, optional, tag = "2")]
    pub(crate) wrong_expected_version: Option<WrongExpectedVersion>,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct Success {
    #[prost(uint64, optional, tag = "1")]
    pub(crate) current_revision: Option<u64>,
    #[prost(message, optional, tag = "3")]
    pub(crate) position: Option<Position>,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct WrongExpectedVersion {
    #[prost(uint64, optional, tag = "6")]
    pub(crate) current_revision: Option<u64>,
    #[prost(message, optional, tag = "7")]
    pub(crate) current_no_stream: Option<Empty>,
    #[prost(uint64, optional, tag = "8")]
    pub(crate) expected_revision: Option<u64>,
    #[prost(message, optional, tag = "11")]
    pub(crate) expected_no_stream: Option<Empty>,
}

impl StreamIdentifier {
    pub(crate) fn of(name: &str) -> Self {
        Self {
            stream_name: Bytes::copy_from_slice(name.as_bytes()),
        }
    }

    pub(crate) fn name(&self) -> String {
        String::from_utf8_lossy(&self.stream_name).into_owned()
    }
}

impl Id {
    pub(crate) fn of(id: u128) -> Self {
        Self {
            structured: None,
            text: Some(uuid::Uuid::from_u128(id).to_string()),
        }
    }

    pub(crate) fn number(&self) -> Option<u128> {
        if let Some(halves) = &self.structured {
            let most = u128::from(halves.most_significant_bits.cast_unsigned());
            let least = u128::from(halves.least_significant_bits.cast_unsigned());
            return Some(most << 64 | least);
        }
        let text = self.text.as_deref()?;
        uuid::Uuid::parse_str(text).ok().map(|id| id.as_u128())
    }
}
