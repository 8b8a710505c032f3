//! The lexicon's files, read into phrases. A broken line is a fault of ours: a test reads them all.

use super::{Class, Element};

/// The files, in the order of reading: a class may use those above it.
const FILES: &[(&str, &str)] = &[
    ("zones.txt", include_str!("zones.txt")),
    ("basics.txt", include_str!("basics.txt")),
    ("metrics.txt", include_str!("metrics.txt")),
    ("outcomes.txt", include_str!("outcomes.txt")),
    ("vetoes.txt", include_str!("vetoes.txt")),
    ("evidence.txt", include_str!("evidence.txt")),
    ("questions.txt", include_str!("questions.txt")),
];

/// A part of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// One place.
    One(Element),
    /// A group: any of these sequences.
    Any(Vec<Vec<Part>>),
}

/// Reads every phrase of every class, in the files' order.
pub(super) fn read(intern: &mut dyn FnMut(&str) -> u32, take: &mut dyn FnMut(Class, &[Part])) {
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
            let mut reader = Reader {
                rest: line,
                place: (file, number + 1),
                intern,
            };
            take(class, &reader.sequence(0));
        }
    }
}

/// Reads one line.
struct Reader<'a> {
    rest: &'a str,
    place: (&'static str, usize),
    intern: &'a mut dyn FnMut(&str) -> u32,
}

impl Reader<'_> {
    /// Everything up to the end of the line or, inside `depth` groups, of the alternative.
    fn sequence(&mut self, depth: usize) -> Vec<Part> {
        let mut out = Vec::new();
        loop {
            self.rest = self.rest.trim_start();
            let Some(first) = self.rest.chars().next() else {
                return out;
            };
            match first {
                '|' | ')' if depth > 0 => return out,
                '(' => out.push(self.group(depth + 1)),
                '/' => {
                    self.rest = &self.rest[1..];
                    out.push(Part::One(Element::Word((self.intern)("/"))));
                }
                _ => {
                    let ends = |c: char| {
                        c.is_whitespace()
                            || matches!(c, '(' | '/')
                            || depth > 0 && matches!(c, '|' | ')')
                    };
                    let word = &self.rest[..self.rest.find(ends).unwrap_or(self.rest.len())];
                    self.rest = &self.rest[word.len()..];
                    out.push(self.part(word));
                }
            }
        }
    }

    /// `(a|b c|)`, from its opening on.
    fn group(&mut self, depth: usize) -> Part {
        let mut any = Vec::new();
        while self.rest.starts_with(['(', '|']) {
            self.rest = &self.rest[1..];
            any.push(self.sequence(depth));
        }
        debug_assert!(
            self.rest.starts_with(')'),
            "{}:{}: a group is not closed",
            self.place.0,
            self.place.1
        );
        self.rest = self.rest.get(1..).unwrap_or("");
        Part::Any(any)
    }

    fn part(&mut self, word: &str) -> Part {
        if let Some(verb) = word.strip_prefix('~').filter(|verb| !verb.is_empty()) {
            let forms =
                forms(verb).map(|form| vec![Part::One(Element::Word((self.intern)(&form)))]);
            return Part::Any(forms.to_vec());
        }
        Part::One(match word {
            "^" => Element::Start,
            "$" => Element::End,
            "<word>" => Element::AnyWord,
            gap if gap.starts_with("..") && gap[2..].starts_with(|c: char| c.is_ascii_digit()) => {
                Element::Gap(gap[2..].parse().unwrap_or(1))
            }
            name if name.starts_with('<') && name.len() > 2 => {
                let class = Class::named(name.trim_matches(['<', '>']));
                debug_assert!(
                    class.is_some(),
                    "{}:{}: no class is called {name}",
                    self.place.0,
                    self.place.1
                );
                class.map_or(Element::AnyWord, Element::Class)
            }
            word => Element::Word((self.intern)(&word.to_lowercase())),
        })
    }
}

/// A regular English verb's forms.
fn forms(verb: &str) -> [String; 4] {
    const DOUBLED: &[&str] = &[
        "cut", "hit", "get", "trim", "win", "run", "slip", "drop", "stop", "begin", "step", "plan",
        "shut", "put", "set", "let", "ship", "top", "rip", "rid",
    ];
    let verb = verb.to_lowercase();
    let stem = verb.strip_suffix('e').unwrap_or(&verb);
    let y = verb
        .strip_suffix('y')
        .filter(|rest| !rest.ends_with(['a', 'e', 'o', 'u']));
    let double = match DOUBLED.contains(&verb.as_str()) {
        true => &verb[verb.len() - 1..],
        false => "",
    };
    let third = match y {
        Some(rest) => format!("{rest}ies"),
        None if verb.ends_with(['s', 'x', 'z']) || verb.ends_with("ch") || verb.ends_with("sh") => {
            format!("{verb}es")
        }
        None => format!("{verb}s"),
    };
    let past = y.map_or(format!("{stem}{double}ed"), |rest| format!("{rest}ied"));
    let ing = format!("{stem}{double}ing");
    [verb, third, past, ing]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All that a line stands for, words joined by blanks.
    fn phrases(line: &str) -> Vec<String> {
        fn paths(words: &[String], parts: &[Part]) -> Vec<String> {
            let Some((last, before)) = parts.split_last() else {
                return vec![String::new()];
            };
            let ends = match last {
                Part::One(Element::Word(word)) => vec![words[*word as usize].clone()],
                Part::One(other) => vec![format!("{other:?}")],
                Part::Any(any) => any.iter().flat_map(|parts| paths(words, parts)).collect(),
            };
            let starts = paths(words, before);
            starts
                .iter()
                .flat_map(|start| ends.iter().map(move |end| format!("{start} {end}")))
                .map(|phrase| phrase.trim().to_string())
                .collect()
        }
        let mut words: Vec<String> = Vec::new();
        let parts = Reader {
            rest: line,
            place: ("test", 1),
            intern: &mut |word| {
                words.push(word.to_string());
                words.len() as u32 - 1
            },
        }
        .sequence(0);
        paths(&words, &parts)
    }

    #[test]
    fn groups_multiply() {
        assert_eq!(phrases("a (b|c d|) e"), ["a b e", "a c d e", "a e"]);
        assert_eq!(
            phrases("(it |)in (a (b|c)|)"),
            ["it in a b", "it in a c", "it in", "in a b", "in a c", "in"]
        );
    }

    #[test]
    fn verbs_inflect() {
        assert_eq!(phrases("~cut"), ["cut", "cuts", "cutted", "cutting"]);
        assert_eq!(
            phrases("(~grow|~carry)"),
            [
                "grow", "grows", "growed", "growing", "carry", "carries", "carried", "carrying"
            ]
        );
    }

    #[test]
    fn places_that_are_no_words() {
        assert_eq!(
            phrases("^ n/a ..3 <qty> $"),
            ["Start n / a Gap(3) Class(Quantity) End"]
        );
    }

    #[test]
    fn every_line_reads_and_every_class_has_phrases() {
        let mut words = 0;
        let mut classes = Vec::new();
        read(
            &mut |_| {
                words += 1;
                words
            },
            &mut |class, parts| {
                assert!(!parts.is_empty());
                classes.push(class);
            },
        );
        for &class in Class::ALL {
            let given = matches!(class, Class::Quantity | Class::Date);
            assert!(given || classes.contains(&class), "no phrase for {class:?}");
        }
    }
}
