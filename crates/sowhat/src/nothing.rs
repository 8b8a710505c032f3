//! Why there is nothing to check, in one line. Walks again, without ripgrep's rules, and only then.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use ignore::gitignore::Gitignore;

use crate::report::path_text;
use crate::style;
use crate::walk::{Found, is_note, plain, walker};

/// Rules that are named; the rest is counted.
const NAMED_RULES: usize = 3;

/// Tells on standard error why `paths` hold nothing to check.
pub(crate) fn tell(paths: &[PathBuf], found: &Found) {
    style::note(&format!("nothing to check: {}", reason(paths, found)));
}

fn reason(paths: &[PathBuf], found: &Found) -> String {
    let place: Vec<String> = paths.iter().map(|path| path_text(path)).collect();
    let place = match place.join(", ") {
        place if place == "." => "the current folder".to_owned(),
        place => place,
    };
    let mut rules = BTreeMap::new();
    for left_out in &found.left_out {
        *rules.entry(left_out.rule.clone()).or_insert(0) += 1;
    }
    if rules.is_empty() {
        rules = left_out_by_the_walk(paths);
    }
    if rules.is_empty() {
        let others = match found.others {
            0 => "it is empty".to_owned(),
            1 => "one file of another type".to_owned(),
            others => format!("{others} files of other types"),
        };
        return format!("no *.md or *.markdown file in {place} ({others})");
    }
    let mut named: Vec<_> = rules.keys().take(NAMED_RULES).cloned().collect();
    if rules.len() > NAMED_RULES {
        named.push(format!("{} more", rules.len() - NAMED_RULES));
    }
    format!("all notes in {place} are left out, by {}", named.join(", "))
}

/// The rules by which ripgrep's walk leaves notes out, with how many each.
fn left_out_by_the_walk(paths: &[PathBuf]) -> BTreeMap<String, usize> {
    let folders: Vec<&PathBuf> = paths.iter().filter(|path| path.is_dir()).collect();
    let mut rules = BTreeMap::new();
    let Some(mut builder) = walker(&folders) else {
        return rules;
    };
    builder.standard_filters(false);
    builder.filter_entry(|entry| entry.file_name() != ".git");
    for entry in builder.build().flatten() {
        if entry.file_type().is_some_and(|kind| kind.is_file()) && is_note(entry.path()) {
            let rule = rule(entry.path(), entry.depth());
            *rules.entry(rule).or_default() += 1;
        }
    }
    rules
}

/// The rule for one file, which stands `depth` names below the folder that was walked.
fn rule(path: &Path, depth: usize) -> String {
    let below = path.iter().rev().take(depth);
    if let Some(name) = below
        .map(|name| name.to_string_lossy())
        .find(|name| name.starts_with('.'))
    {
        return format!("the rule that hidden files are skipped ({name})");
    }
    ignore_rule(path).unwrap_or_else(|| "git's ignore rules".to_owned())
}

fn ignore_rule(path: &Path) -> Option<String> {
    let path = fs::canonicalize(path).ok()?;
    let here = fs::canonicalize(".").unwrap_or_default();
    for folder in path.ancestors().skip(1) {
        for name in [".ignore", ".gitignore"] {
            let file = folder.join(name);
            if !file.is_file() {
                continue;
            }
            let (rules, _) = Gitignore::new(&file);
            if let ignore::Match::Ignore(glob) = rules.matched_path_or_any_parents(&path, false) {
                let file = path_text(plain(file.strip_prefix(&here).unwrap_or(&file)));
                return Some(format!("\"{}\" in {file}", glob.original()));
            }
        }
    }
    None
}
