//! One line over time, as SVG that needs no script.

use std::fmt::Write;

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 220.0;
const MARGIN: f64 = 8.0;

/// A mark on the line.
pub(super) struct Mark {
    /// From 0, the beginning, to 1.
    pub(super) at: f64,
    pub(super) value: f64,
    pub(super) class: &'static str,
}

/// `values` are evenly spaced in time. Empty where there is nothing to draw.
pub(super) fn line(title: &str, class: &str, values: &[f64], marks: &[Mark]) -> String {
    let all = values
        .iter()
        .copied()
        .chain(marks.iter().map(|mark| mark.value));
    let (low, high) = all.fold((f64::MAX, f64::MIN), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    if values.len() < 2 || low > high {
        return String::new();
    }
    let range = if high > low { high - low } else { 1.0 };
    let x = |at: f64| MARGIN + at * (WIDTH - 2.0 * MARGIN);
    let y = |value: f64| HEIGHT - MARGIN - (value - low) / range * (HEIGHT - 2.0 * MARGIN);
    #[expect(clippy::cast_precision_loss, reason = "a few hundred points")]
    let place = |index: usize| index as f64 / (values.len() - 1) as f64;
    let mut points = String::new();
    for (index, value) in values.iter().enumerate() {
        let _infallible = write!(points, "{:.1},{:.1} ", x(place(index)), y(*value));
    }
    let mut marked = String::new();
    for mark in marks {
        let (at, value, class) = (x(mark.at), y(mark.value), mark.class);
        let _infallible = write!(
            marked,
            r#"<circle class="{class}" cx="{at:.1}" cy="{value:.1}" r="2.5"/>"#
        );
    }
    format!(
        r#"<figure><figcaption>{title}<span>{low:.4} to {high:.4}</span></figcaption><svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{title}"><polyline class="{class}" points="{}"/>{marked}</svg></figure>"#,
        points.trim_end(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_value_is_at_the_bottom_and_the_highest_at_the_top() {
        let svg = line("Profit", "profit", &[1.0, 3.0], &[]);
        assert!(svg.contains(r#"points="8.0,212.0 952.0,8.0""#), "{svg}");
        assert!(svg.contains("1.0000 to 3.0000"));
    }

    #[test]
    fn nothing_is_drawn_of_nothing() {
        assert_eq!(line("Profit", "profit", &[], &[]), "");
        assert_eq!(line("Profit", "profit", &[1.0], &[]), "");
    }

    #[test]
    fn marks_stand_at_their_price() {
        let mark = Mark {
            at: 0.5,
            value: 2.0,
            class: "buy",
        };
        let svg = line("Price", "price", &[1.0, 3.0], &[mark]);
        assert!(
            svg.contains(r#"<circle class="buy" cx="480.0" cy="110.0""#),
            "{svg}"
        );
    }
}
