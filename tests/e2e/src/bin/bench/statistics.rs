//! Median and spread.

use serde::Serialize;

/// What some runs gave: the middle one and how far the middle half of them reaches.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Summary {
    pub(crate) median: f64,
    pub(crate) quartiles: (f64, f64),
    pub(crate) values: Vec<f64>,
}

impl Summary {
    /// Of the values in the order of their runs; `None` of none.
    pub(crate) fn of(values: Vec<f64>) -> Option<Self> {
        let mut sorted = values.clone();
        sorted.sort_by(f64::total_cmp);
        Some(Self {
            median: quantile(&sorted, 0.5)?,
            quartiles: (quantile(&sorted, 0.25)?, quantile(&sorted, 0.75)?),
            values,
        })
    }
}

/// The value below which this share of the sorted values lies, interpolated between the two nearest.
fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let position = share * sorted.len().checked_sub(1)? as f64;
    let low = sorted.get(position.floor() as usize)?;
    let high = sorted.get(position.ceil() as usize)?;
    Some(low + (high - low) * position.fract())
}

#[cfg(test)]
mod tests {
    use super::Summary;

    #[test]
    fn middle_and_spread() {
        assert_eq!(Summary::of(vec![]), None);
        let one = Summary::of(vec![7.0]).map(|s| (s.median, s.quartiles));
        assert_eq!(one, Some((7.0, (7.0, 7.0))));
        let odd = Summary::of(vec![5.0, 1.0, 4.0, 2.0, 3.0]).map(|s| (s.median, s.quartiles));
        assert_eq!(odd, Some((3.0, (2.0, 4.0))));
        let even = Summary::of(vec![4.0, 1.0, 3.0, 2.0]).map(|s| (s.median, s.quartiles));
        assert_eq!(even, Some((2.5, (1.75, 3.25))));
    }
}
