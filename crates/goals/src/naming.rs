//! How a sentence points at a goal by its number (rule A3). Knows no goals.

/// "(2)", "#2", "goal 2", "goals 1 and 3": the goals that a sentence names by number.
pub(crate) fn goal_numbers(plain: &str) -> Vec<usize> {
    let lead = plain.trim_start();
    let digit = |rest: &str| -> Option<usize> {
        let mut chars = rest.chars();
        let number = chars.next()?.to_digit(10)? as usize;
        let ends = !chars
            .next()
            .is_some_and(|c| c.is_alphanumeric() || c == '%' || c == '.' || c == ',' || c == '/');
        ends.then_some(number)
    };
    for open in ["(", "#", "g", "no. ", "number "] {
        if let Some(number) = lead.strip_prefix(open).and_then(digit) {
            return vec![number];
        }
    }
    for word in [
        "goal ",
        "goals ",
        "goal #",
        "number ",
        "objective ",
        "target ",
    ] {
        let Some(at) = plain.find(word) else { continue };
        let rest = &plain[at + word.len()..];
        if let Some(first) = digit(rest) {
            let second = rest[1..].strip_prefix(" and ").and_then(digit);
            return std::iter::once(first).chain(second).collect();
        }
    }
    Vec::new()
}
