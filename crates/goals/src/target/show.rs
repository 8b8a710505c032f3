//! Numbers as a comparison shows them.

/// To nine places: what arithmetic in binary leaves over is no difference.
pub(super) fn round(value: f64) -> f64 {
    (value * 1e9).round() / 1e9
}

/// With one decimal, without where it is whole.
pub(super) fn short(value: f64) -> String {
    let value = round(value);
    if value == value.round() {
        format!("{value:.0}")
    } else {
        format!("{:.1}", (value * 10.0).round() / 10.0)
    }
}

/// As many decimals as it has, up to two.
pub(super) fn exact(value: f64) -> String {
    let text = format!("{:.2}", round(value));
    let text = text.trim_end_matches('0').trim_end_matches('.');
    text.to_owned()
}

pub(super) fn percent(value: f64) -> String {
    format!(
        "{}%",
        if round(value * 100.0) == round(value * 100.0).round() {
            exact(value)
        } else {
            short(value)
        }
    )
}

pub(super) fn signed_percent(value: f64) -> String {
    format!("{}{}%", if value > 0.0 { "+" } else { "" }, short(value))
}

pub(super) fn signed_points(value: f64) -> String {
    let plural = if round(value.abs()) == 1.0 { "" } else { "s" };
    format!(
        "{}{} point{plural}",
        if value > 0.0 { "+" } else { "" },
        exact(value)
    )
}

pub(super) fn times(ratio: f64) -> String {
    match round(ratio) {
        ratio if ratio <= 1.0 => "no more than last time".to_owned(),
        ratio => format!("{} times", short(ratio)),
    }
}

pub(super) fn factor(value: f64) -> String {
    match value {
        0.5 => "half".to_owned(),
        value => format!("{}x", exact(value)),
    }
}

/// A value with its unit: `$4.8M`, `5%`, `6.5 minutes`, `1,900`.
pub(crate) fn show(value: f64, unit: Option<&str>) -> String {
    match unit {
        None => grouped(value),
        Some("%") => format!("{}%", exact(value)),
        Some("x") => format!("{}x", exact(value)),
        Some(unit) if matches!(unit, "$" | "€" | "£" | "¥" | "₹") => {
            let minus = if value < 0.0 { "-" } else { "" };
            format!("{minus}{unit}{}", money(value.abs()))
        }
        Some(unit) if unit.chars().all(|next| next.is_ascii_uppercase()) => {
            format!("{unit} {}", money(value))
        }
        Some(unit) => {
            let one = round(value.abs()) == 1.0;
            let unit = if one {
                unit.strip_suffix('s').unwrap_or(unit)
            } else {
                unit
            };
            format!("{} {unit}", grouped(value))
        }
    }
}

pub(super) fn money(value: f64) -> String {
    let value = round(value);
    if value < 0.0 {
        return format!("-{}", money(-value));
    }
    if value >= 1e9 {
        format!("{}bn", exact(value / 1e9))
    } else if value >= 1e6 {
        format!("{}M", exact(value / 1e6))
    } else if value >= 1e4 && value % 100.0 == 0.0 {
        format!("{}k", exact(value / 1e3))
    } else if value != value.round() {
        format!("{value:.2}")
    } else {
        grouped(value)
    }
}

/// With commas between thousands.
pub(super) fn grouped(value: f64) -> String {
    if value.abs() >= 1e6 {
        return money(value);
    }
    let text = exact(value);
    let (minus, digits) = text
        .strip_prefix('-')
        .map_or(("", text.as_str()), |digits| ("-", digits));
    let (whole, decimals) = digits
        .split_once('.')
        .map_or((digits, None), |(whole, decimals)| (whole, Some(decimals)));
    let mut grouped = String::with_capacity(whole.len() + 4);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    decimals.map_or_else(
        || format!("{minus}{grouped}"),
        |decimals| format!("{minus}{grouped}.{decimals}"),
    )
}

#[cfg(test)]
mod tests {
    use super::show;

    #[test]
    fn amounts_are_shown_with_their_sign_however_large() {
        let shown = |value: f64| {
            [None, Some("$"), Some("EUR"), Some("seats")].map(|unit| show(value, unit))
        };
        assert_eq!(shown(-2e6), ["-2M", "-$2M", "EUR -2M", "-2M seats"]);
        assert_eq!(
            shown(1900.0),
            ["1,900", "$1,900", "EUR 1,900", "1,900 seats"]
        );
        for value in [
            f64::MIN,
            f64::MAX,
            f64::NEG_INFINITY,
            f64::INFINITY,
            f64::NAN,
            -1e6,
            -1e9,
            -0.0,
        ] {
            assert!(shown(value).iter().all(|text| !text.is_empty()));
        }
    }
}
