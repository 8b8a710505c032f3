//! The level that an amount in a passage states, brought into the target's unit where the two are of one kind.

use super::{
    Direction, Form,
    evidence::Reader,
    metric,
    quantity::Quantity,
    unit::{Span, Unit},
};

impl Reader<'_, '_> {
    /// The level that an amount states, in the target's unit where the target has one.
    pub(super) fn level(&self, quantity: &Quantity) -> Option<(f64, Unit)> {
        // The end nearest to the target never overstates the way (M5).
        let falls = self.target.direction == Some(Direction::Decrease);
        let value = if falls {
            quantity.value
        } else {
            quantity.high.unwrap_or(quantity.value)
        };
        let bare = quantity.unit == Unit::Count && quantity.noun.is_none();
        let unit = match self.target.unit.as_deref() {
            Some("%") if self.target.form == Some(Form::Delta) => None,
            unit => unit,
        };
        if self.target.form == Some(Form::Factor)
            || self.target.form == Some(Form::Delta) && unit.is_none()
        {
            let counted = quantity.unit == Unit::Count && !self.counts_metric(quantity);
            return (!counted && quantity.unit != Unit::Points).then_some((value, quantity.unit));
        }
        match (unit, quantity.unit) {
            (Some("%"), Unit::Percent | Unit::Share) => Some((value, Unit::Percent)),
            (Some("%"), Unit::Count) if bare && quantity.scale == 1.0 && self.is_near(value) => {
                Some((value, Unit::Percent))
            }
            (Some("points"), Unit::Percent | Unit::Points) => Some((value, quantity.unit)),
            (Some("points"), Unit::Count) if bare && self.is_near(value) => {
                Some((value, Unit::Points))
            }
            (Some(symbol), Unit::Money(own)) if symbol == own => Some((value, quantity.unit)),
            (None, Unit::Money(_)) => Some((value, quantity.unit)).filter(|_| self.is_large(value)),
            (Some(symbol), Unit::Count) if bare && symbol != "x" => {
                let unit = self.unit_of(symbol)?;
                Some((
                    if matches!(unit, Unit::Money(_)) {
                        self.scaled(value, quantity)
                    } else {
                        value
                    },
                    unit,
                ))
            }
            (Some(symbol), Unit::Duration(own)) => match self.unit_of(symbol)? {
                Unit::Duration(span) if span == own => Some((value, quantity.unit)),
                Unit::Duration(span) => {
                    Some((value * own.hours() / span.hours(), Unit::Duration(span)))
                }
                _ => None,
            },
            // "hire 10" on a bare two is a guess.
            (None, Unit::Count) if bare && self.target.form == Some(Form::Delta) => None,
            (None, Unit::Count) if self.counts_metric(quantity) => {
                Some((self.scaled(value, quantity), Unit::Count))
            }
            _ => None,
        }
    }

    /// "landed at 8" for a goal of 10M.
    fn scaled(&self, value: f64, quantity: &Quantity) -> f64 {
        let Some(target) = self
            .target
            .value
            .filter(|_| quantity.scale == 1.0 && value < 1e3)
        else {
            return value;
        };
        let scale = if target >= 1e6 { 1e6 } else { 1e3 };
        let near = (0.05..=5.0).contains(&(value * scale / target));
        if target >= 1e5 && near {
            value * scale
        } else {
            value
        }
    }

    /// A bare number is a percentage only in the target's reach.
    fn is_near(&self, value: f64) -> bool {
        self.target
            .value
            .is_some_and(|target| target != 0.0 && (0.2..=5.0).contains(&(value / target)))
    }

    /// A target that is large and bare ("5M") may well be money.
    fn is_large(&self, value: f64) -> bool {
        self.target
            .value
            .is_some_and(|target| target >= 1e4 && (0.02..=50.0).contains(&(value / target)))
    }

    fn unit_of(&self, symbol: &str) -> Option<Unit> {
        use Span::{Day, Hour, Minute, Month, Quarter, Second, Week, Year};
        let span = [Second, Minute, Hour, Day, Week, Month, Quarter, Year]
            .into_iter()
            .find(|span| span.plural() == symbol);
        match (span, symbol) {
            (Some(span), _) => Some(Unit::Duration(span)),
            (None, "$") => Some(Unit::Money("$")),
            (None, "€") => Some(Unit::Money("€")),
            (None, "£") => Some(Unit::Money("£")),
            _ => None,
        }
    }

    /// Whether a count counts the target's metric, or nothing that is named.
    fn counts_metric(&self, quantity: &Quantity) -> bool {
        let (Some(noun), Some(metric)) = (&quantity.noun, &self.target.metric) else {
            return quantity.noun.is_none()
                || self.target.metric.is_none()
                    && self.target.unit.is_none()
                    && self.target.value.is_some_and(|value| value >= 1e4);
        };
        let metric = &metric.to_lowercase();
        let noun = self.lexed.raw(noun.clone()).to_lowercase();
        let stem = |word: &str| word.trim_end_matches('s').to_owned();
        let shares_word = metric
            .split(' ')
            .any(|word| noun.split(' ').any(|other| stem(word) == stem(other)));
        shares_word || metric::same_metric(metric, noun.split(' ').next().unwrap_or(""))
    }
}
