//! What was reached before, as a passage tells it: the value that a target can be set against. Silent where the
//! passage speaks of another metric, of another unit, or of an earlier target.

use std::ops::Range;

use super::{
    Form, Target,
    lex::Lexed,
    metric,
    quantity::{self, Quantity, Sign},
    surroundings,
    unit::{Span, Unit},
    values,
    words::Word,
};

/// What was reached before.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Baseline {
    /// Where the number (or the word of a trend) stands in the passage, in bytes.
    pub(crate) range: Range<usize>,
    /// A level in the target's unit, or a growth in percent (negative: it shrank).
    pub(crate) value: f64,
    /// What the level is measured in.
    pub(crate) unit: Unit,
    /// The value is a growth.
    pub(crate) growth: bool,
    /// The last growth that stands beside a level, in percent (M3).
    pub(crate) last_growth: Option<f64>,
    /// What the level is counted by, or the growth measured over.
    pub(crate) per: Option<Span>,
    /// Part of a period (YTD), never scaled.
    pub(crate) partial: bool,
    /// Told without a number.
    pub(crate) trend: Option<Trend>,
    /// When, in the passage's words, for a comparison: `last year`.
    pub(crate) when: Option<String>,
    /// The length of that time: a year for `last year`.
    pub(crate) when_span: Option<Span>,
}

/// A growth told without a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Trend {
    /// `flat last year`
    Flat,
    /// `shrinking`
    Shrinking,
}

/// Finds what a passage says the target's metric was before.
pub(crate) fn baseline(evidence_text: &str, target: &Target) -> Option<Baseline> {
    let lexed = Lexed::new(evidence_text);
    let quantities = values::ranges(&lexed, quantity::read(&lexed));
    let reader = Reader {
        lexed: &lexed,
        target,
    };
    let mut best: Option<(u8, Baseline)> = None;
    let mut growth = None;
    for quantity in &quantities {
        let Some(found) = reader.level_or_growth(quantity) else {
            continue;
        };
        if found.growth {
            growth.get_or_insert(found.value);
        }
        let rank = reader.rank(quantity, &found);
        if best.as_ref().is_none_or(|(before, _)| rank > *before) {
            best = Some((rank, found));
        }
    }
    let Some((_, mut found)) = best else {
        return reader.trend();
    };
    if !found.growth {
        found.last_growth = growth;
    }
    Some(found)
}

/// A passage with the time that its label names: "last year: 3%" where the label is "LY". As it is where the passage names
/// a time of its own, or the label none.
pub(crate) fn dated(label: &str, passage: &str) -> String {
    let first = |text: &str| {
        let lexed = Lexed::new(text);
        (0..lexed.tokens.len()).find_map(|at| past(&lexed, at))
    };
    match first(label).filter(|_| first(passage).is_none()) {
        Some((when, _)) => format!("{when}: {passage}"),
        None => passage.to_owned(),
    }
}

/// A passage, and the target that it is read for.
pub(super) struct Reader<'a, 't> {
    pub(super) lexed: &'a Lexed<'t>,
    pub(super) target: &'a Target,
}

impl Reader<'_, '_> {
    fn level_or_growth(&self, quantity: &Quantity) -> Option<Baseline> {
        let clause = self.clause(quantity.tokens.start);
        if !quantity.is_amount()
            || !self.is_same_metric(&clause)
            || self.is_no_fact(&clause, quantity)
        {
            return None;
        }
        let growth = self.growth(quantity);
        let (value, unit) = match growth {
            Some(growth) => (growth, Unit::Percent),
            None => self.level(quantity)?,
        };
        let (when, when_span) = self.when(&clause).unzip();
        let per = quantity.per.as_ref().and_then(|per| per.span);
        Some(Baseline {
            range: quantity.range.clone(),
            value,
            unit,
            growth: growth.is_some(),
            last_growth: None,
            per: per.or_else(|| self.best_of(&clause)),
            partial: self.is_partial(&clause),
            trend: match growth {
                Some(growth) if growth < 0.0 => Some(Trend::Shrinking),
                Some(0.0) => Some(Trend::Flat),
                _ => None,
            },
            when,
            when_span: when_span.flatten(),
        })
    }

    /// The tokens around `at` up to the next comma, stop or bracket.
    fn clause(&self, at: usize) -> Range<usize> {
        let ends = |at: usize| {
            matches!(
                self.lexed.at(at),
                "," | ";" | "." | "(" | ")" | "—" | "but" | "?"
            )
        };
        let count = self.lexed.tokens.len();
        let start = (0..at)
            .rev()
            .take(40)
            .find(|at| ends(*at))
            .map_or(at.saturating_sub(40), |at| at + 1);
        let end = (at..count.min(at + 40))
            .find(|at| ends(*at))
            .unwrap_or(count.min(at + 40));
        start..end.max(start)
    }

    /// Whether a clause names the target's metric, or none.
    fn is_same_metric(&self, clause: &Range<usize>) -> bool {
        let Some(metric) = &self.target.metric else {
            return true;
        };
        let metric = &metric.to_lowercase();
        let mut other = false;
        for at in clause.clone() {
            for length in (1..=3).rev().filter(|length| at + length <= clause.end) {
                let words = &self
                    .lexed
                    .raw(self.lexed.span(at, at + length))
                    .to_lowercase();
                let own = words == metric;
                if own || metric::known(words).is_some_and(|name| metric::same_metric(name, metric))
                {
                    return true;
                }
                other |= metric::known(words).is_some();
            }
        }
        !other
    }

    /// Earlier targets, budgets and gaps are nothing that was reached.
    fn is_no_fact(&self, clause: &Range<usize>, quantity: &Quantity) -> bool {
        let before: Vec<&str> = clause
            .clone()
            .take_while(|at| *at < quantity.tokens.start)
            .map(|at| self.lexed.at(at))
            .collect();
        let reached = before
            .iter()
            .any(|word| matches!(*word, "landed" | "ended" | "finished" | "came" | "at"));
        let planned = before.iter().any(|word| {
            matches!(
                *word,
                "goal"
                    | "target"
                    | "budget"
                    | "budgeted"
                    | "plan"
                    | "aop"
                    | "missed"
                    | "short"
                    | "wanted"
                    | "hiring"
            )
        });
        let parenthesis = quantity.tokens.start > 0
            && clause
                .clone()
                .any(|at| matches!(self.lexed.at(at), "goal" | "target") && at == clause.start);
        !reached && planned || parenthesis
    }

    /// The growth that an amount states, in percent.
    fn growth(&self, quantity: &Quantity) -> Option<f64> {
        let before = |back: usize| {
            quantity
                .tokens
                .start
                .checked_sub(back)
                .map_or("", |at| self.lexed.at(at))
        };
        let rises = |word: &str| {
            matches!(
                word,
                "grew"
                    | "grow"
                    | "growing"
                    | "grown"
                    | "up"
                    | "rose"
                    | "increased"
                    | "growth"
                    | "gained"
            )
        };
        let falls = |word: &str| {
            matches!(
                word,
                "fell"
                    | "down"
                    | "shrank"
                    | "shrunk"
                    | "declined"
                    | "dropped"
                    | "lost"
                    | "decreased"
            )
        };
        if quantity.unit == Unit::Factor {
            return Some((quantity.value - 1.0) * 100.0);
        }
        if quantity.unit != Unit::Percent {
            return None;
        }
        let arrives = matches!(before(1), "to" | "at" | "from");
        let by = before(1) == "by";
        let word = if by { before(2) } else { before(1) };
        let after = self.lexed.at(quantity.tokens.end);
        let value = quantity.high.unwrap_or(quantity.value);
        if quantity.sign == Some(Sign::Minus) || falls(after) || !arrives && falls(word) {
            return Some(-value);
        }
        let relative =
            self.target.form == Some(Form::Delta) && self.target.unit.as_deref() == Some("%");
        let percentage = self
            .target
            .metric
            .as_deref()
            .is_some_and(metric::is_percentage);
        let stated = quantity.sign == Some(Sign::Plus)
            || !arrives && rises(word)
            || after == "growth"
            || rises(before(2)) && matches!(before(1), "about" | "just" | "only");
        (stated || relative && !percentage && !arrives).then_some(value)
    }

    /// "best month ever was 40": a month's count.
    fn best_of(&self, clause: &Range<usize>) -> Option<Span> {
        clause
            .clone()
            .find_map(|at| match (self.lexed.at(at), self.lexed.word(at + 1)) {
                (
                    "best" | "top" | "record" | "good" | "average" | "typical",
                    Some(Word::Time(span)),
                ) => Some(span),
                _ => None,
            })
    }

    fn is_partial(&self, clause: &Range<usize>) -> bool {
        clause.clone().any(|at| {
            matches!(self.lexed.at(at), "ytd" | "qtd" | "mtd")
                || self.lexed.at(at) == "so" && self.lexed.at(at + 1) == "far"
        })
    }

    /// The past time that a clause names; else that of the whole passage, unless the clause speaks of now.
    fn when(&self, clause: &Range<usize>) -> Option<(String, Option<Span>)> {
        let all = 0..self.lexed.tokens.len().min(120);
        let first = |mut tokens: Range<usize>| tokens.find_map(|at| past(self.lexed, at));
        first(clause.clone()).or_else(|| first(all).filter(|_| !self.is_now(clause)))
    }

    fn is_now(&self, clause: &Range<usize>) -> bool {
        clause.clone().any(|at| {
            matches!(
                self.lexed.at(at),
                "now" | "today" | "currently" | "current" | "atm" | "is" | "are"
            )
        })
    }

    /// Present values before past ones, past ones before those without a time.
    fn rank(&self, quantity: &Quantity, found: &Baseline) -> u8 {
        let clause = self.clause(quantity.tokens.start);
        let fits = if found.growth {
            self.target.form == Some(Form::Delta)
        } else {
            self.target.form != Some(Form::Delta)
        };
        let timed = if self.is_now(&clause) {
            2
        } else {
            u8::from(found.when.is_some())
        };
        let exact = u8::from(quantity.unit.symbol() == self.target.unit.as_deref());
        timed + exact + if fits { 4 } else { 0 }
    }

    /// "flat last year"
    fn trend(&self) -> Option<Baseline> {
        let count = self.lexed.tokens.len();
        let (at, trend) = (0..count).find_map(|at| match self.lexed.at(at) {
            "flat" | "unchanged" | "stagnant" => Some((at, Trend::Flat)),
            "shrinking" | "shrank" | "declining" | "declined" | "shrunk" => {
                Some((at, Trend::Shrinking))
            }
            _ => None,
        })?;
        let clause = self.clause(at);
        if !self.is_same_metric(&clause)
            || (at + 1 < count && surroundings::is_month(self.lexed, at + 1))
        {
            return None;
        }
        let (when, when_span) = self.when(&clause).unzip();
        Some(Baseline {
            range: self.lexed.span(at, at + 1),
            value: 0.0,
            unit: Unit::Percent,
            growth: true,
            last_growth: None,
            per: None,
            partial: false,
            trend: Some(trend),
            when,
            when_span: when_span.flatten(),
        })
    }
}

/// The past time that begins at a token, with its length.
fn past(lexed: &Lexed<'_>, at: usize) -> Option<(String, Option<Span>)> {
    let found = |words: &str, span| Some((words.to_owned(), span));
    match lexed.at(at) {
        "ly" | "py" => found("last year", Some(Span::Year)),
        "lq" | "pq" => found("last quarter", Some(Span::Quarter)),
        "lm" => found("last month", Some(Span::Month)),
        "last" | "previous" | "prior" => match lexed.word(at + 1) {
            Some(Word::Time(span)) => {
                let mut name = span.plural().to_owned();
                name.pop();
                found(&format!("last {name}"), Some(span))
            }
            _ => None,
        },
        "in" | "for" => {
            let year = lexed.at(at + 1);
            let named = year.len() == 4
                && year.bytes().all(|byte| byte.is_ascii_digit())
                && (year.starts_with("20") || year.starts_with("199"));
            named.then(|| (format!("in {year}"), Some(Span::Year)))
        }
        _ => None,
    }
}
