//! The form of a turn in a transcript (rule P7): who speaks, when, and where the words begin. Whose side it is, is
//! decided elsewhere.

use crate::piece::{Speaker, label_end};

/// Reads `Name: text`, `Name (CFO): text`, `[NAME] text`, `[00:12] Name: text`, `Name  0:12`, `M.R.  text`.
/// Returns the speaker and where the text begins.
pub(crate) fn speaker(line: &str) -> Option<(Speaker, usize)> {
    let (mut at, mut timed) = skip_time(line, 0);
    let rest = &line[at..];
    if let Some(inner) = rest.strip_prefix('[')
        && let Some(close) = inner.find(']')
    {
        let (mut name, role) = name_and_role(&inner[..close]);
        if let Some((before, after)) = inner[..close]
            .split_once('|')
            .or_else(|| inner[..close].split_once(','))
            && after.contains(':')
        {
            timed = true;
            name = name_and_role(before).0;
        }
        let (end, after_timed) = skip_time(line, at + close + 2);
        let end = end + line[end..].starts_with(':') as usize;
        return is_name(&name).then(|| {
            (
                Speaker {
                    name,
                    role,
                    timed: timed || after_timed,
                    alone: line[end..].trim().is_empty(),
                },
                end,
            )
        });
    }
    if let Some((end, content)) =
        label_end(rest).filter(|&(end, content)| rest[end..content].starts_with(':'))
    {
        let mut label = &rest[..end];
        let cut = label.find(['[', '|', '<']).unwrap_or(label.len());
        let has_time = label[cut..].contains(|c: char| c.is_ascii_digit());
        label = label[..cut].trim();
        let (name, role) = name_and_role(label);
        if is_name(&name) {
            let (content, after_timed) = skip_time(line, at + content);
            return Some((
                Speaker {
                    name,
                    role,
                    timed: timed || has_time || after_timed,
                    alone: line[content..].trim().is_empty(),
                },
                content,
            ));
        }
        return None;
    }
    // `M.R.  text`
    let initials = rest.len()
        - rest
            .trim_start_matches(|c: char| c.is_uppercase() || c == '.')
            .len();
    if initials >= 4
        && rest[..initials].ends_with('.')
        && rest[..initials].matches('.').count() >= 2
        && rest[initials..].starts_with(' ')
    {
        return Some((
            Speaker {
                name: rest[..initials].to_lowercase(),
                role: String::new(),
                timed,
                alone: false,
            },
            at + initials,
        ));
    }
    // `Name  0:12`, `Name (CFO) [00:12]`, the text on the next line.
    let tail = rest.trim_end().trim_end_matches([']', ')', '*']);
    let cut = tail.rfind([' ', '[', '(', '|', ','])?;
    let time = tail[cut + 1..].trim();
    if is_time(time) {
        let (name, role) = name_and_role(
            tail[..cut]
                .trim()
                .trim_end_matches(['|', '-', '–', '[', '(', ',', '·'])
                .trim(),
        );
        at = line.len();
        return is_name(&name).then_some((
            Speaker {
                name,
                role,
                timed: true,
                alone: true,
            },
            at,
        ));
    }
    None
}

fn is_time(word: &str) -> bool {
    word.len() >= 4
        && word.len() <= 12
        && word.contains(':')
        && word
            .chars()
            .all(|c| c.is_ascii_digit() || c == ':' || c == '.')
        && word.starts_with(|c: char| c.is_ascii_digit())
}

fn skip_time(line: &str, from: usize) -> (usize, bool) {
    let from = from.min(line.len());
    let rest = line[from..].trim_start();
    let bare = rest.trim_start_matches(['[', '(', '<']);
    let digits = bare.len()
        - bare
            .trim_start_matches(|c: char| c.is_ascii_digit() || c == ':' || c == '.')
            .len();
    if !is_time(&bare[..digits]) {
        return (line.len() - rest.len(), false);
    }
    let after = bare[digits..]
        .trim_start_matches([']', ')', '>'])
        .trim_start()
        .trim_start_matches(['-', '–', '|'])
        .trim_start();
    (line.len() - after.len(), true)
}

fn name_and_role(label: &str) -> (String, String) {
    let (name, role) = match label.split_once('(') {
        Some((name, rest)) => (name, rest.split(')').next().unwrap_or("")),
        None => match label.split_once(", ") {
            Some((name, role)) => (name, role),
            None => (label, ""),
        },
    };
    (name.trim().to_lowercase(), role.trim().to_lowercase())
}

fn is_name(name: &str) -> bool {
    let words = name.split_whitespace().count();
    (1..=4).contains(&words)
        && name.chars().count() <= 32
        && name.starts_with(char::is_alphabetic)
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '.' | '\'' | '’' | '-' | '&' | '_'))
}
