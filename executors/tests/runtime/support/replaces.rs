//! An exchange that puts orders in the place of others in one request.

use async_trait::async_trait;
use executors::venue::{
    OldOrder, OrderAnswer, ReplaceAnswer, Replacement, Replaces, ReportedState, Venue,
};

use super::Exchange;

#[async_trait]
impl Replaces for Exchange {
    /// By the scripts of the single requests; what is lost of one is lost of all.
    async fn replace(&self, Replacement { old, new }: &Replacement) -> ReplaceAnswer {
        self.inner().replacements += 1;
        let mut answers = Vec::new();
        for order in old {
            answers.push(self.cancel(&order.pair, &order.client_order_id).await);
        }
        for answer in &answers {
            if let OrderAnswer::Unknown { reason } = answer {
                let reason = reason.clone();
                return ReplaceAnswer::Unknown { reason };
            }
        }
        let mut answered = old.iter().zip(&answers);
        if !answered.all(|(old, answer)| self.is_untouched(old, answer)) {
            return ReplaceAnswer::NotReplaced { old: answers };
        }
        let mut placed = Vec::new();
        for order in new {
            placed.push(self.place(order).await);
        }
        ReplaceAnswer::Replaced {
            old: answers,
            new: placed,
        }
    }
}

impl Exchange {
    fn is_untouched(&self, old: &OldOrder, answer: &OrderAnswer) -> bool {
        let placed = self.all();
        let mut placed = placed.iter();
        let of_it = placed.find(|placed| placed.request.client_order_id == old.client_order_id);
        let cancelled = matches!(answer, OrderAnswer::Known(report)
            if matches!(report.state, ReportedState::Cancelled { .. }));
        cancelled && of_it.is_some_and(|placed| placed.filled() == old.filled)
    }
}
