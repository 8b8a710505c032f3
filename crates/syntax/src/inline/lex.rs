//! The parts of markup that are read in one go: link targets, tags, bare URLs, entities, code.
//! Each function takes a text and an offset and tells where the part ends, looking a bounded way
//! ahead.

/// How far a link's target, a label or a tag may reach: what is longer is text.
const REACH: usize = 4096;
/// How deep parentheses may nest in a link's target, as in CommonMark's own readers.
const DEEPEST: usize = 32;

/// The end of `(target "title")`, whose parenthesis stands at `at`.
pub(super) fn link_target(source: &str, at: usize) -> Option<usize> {
    let bytes = window(source, at);
    let mut i = skip_blanks(bytes, 1);
    if bytes.get(i) == Some(&b'<') {
        i += 1;
        loop {
            match bytes.get(i)? {
                b'>' => break,
                b'<' | b'\n' => return None,
                b'\\' => i += 2,
                _ => i += 1,
            }
        }
        i += 1;
    } else {
        let mut depth = 0usize;
        loop {
            match bytes.get(i)? {
                b'(' if depth == DEEPEST => return None,
                b'(' => depth += 1,
                b')' if depth == 0 => break,
                b')' => depth -= 1,
                b'\\' if bytes.get(i + 1).is_some_and(u8::is_ascii_punctuation) => i += 1,
                byte if byte.is_ascii_whitespace() => break,
                _ => {}
            }
            i += 1;
        }
        if depth > 0 {
            return None;
        }
    }
    let title = skip_blanks(bytes, i);
    if title > i {
        i = link_title(bytes, title)?;
    }
    i = skip_blanks(bytes, i);
    (bytes.get(i) == Some(&b')')).then_some(at + i + 1)
}

/// The end of a title at `at`; `at` itself where there is none.
fn link_title(bytes: &[u8], at: usize) -> Option<usize> {
    let close = match bytes.get(at)? {
        quote @ (b'"' | b'\'') => *quote,
        b'(' => b')',
        _ => return Some(at),
    };
    let mut i = at + 1;
    while *bytes.get(i)? != close {
        i += if bytes[i] == b'\\' { 2 } else { 1 };
    }
    Some(i + 1)
}

/// The end of `[label]`, whose bracket stands at `at`. The label may be empty.
pub(super) fn link_label(source: &str, at: usize) -> Option<usize> {
    let bytes = window(source, at);
    let mut i = 1;
    loop {
        match bytes.get(i)? {
            b']' => return Some(at + i + 1),
            b'[' => return None,
            b'\\' => i += 2,
            _ => i += 1,
        }
    }
}

/// The end of a footnote's mark `[^label]`.
pub(super) fn footnote(source: &str, at: usize) -> Option<usize> {
    let bytes = window(source, at);
    if bytes.get(1) != Some(&b'^') {
        return None;
    }
    let length = bytes[2..]
        .iter()
        .position(|byte| matches!(byte, b']' | b'[' | b' ' | b'\t' | b'\n'))?;
    let end = 2 + length;
    (length > 0 && bytes[end] == b']' && bytes.get(end + 1) != Some(&b':')).then_some(at + end + 1)
}

/// A tag in angle brackets.
pub(super) enum Angle<'a> {
    /// An HTML tag with its name.
    Tag(&'a str),
    /// `<https://…>` or `<name@host>`.
    Link,
}

/// What stands in angle brackets at `at`, and its end. Comments are not its business.
pub(super) fn angle(source: &str, at: usize) -> Option<(Angle<'_>, usize)> {
    let bytes = window(source, at);
    let close = usize::from(bytes.get(1) == Some(&b'/'));
    let start = 1 + close;
    if !bytes.get(start)?.is_ascii_alphabetic() {
        return None;
    }
    let name = bytes[start..]
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-')
        .count();
    let mut i = start + name;
    match bytes.get(i)? {
        b':' | b'@' | b'.' | b'+' | b'_' if close == 0 => {
            let length = bytes[i..]
                .iter()
                .position(|byte| matches!(byte, b'>' | b'<') || byte.is_ascii_whitespace())?;
            let end = i + length;
            let inner = &bytes[start..end];
            let link = bytes[end] == b'>' && (bytes[i] == b':' || inner.contains(&b'@'));
            return link.then_some((Angle::Link, at + end + 1));
        }
        b'>' | b'/' => {}
        byte if byte.is_ascii_whitespace() => {}
        _ => return None,
    }
    loop {
        let blank = skip_blanks(bytes, i);
        match bytes.get(blank)? {
            b'>' => {
                return Some((
                    Angle::Tag(&source[at + start..at + start + name]),
                    at + blank + 1,
                ));
            }
            b'/' if bytes.get(blank + 1) == Some(&b'>') => i = blank + 1,
            byte if blank > i
                && close == 0
                && (byte.is_ascii_alphabetic() || matches!(byte, b'_' | b':')) =>
            {
                i = attribute(bytes, blank)?;
            }
            _ => return None,
        }
    }
}

/// The end of `name`, `name=value`, `name="value"`.
fn attribute(bytes: &[u8], at: usize) -> Option<usize> {
    let name = bytes[at..]
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric() || b"_.:-".contains(byte))
        .count();
    let end = at + name;
    let equals = skip_blanks(bytes, end);
    if bytes.get(equals) != Some(&b'=') {
        return Some(end);
    }
    let value = skip_blanks(bytes, equals + 1);
    match bytes.get(value)? {
        quote @ (b'"' | b'\'') => {
            let length = bytes[value + 1..].iter().position(|byte| byte == quote)?;
            Some(value + 1 + length + 1)
        }
        _ => {
            let length = bytes[value..]
                .iter()
                .take_while(|byte| !byte.is_ascii_whitespace() && !b"\"'=<>`".contains(byte))
                .count();
            (length > 0).then_some(value + length)
        }
    }
}

/// The start of the scheme before `://`, whose colon stands at `at`.
pub(super) fn scheme(source: &str, at: usize) -> Option<usize> {
    let bytes = source.as_bytes();
    if !bytes[at..].starts_with(b"://") {
        return None;
    }
    let length = bytes[..at]
        .iter()
        .rev()
        .take(17)
        .take_while(|byte| byte.is_ascii_alphanumeric())
        .count();
    let start = at - length;
    ((2..=16).contains(&length) && bytes[start].is_ascii_alphabetic()).then_some(start)
}

/// Whether a bare `www.` address begins at `at`.
pub(super) fn is_www(source: &str, at: usize) -> bool {
    let bytes = source.as_bytes();
    let begins = at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
    begins
        && bytes[at..]
            .get(..4)
            .is_some_and(|start| start.eq_ignore_ascii_case(b"www."))
        && bytes.get(at + 4).is_some_and(u8::is_ascii_alphanumeric)
}

/// The end of a bare URL whose rest begins at `at`: no blank, bracket or quote, and no punctuation
/// at its end.
pub(super) fn url_end(source: &str, at: usize) -> usize {
    let rest = &source[at..];
    let stop = |character: char| character.is_whitespace() || "<>\"`|[]”“".contains(character);
    let url = &rest[..rest.find(stop).unwrap_or(rest.len())];
    // Counted once: a closing parenthesis at the end belongs to the text unless one opened inside.
    let count = |byte| url.bytes().filter(|&other| other == byte).count();
    let mut surplus = count(b')').saturating_sub(count(b'('));
    let mut end = url.len();
    for (index, character) in url.char_indices().rev() {
        match character {
            '?' | '!' | '.' | ',' | ':' | ';' | '*' | '_' | '~' | '\'' | '’' | '=' => {}
            ')' if surplus > 0 => surplus -= 1,
            _ => break,
        }
        end = index;
    }
    at + end
}

/// The character of an entity at `at` (`&amp;`, `&#39;`, `&#x27;`), and its end.
pub(super) fn entity(source: &str, at: usize) -> Option<(char, usize)> {
    let bytes = &source.as_bytes()[at + 1..];
    let length = bytes.iter().take(10).position(|&byte| byte == b';')?;
    let name = source.get(at + 1..at + 1 + length)?;
    let character = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|character| !character.is_control())?
        }
        None => ENTITIES.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((character, at + length + 2))
}

const ENTITIES: [(&str, char); 32] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bull", '•'),
    ("middot", '·'),
    ("rarr", '→'),
    ("larr", '←'),
    ("uarr", '↑'),
    ("darr", '↓'),
    ("euro", '€'),
    ("pound", '£'),
    ("yen", '¥'),
    ("cent", '¢'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("times", '×'),
    ("plusmn", '±'),
    ("le", '≤'),
    ("ge", '≥'),
    ("asymp", '≈'),
    ("deg", '°'),
];

fn window(source: &str, at: usize) -> &[u8] {
    let bytes = &source.as_bytes()[at..];
    &bytes[..bytes.len().min(REACH)]
}

fn skip_blanks(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest
        .iter()
        .take_while(|byte| byte.is_ascii_whitespace())
        .count()
}
