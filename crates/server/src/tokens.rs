//! Semantic tokens as the protocol packs them, and what has changed since the last ones.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Mutex;

use ide::{QUALIFIERS, State, TokenKind};
use lsp_types::{
    SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokens, SemanticTokensDelta,
    SemanticTokensEdit, SemanticTokensFullDeltaResult, SemanticTokensLegend, Url,
};

use crate::event::Snapshot;
use crate::to_proto;

const GOAL: u32 = 0;
const EVIDENCE: u32 = 1;
/// Of a goal: nothing is left to ask.
const QUALIFIED: u32 = 0;
/// Of evidence: its state, and behind the states what it answers.
const ASKED: u32 = 1;
const VAGUE: u32 = 2;
const FIRST_QUALIFIER: u32 = 3;

/// The names of what tokens are. None of the protocol's own fits, so themes name ours.
pub(crate) fn legend() -> SemanticTokensLegend {
    let modifiers = ["qualified", "asked", "vague"].into_iter();
    let qualifiers = ["importance", "costOfInaction", "realism"];
    SemanticTokensLegend {
        token_types: vec![
            SemanticTokenType::new("goal"),
            SemanticTokenType::new("evidence"),
        ],
        token_modifiers: modifiers
            .chain(qualifiers)
            .map(SemanticTokenModifier::new)
            .collect(),
    }
}

/// All tokens of a note.
pub(crate) fn all(snapshot: &Snapshot) -> Vec<SemanticToken> {
    tokens(snapshot, 0..snapshot.analysis.document().len())
}

/// The tokens that touch some bytes of a note.
pub(crate) fn tokens(snapshot: &Snapshot, range: Range<usize>) -> Vec<SemanticToken> {
    let document = snapshot.analysis.document();
    let position = |at: usize| to_proto::position(document, at, snapshot.client.encoding);
    let (mut line, mut column) = (0, 0);
    let tokens = snapshot.analysis.semantic_tokens(range).into_iter();
    tokens
        .map(|token| {
            let (start, end) = (position(token.range.start), position(token.range.end));
            let (token_type, token_modifiers_bitset) = kind(token.kind);
            let delta_line = start.line - line;
            let delta_start = start.character - if delta_line == 0 { column } else { 0 };
            (line, column) = (start.line, start.character);
            SemanticToken {
                delta_line,
                delta_start,
                length: end.character - start.character,
                token_type,
                token_modifiers_bitset,
            }
        })
        .collect()
}

fn kind(kind: TokenKind) -> (u32, u32) {
    match kind {
        TokenKind::Goal { qualified } => (GOAL, u32::from(qualified) << QUALIFIED),
        TokenKind::Evidence { qualifier, state } => {
            let state = match state {
                State::Asked => 1 << ASKED,
                State::Vague => 1 << VAGUE,
                State::Missing | State::Answered => 0,
            };
            let place = QUALIFIERS
                .iter()
                .position(|of| *of == qualifier)
                .unwrap_or_default();
            (EVIDENCE, state | 1 << (FIRST_QUALIFIER + place as u32))
        }
    }
}

/// The tokens that each note's client knows, with their names.
#[derive(Debug, Default)]
pub(crate) struct Told(Mutex<HashMap<Url, (u64, Vec<SemanticToken>)>>);

impl Told {
    /// All tokens of a note, under a new name.
    pub(crate) fn all(&self, uri: &Url, tokens: Vec<SemanticToken>) -> SemanticTokens {
        SemanticTokens {
            result_id: Some(self.keep(uri, tokens.clone()).0),
            data: tokens,
        }
    }

    /// What has changed since the tokens of a name; all, where those are not known any more.
    pub(crate) fn since(
        &self,
        uri: &Url,
        name: &str,
        tokens: Vec<SemanticToken>,
    ) -> SemanticTokensFullDeltaResult {
        let (result_id, before) = self.keep(uri, tokens.clone());
        match before.filter(|(number, _)| number.to_string() == name) {
            Some((_, before)) => SemanticTokensFullDeltaResult::TokensDelta(SemanticTokensDelta {
                result_id: Some(result_id),
                edits: difference(&before, &tokens).into_iter().collect(),
            }),
            None => SemanticTokensFullDeltaResult::Tokens(SemanticTokens {
                result_id: Some(result_id),
                data: tokens,
            }),
        }
    }

    /// A closed note's tokens are of no use.
    pub(crate) fn forget(&self, uri: &Url) {
        if let Ok(mut told) = self.0.lock() {
            told.remove(uri);
        }
    }

    /// The name of these tokens, and those that were known before.
    fn keep(
        &self,
        uri: &Url,
        tokens: Vec<SemanticToken>,
    ) -> (String, Option<(u64, Vec<SemanticToken>)>) {
        let Ok(mut told) = self.0.lock() else {
            return (String::new(), None);
        };
        let number = told.get(uri).map_or(0, |(number, _)| number + 1);
        let before = told.insert(uri.clone(), (number, tokens));
        (number.to_string(), before)
    }
}

/// The one edit that turns these tokens into those, in numbers of which a token has five; none where they are the same.
fn difference(old: &[SemanticToken], new: &[SemanticToken]) -> Option<SemanticTokensEdit> {
    const NUMBERS: usize = 5;
    let first = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let behind = old[first..].iter().rev().zip(new[first..].iter().rev());
    let behind = behind.take_while(|(a, b)| a == b).count();
    let (old, new) = (
        &old[first..old.len() - behind],
        &new[first..new.len() - behind],
    );
    (!old.is_empty() || !new.is_empty()).then(|| SemanticTokensEdit {
        start: (first * NUMBERS) as u32,
        delete_count: (old.len() * NUMBERS) as u32,
        data: Some(new.to_vec()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(starts: &[u32]) -> Vec<SemanticToken> {
        let token = |&delta_line: &u32| SemanticToken {
            delta_line,
            delta_start: 2,
            length: 7,
            token_type: GOAL,
            token_modifiers_bitset: 0,
        };
        starts.iter().map(token).collect()
    }

    #[test]
    fn a_delta_turns_the_old_tokens_into_the_new() {
        for (old, new) in [
            (&[1, 2, 3][..], &[1, 5, 6, 3][..]),
            (&[1, 1], &[1]),
            (&[1], &[1, 1]),
            (&[], &[4]),
            (&[4], &[]),
        ] {
            let edit = difference(&tokens(old), &tokens(new)).unwrap();
            let mut turned = tokens(old);
            let start = edit.start as usize / 5;
            let gone = start..start + edit.delete_count as usize / 5;
            turned.splice(gone, edit.data.unwrap());
            assert_eq!(turned, tokens(new));
        }
        assert_eq!(difference(&tokens(&[1, 2]), &tokens(&[1, 2])), None);
    }

    #[test]
    fn a_name_that_nobody_knows_gets_all() {
        let told = Told::default();
        let uri = Url::parse("file:///a.md").unwrap();
        let first = told.all(&uri, tokens(&[1])).result_id.unwrap();
        let next = told.since(&uri, &first, tokens(&[1, 2]));
        assert!(matches!(
            next,
            SemanticTokensFullDeltaResult::TokensDelta(_)
        ));
        let lost = told.since(&uri, &first, tokens(&[1, 2]));
        assert!(matches!(lost, SemanticTokensFullDeltaResult::Tokens(_)));
    }
}
