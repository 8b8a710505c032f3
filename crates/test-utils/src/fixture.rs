//! Fixtures: one text that holds one or several files, a cursor and annotations.
//!
//! ```text
//! //- acme.md
//! ## Goals
//! - Grow revenue 20%$0
//!   ^^^^^^^^^^^^^^^^ realism-missing
//! //- notes/other.md
//! Nothing here.
//! ```
//!
//! Text before the first `//-` line is a file named `note.md`. The cursor takes no column, so carets count as if
//! it were not there.

use crate::annotation::{Annotation, Fault, extract, strip};

/// Where the cursor stands in a fixture.
pub const CURSOR: &str = "$0";

/// A file of a fixture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its path, with `/`.
    pub name: String,
    /// Its text, without cursor and annotations.
    pub text: String,
    /// The cursor as a byte in `text`.
    pub cursor: Option<usize>,
    /// What is expected, in the order of the spans.
    pub annotations: Vec<Annotation>,
}

/// The files of a fixture, at least one.
///
/// # Errors
/// An annotation that points at nothing, or a second cursor in one file.
pub fn parse(fixture: &str) -> Result<Vec<File>, Fault> {
    let mut files: Vec<(String, usize, String)> = Vec::new();
    for (index, line) in fixture.split_inclusive('\n').enumerate() {
        if let Some(name) = line.strip_prefix("//- ") {
            files.push((name.trim().to_owned(), index + 1, String::new()));
            continue;
        }
        if files.is_empty() {
            files.push(("note.md".to_owned(), 0, String::new()));
        }
        if let Some((_, _, text)) = files.last_mut() {
            text.push_str(line);
        }
    }
    if files.is_empty() {
        files.push(("note.md".to_owned(), 0, String::new()));
    }
    files
        .into_iter()
        .map(|(name, before, text)| file(name, before, &text))
        .collect()
}

/// The only file of a fixture.
///
/// # Panics
/// Where the fixture is faulty or holds several files: a mistake in the test itself.
pub fn single(fixture: &str) -> File {
    match parse(fixture) {
        Ok(mut files) if files.len() == 1 => files.remove(0),
        Ok(_) => panic!("the fixture holds several files"),
        Err(fault) => panic!("the fixture is faulty: {fault}"),
    }
}

/// Text and cursor of a fixture that has one.
///
/// # Panics
/// Where there is no cursor, or as [`single`].
pub fn with_cursor(fixture: &str) -> (String, usize) {
    let file = single(fixture);
    match file.cursor {
        Some(cursor) => (file.text, cursor),
        None => panic!("the fixture has no {CURSOR}"),
    }
}

fn file(name: String, before: usize, text: &str) -> Result<File, Fault> {
    let shifted = |fault: Fault| Fault {
        line: fault.line + before,
        ..fault
    };
    // The cursor takes no column: it goes before the annotations are read, and comes back as a byte of the
    // clean text, which differs from the annotated one by whole lines.
    let without = text.replacen(CURSOR, "", 1);
    if without.contains(CURSOR) {
        let line = before + 1;
        let why = format!("{name} holds more than one {CURSOR}");
        return Err(Fault { line, why });
    }
    let annotated = extract(&without).map_err(shifted)?;
    let cursor = text.find(CURSOR).map(|at| strip(&text[..at]).len());
    Ok(File {
        name,
        text: annotated.text,
        cursor,
        annotations: annotated.annotations,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_cursor_and_annotations() {
        let files =
            parse("//- a.md\none $0two\n^^^ x: y\n//- b/c.md\n- th$0ree\n  ^^^^^ z\n").unwrap();
        assert_eq!(files.len(), 2);
        assert_eq!(files[0].name, "a.md");
        assert_eq!(files[0].text, "one two\n");
        assert_eq!(files[0].cursor, Some(4));
        assert_eq!(files[0].annotations, [Annotation::new(0..3, "x: y")]);
        assert_eq!(files[1].name, "b/c.md");
        assert_eq!(files[1].cursor, Some(4));
        assert_eq!(files[1].annotations, [Annotation::new(2..7, "z")]);
    }

    #[test]
    fn a_cursor_below_an_annotation_counts_clean_bytes() {
        assert_eq!(
            with_cursor("one\n^^^ x: y\nt$0wo\n"),
            ("one\ntwo\n".to_owned(), 5)
        );
    }

    #[test]
    fn faults_name_the_line_of_the_whole_fixture() {
        assert_eq!(
            parse("//- a.md\none\n//- b.md\ntwo\n    ^ x: y\n")
                .unwrap_err()
                .line,
            5
        );
        assert_eq!(
            parse("a$0b$0\n").unwrap_err().why,
            "note.md holds more than one $0"
        );
    }

    #[test]
    fn an_empty_fixture_is_an_empty_note() {
        assert_eq!(single("").text, "");
    }
}
