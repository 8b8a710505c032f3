//! Specifications: markdown files whose fenced blocks marked `md` are notes with annotations. Reads and rewrites
//! them; judges nothing.
//!
//! A block belongs to the headings above it. Behind `md` may stand settings, `today=2026-03-04` or
//! `goal-headings=ambitions,wishes`. A block without annotations expects nothing to be found.

use std::{fs, path::Path};

use crate::annotation::{Annotated, Annotation, Fault, extract, render};

/// One note of a specification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The file's name, without its folder.
    pub file: String,
    /// Line of the note's first line in the file, from 1.
    pub line: usize,
    /// The headings above it, outermost first.
    pub headings: Vec<String>,
    /// `name=value` behind `md`, in order.
    pub settings: Vec<(String, String)>,
    /// The note with its annotations taken out.
    pub note: Annotated,
}

impl Case {
    /// Where it stands: `file.md:12 Heading > Sub-heading`.
    pub fn place(&self) -> String {
        format!("{}:{} {}", self.file, self.line, self.headings.join(" > "))
    }
}

/// Reads the specifications of a folder, by file name.
///
/// # Errors
/// What cannot be read, with file and line.
pub fn load(folder: &Path) -> Result<Vec<Case>, String> {
    let fault = |error| format!("{}: {error}", folder.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(fault)? {
        let path = entry.map_err(fault)?.path();
        if path.extension().is_some_and(|extension| extension == "md") {
            paths.push(path);
        }
    }
    paths.sort();
    let mut cases = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let text = fs::read_to_string(&path).map_err(|error| format!("{name}: {error}"))?;
        cases.extend(parse(&name, &text).map_err(|fault| format!("{name}: {fault}"))?);
    }
    Ok(cases)
}

/// The notes of one specification.
///
/// # Errors
/// The first annotation that cannot be read, by its line in the file.
pub fn parse(file: &str, text: &str) -> Result<Vec<Case>, Fault> {
    let mut cases = Vec::new();
    for block in blocks(text) {
        let note = extract(block.body).map_err(|fault| Fault {
            line: fault.line + block.line - 1,
            ..fault
        })?;
        cases.push(Case {
            file: file.to_owned(),
            line: block.line,
            headings: block.headings,
            settings: block.settings,
            note,
        });
    }
    Ok(cases)
}

/// The specification with other annotations: `annotate` says for each of its notes which.
///
/// # Errors
/// As [`parse`].
pub fn rewrite(
    file: &str,
    text: &str,
    mut annotate: impl FnMut(&Case) -> Vec<Annotation>,
) -> Result<String, Fault> {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (case, block) in parse(file, text)?.iter().zip(blocks(text)) {
        out.push_str(&text[done..block.start]);
        out.push_str(&render(&case.note.text, &annotate(case)));
        done = block.start + block.body.len();
    }
    out.push_str(&text[done..]);
    Ok(out)
}

struct Block<'a> {
    start: usize,
    line: usize,
    body: &'a str,
    headings: Vec<String>,
    settings: Vec<(String, String)>,
}

/// A fence that is open: its backticks, the words behind them, where its body starts, the body's first line.
struct Fence<'a> {
    ticks: &'a str,
    info: &'a str,
    body: usize,
    line: usize,
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut headings: Vec<(usize, &str)> = Vec::new();
    let mut open: Option<Fence<'_>> = None;
    let mut start = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let next = start + line.len();
        let line = line.trim_end();
        let words = line.trim_start_matches('`');
        let ticks = &line[..line.len() - words.len()];
        match open.take() {
            Some(fence) if words.is_empty() && ticks.len() >= fence.ticks.len() => {
                blocks.extend(fence.close(&text[fence.body..start], &headings));
            }
            Some(fence) => open = Some(fence),
            None if ticks.len() >= 3 => {
                open = Some(Fence {
                    ticks,
                    info: words,
                    body: next,
                    line: index + 2,
                });
            }
            None if line.starts_with('#') => {
                let words = line.trim_start_matches('#');
                let level = line.len() - words.len();
                headings.retain(|(above, _)| *above < level);
                headings.push((level, words.trim()));
            }
            None => {}
        }
        start = next;
    }
    blocks
}

impl<'a> Fence<'a> {
    fn close(&self, body: &'a str, headings: &[(usize, &str)]) -> Option<Block<'a>> {
        let mut words = self.info.split_whitespace();
        let is_note = words.next() == Some("md");
        is_note.then(|| Block {
            start: self.body,
            line: self.line,
            body,
            headings: headings
                .iter()
                .map(|(_, words)| (*words).to_owned())
                .collect(),
            settings: words
                .filter_map(|word| word.split_once('='))
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEC: &str = "# Goals\nWhy.\n## G1\n```md today=2026-03-04\n# Note\ngrow\n^^^^ goal\n```\n## G2\n\
                        ```text\nnot a note\n```\n````md\n```\ncode\n```\n````\n";

    #[test]
    fn blocks_marked_md_are_notes_under_their_headings() {
        let cases = parse("g.md", SPEC).unwrap();
        assert_eq!(cases.len(), 2);
        assert_eq!(cases[0].place(), "g.md:5 Goals > G1");
        assert_eq!(
            cases[0].settings,
            [("today".to_owned(), "2026-03-04".to_owned())]
        );
        assert_eq!(cases[0].note.text, "# Note\ngrow\n");
        assert_eq!(cases[0].note.annotations, [Annotation::new(7..11, "goal")]);
        assert_eq!(cases[1].place(), "g.md:14 Goals > G2");
        assert_eq!(cases[1].note.text, "```\ncode\n```\n");
    }

    #[test]
    fn rewriting_with_the_same_annotations_changes_nothing() {
        let same = rewrite("g.md", SPEC, |case| case.note.annotations.clone());
        assert_eq!(same.unwrap(), SPEC);
    }

    #[test]
    fn a_fault_names_its_line_in_the_file() {
        let fault = parse("g.md", "# A\n\n```md\nab\n     ^ goal\n```\n").unwrap_err();
        assert_eq!(fault.line, 5);
    }
}
