//! A goal's target as its words give it (section 4 of the guide), and the arithmetic of realism (section 2.7).
//! Plain text in, values out: knows no note, no zone and no markdown.

mod compare;
mod deadline;
mod direction;
mod evidence;
mod level;
mod lex;
mod measure;
mod metric;
mod names;
mod numeral;
mod quantity;
mod read;
mod show;
mod spoken;
mod subject;
mod surroundings;
mod unit;
mod values;
mod words;

#[cfg(test)]
mod tests;

pub(crate) use compare::measure;
pub(crate) use evidence::dated;
pub(crate) use metric::canonical_metric;
pub(crate) use quantity::{Kind, Quantity, quantities};
pub(crate) use read::read;
pub(crate) use unit::Unit;

/// What a goal wants to reach.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Target {
    /// The metric's name: the note's words in lower case, abbreviations spelt out (`revenue` for `rev`), acronyms in
    /// capitals (`ARR`).
    pub metric: Option<String>,
    /// Which way it is to move.
    pub direction: Option<Direction>,
    /// The number, in units of `unit`: 20.0 for 20%. Of a range the end that asks less (M5).
    pub value: Option<f64>,
    /// What the number is: a level, a change, a factor or a bound.
    pub form: Option<Form>,
    /// `%`, `points`, `x`, `$`, `€`, `days` and the like; `None` for a plain count.
    pub unit: Option<String>,
    /// The period it is measured over, as the note spells it: `YoY`, `a month`.
    pub period: Option<String>,
    /// Year, quarter or month, where the words say so: fills `{period}` in a question.
    pub period_kind: Option<Period>,
    /// The deadline, as the note spells it: `EOY`, `Q3`.
    pub deadline: Option<String>,
    /// What was reached before, in the target's unit.
    pub baseline: Option<f64>,
    /// The baseline's unit where it isn't the target's: `$` in "20% on last year's $4M".
    pub baseline_unit: Option<String>,
    /// The comparison of the two, where they can be compared.
    pub comparison: Option<Comparison>,
}

/// Which way a metric is to move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Up.
    Increase,
    /// Down.
    Decrease,
    /// Stay.
    Maintain,
    /// Get to a level, way unknown.
    Reach,
}

impl Direction {
    /// Its name in the report.
    pub fn id(self) -> &'static str {
        ["increase", "decrease", "maintain", "reach"][self as usize]
    }
}

/// How a target's number is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// `to 5%`, `hit $5M`
    Level,
    /// `by 20%`, `+20%`, `hire 10`: always positive, the direction says which way.
    Delta,
    /// `2x`, `halve`
    Factor,
    /// `under 5%`
    AtMost,
    /// `110%+`
    AtLeast,
}

/// The periods that a question can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    /// A year.
    Year,
    /// A quarter.
    Quarter,
    /// A month.
    Month,
}

impl Period {
    /// `year`
    pub fn name(self) -> &'static str {
        ["year", "quarter", "month"][self as usize]
    }
}

/// Target against baseline (rules M1 to M5).
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// How many times what was reached before: target growth by past growth, else target level by past level.
    /// `None` where no ratio makes sense (baseline zero, flat or negative).
    pub stretch: Option<f64>,
    /// The comparison in words: `20% against 3% last year: 6.7 times`.
    pub words: String,
    /// Whether the target lies far outside what was reached before (M1, M2: "big stretch").
    pub far: bool,
    /// Whether the baseline has reached the target already.
    pub reached: bool,
}
