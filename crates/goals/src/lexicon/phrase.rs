//! The lexicon's files, read into sequences of elements. A broken line is a fault of ours: a test reads them all.

use super::{Class, Element};

/// The files, in the order of reading: a class may use those above it.
pub(super) const FILES: &[(&str, &str)] = &[
    ("zones.txt", include_str!("zones.txt")),
    ("basics.txt", include_str!("basics.txt")),
    ("metrics.txt", include_str!("metrics.txt")),
    ("outcomes.txt", include_str!("outcomes.txt")),
    ("vetoes.txt", include_str!("vetoes.txt")),
    ("evidence.txt", include_str!("evidence.txt")),
    ("questions.txt", include_str!("questions.txt")),
];

/// Every phrase of every class.
pub(super) fn all(intern: &mut dyn FnMut(&str) -> u32) -> Vec<(Class, Vec<Element>)> {
    for mark in [
        ",", ";", ":", ".", "!", "?", "…", "(", ")", "\"", "–", "->", "-", "'", "|", "+", "=", "<",
        ">", "%", "$", "€", "£", "/", "~", "#", "@", "[", "]", "*",
    ] {
        intern(mark);
    }
    let mut out = Vec::new();
    for (file, text) in FILES {
        let mut class = None;
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with("# ") || line == "#" {
                continue;
            }
            if let Some(name) = line.strip_prefix('@') {
                class = Class::named(name.trim());
                debug_assert!(
                    class.is_some(),
                    "{file}:{}: no class is called {name:?}",
                    number + 1
                );
                continue;
            }
            let Some(class) = class else { continue };
            for words in expand(&inflect(line)) {
                out.push((class, elements(&words, intern, file, number)));
            }
        }
    }
    out
}

/// Multiplies out the groups: `a (b|c)` is `a b` and `a c`.
fn expand(line: &str) -> Vec<String> {
    let Some(open) = line.find('(') else {
        return vec![line.to_string()];
    };
    let mut depth = 0;
    let mut cuts = vec![open];
    for (at, c) in line[open..].char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            '|' if depth == 1 => cuts.push(open + at),
            _ => {}
        }
        if depth == 0 {
            cuts.push(open + at);
            break;
        }
    }
    let end = cuts[cuts.len() - 1];
    let mut out = Vec::new();
    for pair in cuts.windows(2) {
        let line = format!(
            "{}{}{}",
            &line[..open],
            &line[pair[0] + 1..pair[1]],
            &line[(end + 1).min(line.len())..]
        );
        out.extend(expand(&line));
    }
    out
}

fn elements(
    words: &str,
    intern: &mut dyn FnMut(&str) -> u32,
    file: &str,
    number: usize,
) -> Vec<Element> {
    // A `~verb` has several forms, so the caller multiplied it out before: see `forms`.
    let words = words.replace('/', " / ");
    words
        .split_whitespace()
        .map(|word| match word {
            "^" => Element::Start,
            "$" => Element::End,
            "<word>" => Element::AnyWord,
            word if word.starts_with("..")
                && word.len() > 2
                && word.as_bytes()[2].is_ascii_digit() =>
            {
                Element::Gap(word[2..].parse().unwrap_or(1))
            }
            word if word.starts_with('<') && word.len() > 2 => {
                let class = Class::named(word.trim_matches(['<', '>']));
                debug_assert!(
                    class.is_some(),
                    "{file}:{}: no class is called {word}",
                    number + 1
                );
                class.map_or(Element::AnyWord, Element::Class)
            }
            word => Element::Word(intern(&word.to_lowercase())),
        })
        .collect()
}

/// A regular English verb's forms.
fn forms(verb: &str) -> String {
    let stem = verb.strip_suffix('e').unwrap_or(verb);
    let y = verb
        .strip_suffix('y')
        .filter(|rest| !rest.ends_with(['a', 'e', 'o', 'u']));
    let doubled = matches!(
        verb,
        "cut"
            | "hit"
            | "get"
            | "trim"
            | "win"
            | "run"
            | "slip"
            | "drop"
            | "stop"
            | "begin"
            | "step"
            | "plan"
            | "shut"
            | "put"
            | "set"
            | "let"
            | "ship"
            | "top"
            | "rip"
            | "rid"
    );
    let double = if doubled { &verb[verb.len() - 1..] } else { "" };
    let third = match y {
        Some(rest) => format!("{rest}ies"),
        None if verb.ends_with(['s', 'x', 'z']) || verb.ends_with("ch") || verb.ends_with("sh") => {
            format!("{verb}es")
        }
        None => format!("{verb}s"),
    };
    let past = y.map_or(format!("{stem}{double}ed"), |rest| format!("{rest}ied"));
    format!("({verb}|{third}|{past}|{stem}{double}ing)")
}

/// Writes out the `~verb`s of a line as groups.
fn inflect(line: &str) -> String {
    line.split(' ')
        .map(|word| {
            let Some(tilde) = word.find('~').filter(|_| word.len() > 1) else {
                return word.to_string();
            };
            let (before, verb) = (&word[..tilde], &word[tilde + 1..]);
            let end = verb
                .find(|c: char| !c.is_alphabetic())
                .unwrap_or(verb.len());
            if end == 0 {
                word.to_string()
            } else {
                format!("{before}{}{}", forms(&verb[..end]), inflect(&verb[end..]))
            }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_multiply() {
        assert_eq!(expand("a (b|c d|) e"), ["a b e", "a c d e", "a  e"]);
    }

    #[test]
    fn verbs_inflect() {
        assert_eq!(
            inflect("~cut (~grow|~carry)"),
            "(cut|cuts|cutted|cutting) ((grow|grows|growed|growing)|(carry|carries|carried|carrying))"
        );
    }

    #[test]
    fn every_line_reads_and_every_class_has_phrases() {
        let mut words = 1;
        let phrases = all(&mut |_| {
            words += 1;
            words
        });
        for class in Class::ALL {
            let given = matches!(class, Class::Quantity | Class::Date);
            assert!(
                given || phrases.iter().any(|(of, _)| of == class),
                "no phrase for {class:?}"
            );
        }
        assert!(phrases.iter().all(|(_, elements)| !elements.is_empty()));
    }
}
