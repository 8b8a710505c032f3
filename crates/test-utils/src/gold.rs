//! Labelled notes: `NAME.md` with `NAME.gold.json` beside it. Reads them and checks that the labels fit
//! the text; judges nothing.
//!
//! ```json
//! {"goals": [{"line": 7, "text": "verbatim span that starts on that line",
//!             "importance":       ["answered", "verbatim evidence"],
//!             "cost_of_inaction": ["missing", ""],
//!             "realism":          ["asked", "verbatim question"]}],
//!  "traps": [{"line": 12, "text": "verbatim", "why": "rep's own task"}]}
//! ```

use std::{fs, io, ops::Range, path::Path};

use serde::Deserialize;

use crate::State;

/// A note and what its labels say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelledNote {
    /// File name without `.md`. Its first letter tells the kind of note.
    pub name: String,
    /// The note, byte for byte.
    pub text: String,
    /// Its goals, by their start.
    pub goals: Vec<LabelledGoal>,
}

/// A goal as labelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelledGoal {
    /// Bytes in the note.
    pub range: Range<usize>,
    /// State and verbatim evidence (empty when missing), in the order of [`crate::QUALIFIERS`].
    pub qualifiers: [(State, String); 3],
}

impl LabelledGoal {
    /// The three states.
    pub fn states(&self) -> [State; 3] {
        self.qualifiers.each_ref().map(|(state, _)| *state)
    }
}

/// Reads every labelled note of a folder, in the order of their names.
///
/// # Errors
/// The first unreadable file, or the first label that does not fit its note, as file and reason.
pub fn load(folder: &Path) -> Result<Vec<LabelledNote>, String> {
    let fault = |path: &Path, error: io::Error| format!("{}: {error}", path.display());
    let mut notes = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| fault(folder, error))? {
        let path = entry.map_err(|error| fault(folder, error))?.path();
        let Some(name) = path
            .file_name()
            .and_then(|name| name.to_str())
            .and_then(|name| name.strip_suffix(".gold.json"))
        else {
            continue;
        };
        let labels = fs::read_to_string(&path).map_err(|error| fault(&path, error))?;
        let note = path.with_file_name(format!("{name}.md"));
        let text = fs::read_to_string(&note).map_err(|error| fault(&note, error))?;
        notes.push(read(name, text, &labels).map_err(|why| format!("{}: {why}", path.display()))?);
    }
    notes.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(notes)
}

/// A note from its text and the text of its labels.
///
/// # Errors
/// Why the labels cannot be read or do not fit the text.
pub fn read(name: &str, text: String, labels: &str) -> Result<LabelledNote, String> {
    let file: GoldFile = serde_json::from_str(labels).map_err(|error| error.to_string())?;
    let mut goals = Vec::new();
    for row in file.goals {
        let range = locate(&text, row.line, &row.text)?;
        let [importance, cost, realism] = [row.importance, row.cost_of_inaction, row.realism]
            .map(|(state, evidence)| qualifier(&text, &state, evidence));
        goals.push(LabelledGoal {
            range,
            qualifiers: [importance?, cost?, realism?],
        });
    }
    goals.sort_by_key(|goal| (goal.range.start, goal.range.end));
    if let Some(pair) = goals
        .windows(2)
        .find(|pair| pair[1].range.start < pair[0].range.end)
    {
        let [one, two] = [&pair[0], &pair[1]].map(|goal| &text[goal.range.clone()]);
        return Err(format!("goals overlap: {one:?} and {two:?}"));
    }
    Ok(LabelledNote {
        name: name.to_owned(),
        text,
        goals,
    })
}

fn qualifier(text: &str, state: &str, evidence: String) -> Result<(State, String), String> {
    let known = State::from_id(state).ok_or_else(|| format!("unknown state {state:?}"))?;
    if (known == State::Missing) != evidence.is_empty() {
        return Err(format!("{state} with evidence {evidence:?}"));
    }
    if !text.contains(&evidence) {
        return Err(format!("evidence not in the note: {evidence:?}"));
    }
    Ok((known, evidence))
}

/// Bytes of `wanted`, which starts on that line (from 1) and may run over its end.
fn locate(text: &str, line: usize, wanted: &str) -> Result<Range<usize>, String> {
    let start_of = |line: usize| match line {
        1 => Some(0),
        _ => text.match_indices('\n').nth(line - 2).map(|(at, _)| at + 1),
    };
    let missing = || format!("line {line} does not hold {wanted:?}");
    let start = (line > 0)
        .then(|| start_of(line))
        .flatten()
        .ok_or_else(|| format!("there is no line {line}"))?;
    let end = start_of(line + 1).unwrap_or(text.len());
    let at = text[start..].find(wanted).ok_or_else(missing)? + start;
    if wanted.is_empty() || at >= end {
        return Err(missing());
    }
    Ok(at..at + wanted.len())
}

#[derive(Deserialize)]
struct GoldFile {
    goals: Vec<GoldGoal>,
}

#[derive(Deserialize)]
struct GoldGoal {
    line: usize,
    text: String,
    importance: (String, String),
    cost_of_inaction: (String, String),
    realism: (String, String),
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &str = r#"{"goals": [{"line": 2, "text": "grow 20%", "importance": ["answered", "IPO"],
        "cost_of_inaction": ["missing", ""], "realism": ["missing", ""]}]}"#;

    #[test]
    fn a_label_is_found_on_its_line() {
        let note = read("a", "grow 20% was\n- grow 20% for the IPO\n".into(), ROW).unwrap();
        assert_eq!(note.goals[0].range, 15..23);
        assert_eq!(
            note.goals[0].states(),
            [State::Answered, State::Missing, State::Missing]
        );
    }

    #[test]
    fn labels_that_do_not_fit_are_refused() {
        assert_eq!(
            read("a", "grow 20%\nIPO\n".into(), ROW).unwrap_err(),
            "line 2 does not hold \"grow 20%\""
        );
        assert_eq!(
            read("a", "x\ngrow 20%\n".into(), ROW).unwrap_err(),
            "evidence not in the note: \"IPO\""
        );
        assert_eq!(
            read("a", "IPO".into(), ROW).unwrap_err(),
            "there is no line 2"
        );
    }
}
