//! Numerals written in digits: value, or why it is none (date, time, version). Reads no word and no unit.

/// What a run of digits and separators says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Numeral {
    /// A number. `plain`: digits only, so that it may be a year, a day or a label.
    Value { value: f64, plain: bool },
    /// `3 of 4` as `3/4`.
    Share(f64, f64),
    /// `1:40`
    Ratio(f64, f64),
    /// `2026-03-04`, `3/11/26`, `12.02.2026`
    Date,
    /// `2025-26`, `25/26`
    Period,
    /// `11:30`
    Time,
    /// Versions, telephone numbers, `24/7`.
    Identifier,
}

/// Reads the numeral that starts at `start` (a digit) and says where it ends.
pub(super) fn scan(text: &str, start: usize) -> (usize, Numeral) {
    let bytes = text.as_bytes();
    let first = Group::read(bytes, start);
    match composite(bytes, &first).unwrap_or_else(|| number(text, &first)) {
        // Longer than any amount that is spoken of.
        (end, Numeral::Value { value, .. }) if value > 1e15 => (end, Numeral::Identifier),
        other => other,
    }
}

/// Digits without separator.
#[derive(Clone, Copy)]
struct Group {
    start: usize,
    end: usize,
    value: f64,
}

impl Group {
    fn read(bytes: &[u8], start: usize) -> Group {
        let mut end = start;
        let mut value = 0.0;
        while let Some(digit) = bytes.get(end).filter(|byte| byte.is_ascii_digit()) {
            value = value * 10.0 + f64::from(digit - b'0');
            end += 1;
        }
        Group { start, end, value }
    }

    fn len(&self) -> usize {
        self.end - self.start
    }

    /// The group behind a separator, if both are there.
    fn after(&self, bytes: &[u8], separator: u8) -> Option<Group> {
        let follows = bytes.get(self.end) == Some(&separator)
            && bytes.get(self.end + 1).is_some_and(u8::is_ascii_digit);
        follows.then(|| Group::read(bytes, self.end + 1))
    }

    fn is_year(&self) -> bool {
        self.len() == 4 && (1990.0..2100.0).contains(&self.value)
    }
}

/// Dates, times, ratios and identifiers: groups joined by `-`, `/`, `:` or two dots.
fn composite(bytes: &[u8], first: &Group) -> Option<(usize, Numeral)> {
    if let Some(second) = first.after(bytes, b'-') {
        return dashed(bytes, first, &second);
    }
    if let Some(second) = first.after(bytes, b'/') {
        return slashed(bytes, first, &second);
    }
    if let Some(second) = first.after(bytes, b':') {
        let third = second.after(bytes, b':');
        let end = third.map_or(second.end, |third| third.end);
        let clock =
            first.len() <= 2 && second.len() == 2 && first.value <= 24.0 && second.value < 60.0;
        let kind = if clock {
            Numeral::Time
        } else {
            Numeral::Ratio(first.value, second.value)
        };
        return Some((end, kind));
    }
    dotted(bytes, first)
}

fn dashed(bytes: &[u8], first: &Group, second: &Group) -> Option<(usize, Numeral)> {
    if first.is_year() && second.len() == 2 {
        if second.value == (first.value + 1.0) % 100.0 {
            return Some((second.end, Numeral::Period));
        }
        let day = second.after(bytes, b'-');
        if (1.0..=12.0).contains(&second.value) {
            return Some((day.map_or(second.end, |day| day.end), Numeral::Date));
        }
    }
    let third = second.after(bytes, b'-')?;
    let mut last = third;
    while let Some(next) = last.after(bytes, b'-') {
        last = next;
    }
    let day_first = last.is_year() && first.value <= 31.0 && second.value <= 31.0;
    Some((
        last.end,
        if day_first {
            Numeral::Date
        } else {
            Numeral::Identifier
        },
    ))
}

fn slashed(bytes: &[u8], first: &Group, second: &Group) -> Option<(usize, Numeral)> {
    if let Some(third) = second.after(bytes, b'/') {
        return Some((third.end, Numeral::Date));
    }
    let (a, b) = (first.value, second.value);
    if (a, b) == (24.0, 7.0) {
        return Some((second.end, Numeral::Identifier));
    }
    let seasons = first.len() == second.len() && first.len() == 2 || first.is_year();
    if seasons && a >= 15.0 && b == (a + 1.0) % 100.0 {
        return Some((second.end, Numeral::Period));
    }
    if first.len() > 2 || second.len() > 4 {
        return (a <= b).then_some((second.end, Numeral::Share(a, b)));
    }
    let month_and_day =
        |month: f64, day: f64| (1.0..=12.0).contains(&month) && (1.0..=31.0).contains(&day);
    let month_and_year = (1.0..=12.0).contains(&a) && second.is_year();
    if second.len() <= 2 && (month_and_day(a, b) || month_and_day(b, a)) || month_and_year {
        let of = bytes[second.end..]
            .strip_prefix(b" of")
            .or_else(|| bytes[second.end..].strip_prefix(b" times"))
            .is_some_and(|rest| !rest.first().is_some_and(u8::is_ascii_alphabetic));
        let share = of && a <= b;
        return Some((
            second.end,
            if share {
                Numeral::Share(a, b)
            } else {
                Numeral::Date
            },
        ));
    }
    (a <= b).then_some((second.end, Numeral::Share(a, b)))
}

/// Three groups and more between dots, unless they are thousands.
fn dotted(bytes: &[u8], first: &Group) -> Option<(usize, Numeral)> {
    let second = first.after(bytes, b'.')?;
    let third = second.after(bytes, b'.')?;
    let mut thousands = first.len() <= 3 && second.len() == 3 && third.len() == 3;
    let mut last = third;
    while let Some(next) = last.after(bytes, b'.') {
        thousands &= next.len() == 3;
        last = next;
    }
    if thousands {
        return None;
    }
    let is_date = last.start == third.start
        && (1.0..=31.0).contains(&first.value)
        && (1.0..=12.0).contains(&second.value)
        && matches!(third.len(), 2 | 4);
    Some((
        last.end,
        if is_date {
            Numeral::Date
        } else {
            Numeral::Identifier
        },
    ))
}

/// Thousands and decimals: `140,000`, `1.200.000`, `1 200`, `1'200`, `1,40,000`, `3,2`, `7.25`.
fn number(text: &str, first: &Group) -> (usize, Numeral) {
    let bytes = text.as_bytes();
    let mut value = first.value;
    let mut end = first.end;
    let mut plain = true;
    let grouped = if first.len() <= 3 && first.value > 0.0 {
        thousands(text, first)
    } else {
        None
    };
    if let Some((separator, grouped)) = grouped {
        (end, value) = grouped;
        // "1.200.000,50" and "1,200.50", but a second comma in "1,200,5" starts a new number.
        let point = if separator == '.' { b',' } else { b'.' };
        decimals(bytes, &mut end, &mut value, point);
        return (
            end,
            Numeral::Value {
                value,
                plain: false,
            },
        );
    }
    let before = end;
    if !decimals(bytes, &mut end, &mut value, b'.') && first.len() <= 3 {
        decimals(bytes, &mut end, &mut value, b',');
    }
    plain &= end == before;
    (end, Numeral::Value { value, plain })
}

/// The groups of three behind the first, all with one separator.
fn thousands(text: &str, first: &Group) -> Option<(char, (usize, f64))> {
    let bytes = text.as_bytes();
    let separator = text[first.end..].chars().next()?;
    if !matches!(
        separator,
        ',' | '.' | '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}'
    ) {
        return None;
    }
    let next = |end: usize| {
        let start = end + separator.len_utf8();
        let follows =
            text[end..].starts_with(separator) && bytes.get(start).is_some_and(u8::is_ascii_digit);
        follows.then(|| Group::read(bytes, start))
    };
    let (mut end, mut value) = (first.end, first.value);
    let mut groups = 0;
    let mut indian = false;
    while let Some(group) = next(end) {
        // Lakhs and crores go in pairs until the last three: 1,40,000.
        let pair = separator == ','
            && group.len() == 2
            && next(group.end).is_some_and(|last| matches!(last.len(), 2 | 3));
        if group.len() != 3 && !pair {
            break;
        }
        indian |= pair;
        value = value * if pair { 100.0 } else { 1000.0 } + group.value;
        end = group.end;
        groups += 1;
    }
    if groups == 0 || indian && groups < 2 {
        return None;
    }
    // One dot before three digits: thousands in "1.400 roofs", a decimal before a unit that has no thousands.
    if separator == '.' && groups == 1 {
        let rest = text[end..].trim_start();
        let decimal = rest.starts_with(['%', 'x', 'k', 'K', 'm', 'M']) || rest.starts_with("per");
        if decimal {
            return None;
        }
    }
    // Lists are no thousands: "1 200 300 4".
    let blank = separator.is_whitespace();
    if blank
        && (bytes
            .get(end)
            .is_some_and(|byte| matches!(byte, b'/' | b':'))
            || next(end).is_some())
    {
        return None;
    }
    Some((separator, (end, value)))
}

/// Adds the decimals behind `point`; whether there are any.
fn decimals(bytes: &[u8], end: &mut usize, value: &mut f64, point: u8) -> bool {
    let follows =
        bytes.get(*end) == Some(&point) && bytes.get(*end + 1).is_some_and(u8::is_ascii_digit);
    if !follows {
        return false;
    }
    let group = Group::read(bytes, *end + 1);
    // A list, as in "1,2,3".
    if point == b','
        && bytes.get(group.end) == Some(&b',')
        && bytes.get(group.end + 1).is_some_and(u8::is_ascii_digit)
    {
        return false;
    }
    let scale = 10f64.powi(i32::try_from(group.len()).unwrap_or(i32::MAX));
    if group.len() > 15 {
        return false;
    }
    // The digits as a whole, then one division: exact to the last bit, unlike adding the fraction.
    *value = (*value * scale + group.value) / scale;
    *end = group.end;
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Numeral, rest: &str) {
        let (end, numeral) = scan(text, 0);
        assert_eq!((numeral, &text[end..]), (expected, rest), "{text}");
    }

    fn value(value: f64) -> Numeral {
        Numeral::Value {
            value,
            plain: false,
        }
    }

    #[test]
    fn thousands_and_decimals_of_every_country() {
        check("140,000", value(140_000.0), "");
        check("1 200 sites", value(1_200.0), " sites");
        check("1'200", value(1_200.0), "");
        check("1\u{202f}200\u{202f}000 €", value(1_200_000.0), " €");
        check("1.200.000,50", value(1_200_000.5), "");
        check("1,40,000", value(140_000.0), "");
        check("1.400 roofs", value(1_400.0), " roofs");
        check("3,2 M€", value(3.2), " M€");
        check("99.95%", value(99.95), "%");
        check("99.995%", value(99.995), "%");
        check("0,125", value(0.125), "");
        check("9.10", value(9.1), "");
        check(
            "2026, 40",
            Numeral::Value {
                value: 2026.0,
                plain: true,
            },
            ", 40",
        );
        check(
            "5.",
            Numeral::Value {
                value: 5.0,
                plain: true,
            },
            ".",
        );
        check(
            "1,2,3",
            Numeral::Value {
                value: 1.0,
                plain: true,
            },
            ",2,3",
        );
    }

    #[test]
    fn not_every_run_of_digits_is_a_number() {
        check("2026-03-04 x", Numeral::Date, " x");
        check("3/11/26", Numeral::Date, "");
        check("12/02", Numeral::Date, "");
        check("12.02.2026", Numeral::Date, "");
        check("2025-26", Numeral::Period, "");
        check("25/26", Numeral::Period, "");
        check("24/7", Numeral::Identifier, "");
        check("11:30", Numeral::Time, "");
        check("1:1", Numeral::Ratio(1.0, 1.0), "");
        check("1.2.3", Numeral::Identifier, "");
        check("555-123-4567", Numeral::Identifier, "");
        check("9/10 of", Numeral::Share(9.0, 10.0), " of");
        check("35/40", Numeral::Share(35.0, 40.0), "");
        check(
            "20-25%",
            Numeral::Value {
                value: 20.0,
                plain: true,
            },
            "-25%",
        );
    }
}
