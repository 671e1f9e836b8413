//! What went wrong with a request, and what that proves.

use ccxt::ExchangeError;

use super::redaction::Redaction;

/// Its text may be shown: see [`Redaction`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text}")]
pub(super) struct Failure {
    pub(super) proves: Proof,
    text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    /// The exchange answered, and did nothing.
    Refused,
    /// The exchange answered, and has no such order.
    NoSuchOrder,
    /// The exchange answered, and has an order of this id already.
    Repeated,
    /// The exchange may or may not have done what was asked.
    Nothing,
}

/// Kinds by which ccxt says that the exchange took the request, looked at it and declined. Whatever
/// is missing here proves nothing; the order is asked for.
const REFUSALS: [&str; 8] = [
    "InvalidOrder",
    "InsufficientFunds",
    "BadRequest",
    "AuthenticationError",
    "OperationRejected",
    "ArgumentsRequired",
    "NotSupported",
    // The signature's time or number was not accepted: nothing was looked at
    "InvalidNonce",
];

/// How binance and okx say it; ccxt calls both an invalid order.
const REPEATED: [&str; 2] = ["Duplicate order", "\"51016\""];

/// How kraken, mexc and mexc again say it, where ccxt has another kind for it.
const UNKNOWN_ORDER: [&str; 3] = [
    "EOrder:Unknown order",
    "Order does not exist",
    "Unknown order sent",
];

impl Failure {
    pub(super) fn of(error: &ExchangeError, redaction: &Redaction) -> Self {
        let text = redaction.apply(&error.message);
        let text = if text.is_empty() {
            error.kind.clone()
        } else {
            text
        };
        Self {
            proves: proof(error),
            text,
        }
    }

    /// An answer that is none.
    pub(super) fn unreadable(what: impl std::fmt::Display) -> Self {
        Self {
            proves: Proof::Nothing,
            text: format!("the exchange's answer could not be read: {what}"),
        }
    }

    /// Found out before anything was sent.
    pub(super) fn refused_here(text: impl Into<String>) -> Self {
        Self {
            proves: Proof::Refused,
            text: text.into(),
        }
    }
}

fn proof(error: &ExchangeError) -> Proof {
    let says = |one_of: &[&str]| one_of.iter().any(|words| error.message.contains(words));
    if error.is("DuplicateOrderId") || says(&REPEATED) {
        return Proof::Repeated;
    }
    if error.is("OrderNotFound") || says(&UNKNOWN_ORDER) {
        return Proof::NoSuchOrder;
    }
    if REFUSALS.iter().any(|kind| error.is(kind)) {
        return Proof::Refused;
    }
    Proof::Nothing
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proves(kind: &str, message: &str) -> Proof {
        Failure::of(&ExchangeError::new(kind, message), &Redaction::default()).proves
    }

    #[test]
    fn only_what_an_exchange_declined_is_refused() {
        for kind in REFUSALS {
            assert_eq!(proves(kind, ""), Proof::Refused, "{kind}");
        }
        for kind in ["PermissionDenied", "BadSymbol", "OrderImmediatelyFillable"] {
            assert_eq!(proves(kind, ""), Proof::Refused, "{kind}");
        }
    }

    #[test]
    fn whatever_may_have_arrived_proves_nothing() {
        for kind in [
            "RequestTimeout",
            "NetworkError",
            "ExchangeNotAvailable",
            "OnMaintenance",
            "RateLimitExceeded",
            "DDoSProtection",
            "BadResponse",
            "NullResponse",
            "ExchangeError",
            "OperationFailed",
            "CancelPending",
            "panic",
            "a kind of tomorrow",
        ] {
            assert_eq!(proves(kind, ""), Proof::Nothing, "{kind}");
        }
    }

    #[test]
    fn an_id_that_is_taken_is_no_refusal() {
        assert_eq!(proves("DuplicateOrderId", ""), Proof::Repeated);
        let text = r#"binance {"code":-2010,"msg":"Duplicate order sent."}"#;
        assert_eq!(proves("InvalidOrder", text), Proof::Repeated);
    }

    #[test]
    fn an_order_nobody_knows_is_told_apart() {
        assert_eq!(proves("OrderNotFound", ""), Proof::NoSuchOrder);
        let text = r#"kraken {"error":["EOrder:Unknown order"]}"#;
        assert_eq!(proves("InvalidOrder", text), Proof::NoSuchOrder);
    }
}
