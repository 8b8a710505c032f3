//! What a person meant who misspelt a name.

/// The name that is most like what was written, where one is like it at all.
pub(crate) fn nearest<'a>(
    written: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let written = written.to_lowercase().replace(['_', ' '], "-");
    names
        .into_iter()
        .map(|name| (likeness(&written, &name.replace('_', "-")), name))
        .filter(|(likeness, _)| *likeness > 0.6)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, name)| name)
}

/// `; did you mean "name"?`, or nothing.
pub(crate) fn did_you_mean<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    match nearest(written, names) {
        Some(name) => format!("; did you mean `{name}`?"),
        None => String::new(),
    }
}

fn likeness(a: &str, b: &str) -> f64 {
    if a == b {
        1.0
    } else {
        strsim::normalized_damerau_levenshtein(a, b)
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_finger_is_understood_and_a_stranger_is_not() {
        let names = ["importance", "cost-of-inaction", "realism", "run"];
        assert_eq!(nearest("importence", names), Some("importance"));
        assert_eq!(nearest("Cost_of_inaction", names), Some("cost-of-inaction"));
        assert_eq!(nearest("relaism", names), Some("realism"));
        assert_eq!(nearest("colour", names), None);
    }
}
