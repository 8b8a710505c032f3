//! The arithmetic of realism (rules M1 to M5): target against baseline, or nothing where the two can't be compared.

use super::{
    Comparison, Direction, Form, Target,
    evidence::{self, Baseline, Trend},
    lex::Lexed,
    metric,
    show::{factor, percent, round, show, signed_percent, signed_points, times},
    surroundings,
    unit::{Span, Unit},
};
use crate::Period;

/// Growth against growth from here on is a big stretch (M1).
const FAR_GROWTH: f64 = 5.0;

/// Compares a target with what was reached before.
pub(crate) fn compare(target: &Target, baseline: &Baseline) -> Option<Comparison> {
    let value = target.value?;
    let form = target.form?;
    if baseline.partial {
        return None;
    }
    if baseline.growth {
        return growth(target, form, value, baseline);
    }
    let base = in_period(target, baseline)?;
    levels(target, form, value, base, baseline.unit.symbol(), baseline)
}

/// The comparison of a target that names its own baseline.
pub(crate) fn compare_own(target: &Target) -> Option<Comparison> {
    let base = target.baseline?;
    let plain = Baseline {
        range: 0..0,
        value: base,
        unit: Unit::Count,
        growth: false,
        last_growth: None,
        per: None,
        partial: false,
        trend: None,
        when: None,
        when_span: None,
    };
    levels(
        target,
        target.form?,
        target.value?,
        base,
        target.baseline_unit.as_deref(),
        &plain,
    )
}

/// Sets a target's baseline and comparison from its own words, else from the first passage that tells a comparable
/// value; a growth in the passages completes a pair of levels (M3).
pub(crate) fn measure(target: &mut Target, evidence: &[&str]) {
    let found = |target: &Target, growth_only: bool| {
        evidence.iter().find_map(|text| {
            let found =
                evidence::baseline(text, target).filter(|found| found.growth || !growth_only)?;
            let comparison = compare(target, &found)?;
            Some((found, comparison))
        })
    };
    if target.baseline.is_some() {
        let with_growth = found(target, true).map(|(_, comparison)| comparison);
        target.comparison = with_growth.or_else(|| compare_own(target));
    } else if let Some((found, comparison)) = found(target, false) {
        target.baseline = Some(found.value);
        target.baseline_unit = found
            .unit
            .symbol()
            .filter(|unit| target.unit.as_deref() != Some(unit))
            .map(str::to_owned);
        target.comparison = Some(comparison);
    }
}

/// M1, and M3 where the goal names its own level.
fn growth(target: &Target, form: Form, value: f64, baseline: &Baseline) -> Option<Comparison> {
    let unit = target.unit.as_deref();
    let falls = target.direction == Some(Direction::Decrease);
    let (wanted, prefix) = match form {
        Form::Delta if unit == Some("%") => (if falls { -value } else { value }, None),
        Form::Factor => ((value - 1.0) * 100.0, None),
        Form::Level | Form::AtLeast | Form::AtMost => {
            let base = target.baseline.filter(|base| *base > 0.0)?;
            (
                (value / base - 1.0) * 100.0,
                Some(format!(
                    "{} against {}: {}, ",
                    show(value, unit),
                    show(base, unit),
                    signed_percent((value / base - 1.0) * 100.0)
                )),
            )
        }
        Form::Delta => return None,
    };
    same_growth_period(target, baseline).then_some(())?;
    let when = when(baseline);
    let lead = prefix.map_or_else(
        || format!("{} against ", percent(wanted)),
        |prefix| format!("{prefix}after "),
    );
    let (words, stretch) = match baseline.trend {
        Some(Trend::Flat) => (format!("{} from flat{when}", percent(wanted)), None),
        Some(Trend::Shrinking) if baseline.value < 0.0 && wanted < 0.0 => {
            let ratio = wanted / baseline.value;
            (
                format!("{lead}{}{when}: {}", percent(baseline.value), times(ratio)),
                Some(ratio),
            )
        }
        Some(Trend::Shrinking) if baseline.value < 0.0 => (
            format!(
                "{} from shrinking ({}{when})",
                percent(wanted),
                percent(baseline.value)
            ),
            None,
        ),
        Some(Trend::Shrinking) => (format!("{} from shrinking{when}", percent(wanted)), None),
        None if wanted < 0.0 => return None,
        None => {
            let ratio = wanted / baseline.value;
            (
                format!("{lead}{}{when}: {}", percent(baseline.value), times(ratio)),
                Some(ratio),
            )
        }
    };
    let stretch = stretch.filter(|ratio| ratio.is_finite());
    Some(Comparison {
        stretch,
        words,
        far: stretch.is_some_and(|ratio| round(ratio) >= FAR_GROWTH),
        reached: false,
    })
}

/// Growth rates compare over one period only (M4); without a word it is the year's.
fn same_growth_period(target: &Target, baseline: &Baseline) -> bool {
    let wanted = span(target).unwrap_or(Span::Year);
    let was = baseline.per.or(baseline.when_span).unwrap_or(Span::Year);
    wanted == was
}

/// M2 and M3: levels, and changes and factors on a level.
fn levels(
    target: &Target,
    form: Form,
    value: f64,
    base: f64,
    own: Option<&str>,
    baseline: &Baseline,
) -> Option<Comparison> {
    if base <= 0.0 && form != Form::Delta {
        return None;
    }
    let falls = target.direction == Some(Direction::Decrease);
    let sign = if falls { -1.0 } else { 1.0 };
    let unit = target.unit.as_deref();
    let when = when(baseline);
    let (level, mut words) = match form {
        Form::Factor => {
            let level = base * value;
            (
                level,
                format!(
                    "{} of {}{when}: {}",
                    factor(value),
                    show(base, own),
                    show(level, own)
                ),
            )
        }
        Form::Delta => {
            let own = own.or(unit.filter(|unit| !matches!(*unit, "%" | "points")));
            let level = match unit {
                Some("%") => base * (1.0 + sign * value / 100.0),
                _ => base + sign * value,
            };
            let delta = show(value, unit);
            let mark = if falls { "-" } else { "+" };
            (
                level,
                format!(
                    "{mark}{delta} on {}{when}: {}",
                    show(base, own),
                    show(level, own)
                ),
            )
        }
        Form::Level | Form::AtMost | Form::AtLeast => {
            let unit = unit.or(own);
            let change = signed_percent((value / base - 1.0) * 100.0);
            let lead = format!("{} against {}{when}: ", show(value, unit), show(base, unit));
            let points = matches!(unit, Some("%" | "points"));
            let change = if points {
                format!("{} ({change})", signed_points(value - base))
            } else {
                change
            };
            (value, format!("{lead}{change}"))
        }
    };
    let change = (level / base - 1.0) * 100.0;
    let relative = change.is_finite().then_some(change);
    let mut stretch = (base > 0.0).then_some(level / base);
    let mut far = relative.is_some_and(|change| round(change) >= 100.0 || round(change) <= -50.0);
    // The growth that it takes, against the last one (M3).
    if let (Some(change), Some(last)) = (
        relative.filter(|change| *change > 0.0),
        baseline.last_growth.filter(|last| *last > 0.0),
    ) {
        let ratio = change / last;
        stretch = Some(ratio);
        far |= round(ratio) >= FAR_GROWTH;
        words += &format!(", after {}: {}", signed_percent(last), times(ratio));
    }
    Some(Comparison {
        stretch,
        words,
        far,
        reached: reached(target, form, level, base),
    })
}

/// Whether the baseline is where the target wants to be. What is to be kept is reached by intent.
fn reached(target: &Target, form: Form, level: f64, base: f64) -> bool {
    let lower = target
        .metric
        .as_deref()
        .is_some_and(metric::lower_is_better);
    let known = target
        .metric
        .as_deref()
        .is_some_and(|name| metric::known(&metric::canonical_metric(name)).is_some());
    match (form, target.direction) {
        (_, Some(Direction::Maintain)) | (Form::Delta | Form::Factor, _) => false,
        (Form::AtMost, _) | (Form::Level, Some(Direction::Decrease)) => base <= level,
        (Form::AtLeast, _) | (Form::Level, Some(Direction::Increase)) => base >= level,
        (Form::Level, _) if lower => base <= level,
        (Form::Level, _) if known => base >= level,
        (Form::Level, _) => base == level,
    }
}

/// The baseline's level over the target's period (M4), unless the two can't be compared.
fn in_period(target: &Target, baseline: &Baseline) -> Option<f64> {
    let flow = matches!(baseline.unit, Unit::Money(_) | Unit::Count);
    let wanted = span(target);
    let was = baseline.per;
    let to = |from: Span, into: Span| Some(baseline.value * from.per_year()? / into.per_year()?);
    match (wanted, was) {
        (Some(wanted), Some(was)) if wanted == was => Some(baseline.value),
        (Some(wanted), Some(was)) if flow => to(was, wanted),
        (Some(_), Some(_)) => None,
        // "120 last quarter" is 40 a month.
        (Some(wanted), None) if flow && baseline.when_span.is_some_and(|when| when > wanted) => {
            to(baseline.when_span?, wanted)
        }
        (None, Some(was)) if flow && target.period_kind == Some(Period::Year) => {
            to(was, Span::Year)
        }
        (None, Some(was)) if flow && target.period_kind == Some(Period::Quarter) => {
            to(was, Span::Quarter)
        }
        (None, Some(_)) if matches!(baseline.unit, Unit::Duration(_)) => Some(baseline.value),
        // "best month ever was 40" for a goal that names no period.
        (None, Some(_)) => None,
        _ => Some(baseline.value),
    }
}

/// What the target is counted by.
fn span(target: &Target) -> Option<Span> {
    let lexed = Lexed::new(target.period.as_deref()?);
    surroundings::per_at(&lexed, 0)?.span
}

fn when(baseline: &Baseline) -> String {
    baseline
        .when
        .as_deref()
        .map(|when| format!(" {when}"))
        .unwrap_or_default()
}
