//! Units: what a value is measured in, and when two of them can be set against each other.

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Span {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl Span {
    /// Its name in the plural: `days`.
    pub(crate) fn plural(self) -> &'static str {
        [
            "seconds", "minutes", "hours", "days", "weeks", "months", "quarters", "years",
        ][self as usize]
    }

    /// How many hours it lasts. A month is a twelfth of a year, a day has 24 hours.
    pub(crate) fn hours(self) -> f64 {
        [
            1.0 / 3600.0,
            1.0 / 60.0,
            1.0,
            24.0,
            168.0,
            730.5,
            2191.5,
            8766.0,
        ][self as usize]
    }

    /// How many of it make a year of flow, where the guide converts (M4): months and quarters.
    pub(crate) fn per_year(self) -> Option<f64> {
        match self {
            Span::Month => Some(12.0),
            Span::Quarter => Some(4.0),
            Span::Year => Some(1.0),
            _ => None,
        }
    }
}

/// What a number is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Unit {
    /// Things, or not said.
    Count,
    /// 20.0 is 20%.
    Percent,
    /// A part of a whole, in words (`a third`, `one in three`), in percent: 33.3.
    Share,
    /// Percentage points, or points of a score.
    Points,
    /// Times: 2.0 is `2x`, `double`.
    Factor,
    /// By its symbol where it has one, else by its code: `$`, `€`, `CHF`.
    Money(&'static str),
    /// In spans of time.
    Duration(Span),
}

impl Unit {
    /// As the report writes it; `None` for a plain count.
    pub(crate) fn symbol(self) -> Option<&'static str> {
        match self {
            Unit::Count => None,
            Unit::Percent | Unit::Share => Some("%"),
            Unit::Points => Some("points"),
            Unit::Factor => Some("x"),
            Unit::Money(currency) => Some(currency),
            Unit::Duration(span) => Some(span.plural()),
        }
    }
}

/// A currency's symbol for its code.
pub(super) fn currency(code: &'static str) -> &'static str {
    match code {
        "USD" => "$",
        "EUR" => "€",
        "GBP" => "£",
        "JPY" => "¥",
        "INR" => "₹",
        other => other,
    }
}

/// The currency of a sign in the text.
pub(super) fn currency_sign(sign: &str) -> Option<&'static str> {
    Some(match sign {
        "$" => "$",
        "€" => "€",
        "£" => "£",
        "¥" => "¥",
        "₹" => "₹",
        _ => return None,
    })
}
