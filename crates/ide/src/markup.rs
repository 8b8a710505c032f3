//! Text for a person, in markdown or plain.

/// How a client shows text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Markup {
    /// As it is.
    #[default]
    Plain,
    /// CommonMark.
    Markdown,
}

impl Markup {
    /// Words that stand out.
    pub(crate) fn strong(self, words: &str) -> String {
        match self {
            Markup::Plain => words.to_owned(),
            Markup::Markdown => format!("**{}**", self.quoted(words)),
        }
    }

    /// Words out of a note: none of them is markup.
    pub(crate) fn quoted(self, words: &str) -> String {
        match self {
            Markup::Plain => words.to_owned(),
            Markup::Markdown => words.chars().fold(String::new(), |mut out, c| {
                if c.is_ascii_punctuation()
                    && !matches!(c, '.' | ',' | '\'' | '%' | '$' | '?' | '/' | '-' | ':')
                {
                    out.push('\\');
                }
                out.push(c);
                out
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notes_words_are_no_markup() {
        let words = "*20%* [YoY](x) <b> for $5M, isn't it?";
        assert_eq!(Markup::Plain.quoted(words), words);
        assert_eq!(
            Markup::Markdown.quoted(words),
            "\\*20%\\* \\[YoY\\]\\(x\\) \\<b\\> for $5M, isn't it?"
        );
    }
}
