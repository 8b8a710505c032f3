//! The questions that sowhat puts into notes, by their templates (rule Q9). Looks only at their words: capitals, quotes
//! and dashes may differ.

use std::ops::Range;

use crate::Qualifier;
use crate::text::Text;

/// Stands for a field that fills so many words at most: a goal's words are the longest.
const LONGEST: usize = 40;

/// A template, ready to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Own {
    qualifier: Qualifier,
    /// The words between its fields, in lower case.
    parts: Vec<Vec<String>>,
    /// Whether a question mark ends it.
    marked: bool,
}

impl Own {
    /// Reads a template: `{…}` stands for any words. `None` where nothing else is in it.
    pub(crate) fn new(qualifier: Qualifier, template: &str) -> Option<Own> {
        let mut parts = Vec::new();
        let mut rest = template;
        while let Some((before, field)) = rest.split_once('{') {
            let Some((_, behind)) = field.split_once('}') else {
                break;
            };
            parts.push(folded(before));
            rest = behind;
        }
        parts.push(folded(rest));
        let marked = template.trim_end().ends_with('?');
        parts.iter().any(|part| !part.is_empty()).then_some(Own {
            qualifier,
            parts,
            marked,
        })
    }

    /// Where it stands, in bytes of the text.
    fn find(&self, plain: &str, words: &[Range<usize>]) -> Option<Range<usize>> {
        (0..words.len())
            .filter(|&at| opens(plain, words[at].start))
            .find_map(|at| self.ends(plain, words, at))
    }

    /// Its bytes, if it begins at a word.
    fn ends(&self, plain: &str, words: &[Range<usize>], begin: usize) -> Option<Range<usize>> {
        let is = |at: usize, part: &[String]| {
            let there = words.get(at..at + part.len());
            there.is_some_and(|there| {
                there
                    .iter()
                    .zip(part)
                    .all(|(word, expected)| is_folded(&plain[word.clone()], expected))
            })
        };
        let (first, others) = self.parts.split_first()?;
        if !is(begin, first) {
            return None;
        }
        let mut at = begin + first.len();
        for part in others.iter().filter(|part| !part.is_empty()) {
            // A field fills one word at least.
            at = (at + 1..=at + LONGEST).find(|&at| is(at, part))? + part.len();
        }
        let mut end = words[at.checked_sub(1)?].end;
        if self.parts.last()?.is_empty() {
            // Without a mark a colon is what a rep types before the answer.
            let mark = plain[end..].find(if self.marked { '?' } else { ':' });
            end = mark.map_or(plain.len(), |mark| end + mark);
        }
        let behind = plain[end..].trim_start_matches(|c: char| !c.is_alphanumeric() && c != '?');
        match (self.marked, behind.strip_prefix('?')) {
            (true, Some(behind)) => end = plain.len() - behind.len(),
            (true, None) => return None,
            (false, _) => {}
        }
        Some(words[begin].start..end)
    }
}

/// The tokens of each own question in a text, with what it asks for.
pub(crate) fn find(text: &Text, own: &[Own]) -> Vec<(Range<usize>, Qualifier)> {
    let words = words(&text.plain);
    own.iter()
        .filter_map(|own| {
            let bytes = own.find(&text.plain, &words)?;
            Some((text.tokens_in(bytes), own.qualifier))
        })
        .collect()
}

/// Whether a question may begin here: nothing stands before it in its clause.
fn opens(plain: &str, at: usize) -> bool {
    let before = plain[..at].trim_end().chars().next_back();
    before.is_none_or(|c| !c.is_alphanumeric() && c != ',')
}

/// Whether a word is this one, which is in lower case.
fn is_folded(word: &str, expected: &str) -> bool {
    (word.chars().flat_map(char::to_lowercase)).eq(expected.chars())
}

fn folded(text: &str) -> Vec<String> {
    let words = words(text).into_iter();
    words.map(|word| text[word].to_lowercase()).collect()
}

/// The bytes of each run of letters and digits.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        match words.last_mut() {
            Some(word) if word.end == at => word.end += c.len_utf8(),
            _ => words.push(at..at + c.len_utf8()),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(template: &str, line: &str, expected: Option<&str>) {
        let own: Vec<Own> = Own::new(Qualifier::Importance, template)
            .into_iter()
            .collect();
        let text = Text::read(line.to_owned());
        let found = find(&text, &own);
        let found = found
            .first()
            .map(|(tokens, _)| text.words(tokens.clone()).to_owned());
        assert_eq!(found.as_deref(), expected, "{template} in {line}");
    }

    #[test]
    fn a_template_is_found_by_its_words() {
        let whole = "Who signs it off?";
        check(whole, whole, Some(whole));
        check(
            whole,
            "“Grow ARR”: who signs it off? Karen",
            Some("who signs it off?"),
        );
        check(whole, "Karen is who signs it off", None);
        check(whole, "Who signs it off is open", None);
        check("Why?", "the reason why? no", None);
        check(
            "Name the owner",
            "name the owner: Karen",
            Some("name the owner"),
        );
    }

    #[test]
    fn a_field_stands_for_any_words() {
        let template = "Who loses sleep over {goal} by {deadline}?";
        let line = "Who loses sleep over “Grow ARR to $5M” by June? Karen does";
        let asked = "Who loses sleep over “Grow ARR to $5M” by June?";
        check(template, line, Some(asked));
        check(template, "Who loses sleep over by June?", None);
        check(
            "{goal}: who signs?",
            "ARR to 5M: who signs? Karen",
            Some("ARR to 5M: who signs?"),
        );
        check(
            "Sponsor of {goal}",
            "Sponsor of ARR 5M: Karen",
            Some("Sponsor of ARR 5M"),
        );
        check("{goal}?", "ARR to 5M?", None);
        check("Open {brace?", "Open brace?", Some("Open brace?"));
    }
}
