//! What a heading, label or column header announces: rules P3, P4, P5 and D1.

use std::ops::Range;

use crate::lexicon::Class;
use crate::text::Text;
use crate::token::TokenKind;

/// What may stand in a part of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Zone {
    /// Goals.
    Goals,
    /// Metrics: only a change is a goal there (P3).
    Metrics,
    /// No goals, and no evidence either (P4).
    Nothing,
    /// Reasons.
    Importance,
    /// Consequences.
    Cost,
    /// Both at once (D10).
    WhyAndCost,
    /// Past and present values.
    Realism,
    /// How they want to get there: content of a plan only.
    Plan,
    /// "Impact": typed by its content.
    Mixed,
    /// Free prose.
    Prose,
}

const CLASSES: [(Class, Zone); 10] = [
    (Class::ZoneCancel, Zone::Nothing),
    (Class::ZoneMetrics, Zone::Metrics),
    (Class::ZoneGoals, Zone::Goals),
    (Class::ZoneNone, Zone::Nothing),
    (Class::ZoneImportance, Zone::Importance),
    (Class::ZoneCost, Zone::Cost),
    (Class::ZoneRealism, Zone::Realism),
    (Class::ZonePlan, Zone::Plan),
    (Class::ZoneMixed, Zone::Mixed),
    (Class::ZoneProse, Zone::Prose),
];

/// Where a title stands: a heading may say more than its zone word, a label hardly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Heading,
    Label,
}

impl Zone {
    /// The zone that a title's words announce, if any. `extra`: further words that announce goals, in lower case.
    pub(crate) fn of_title(
        text: &Text,
        tokens: Range<usize>,
        place: Place,
        extra: &[String],
    ) -> Option<Zone> {
        let tokens = without_brackets(text, tokens);
        let words = (tokens.clone()).filter(|&at| is_telling(text, at)).count();
        if words == 0 || words > if place == Place::Heading { 12 } else { 7 } {
            return None;
        }
        let plain = text.words(tokens.clone()).to_lowercase();
        if extra
            .iter()
            .any(|word| !word.is_empty() && plain.contains(word.as_str()))
        {
            return Some(Zone::Goals);
        }
        let mut best: Option<(usize, Range<usize>, Zone)> = None;
        let mut seen = Vec::new();
        for (class, zone) in CLASSES {
            for hit in text.of(class, tokens.clone()) {
                seen.push(class);
                let length = hit.len();
                let better = class != Class::ZoneCancel
                    && best.as_ref().is_none_or(|(most, at, _)| {
                        length > *most || (length == *most && hit.start < at.start)
                    });
                if better {
                    best = Some((length, hit, zone));
                }
            }
        }
        let (length, hit, zone) = best?;
        let enough = match place {
            Place::Heading if zone.is_goals() => {
                words <= 6 || hit.start <= tokens.start + 2 || hit.end + 2 >= tokens.end
            }
            // "Northwind Logistics, discovery" is a firm's name.
            Place::Heading => length * 2 >= words || hit.start == tokens.start,
            Place::Label => length * 2 >= words || words <= 4,
        };
        if !enough {
            return None;
        }
        let cancelled = seen.contains(&Class::ZoneCancel)
            || (place == Place::Heading && plain.split_whitespace().any(|word| word == "our"));
        match zone {
            Zone::Goals | Zone::Metrics if cancelled => Some(Zone::Nothing),
            Zone::Goals
                if seen.contains(&Class::ZoneNone)
                    && text
                        .of(Class::ZoneNone, tokens.clone())
                        .any(|none| none.len() >= length && none != hit) =>
            {
                Some(Zone::Nothing)
            }
            Zone::Importance | Zone::Cost
                if seen.contains(&Class::ZoneImportance)
                    && seen.contains(&Class::ZoneCost)
                    && length < words =>
            {
                Some(Zone::WhyAndCost)
            }
            // A bare "why"-like word in a long title is no label.
            zone => Some(zone),
        }
    }

    /// Whether goals may stand here without a cue.
    pub(crate) fn is_goals(self) -> bool {
        matches!(self, Zone::Goals | Zone::Metrics)
    }
}

/// A title up to its first bracket: "Goals (strategic plan 2026)".
fn without_brackets(text: &Text, tokens: Range<usize>) -> Range<usize> {
    let open = tokens.clone().find(|&at| text.mark(at) == Some("("));
    tokens.start..open.filter(|&at| at > tokens.start).unwrap_or(tokens.end)
}

fn is_telling(text: &Text, at: usize) -> bool {
    let token = &text.tokens[at];
    let word = &text.plain[token.range()];
    token.kind == TokenKind::Word
        && !matches!(
            word.to_ascii_lowercase().as_str(),
            "the"
                | "a"
                | "an"
                | "of"
                | "for"
                | "and"
                | "their"
                | "his"
                | "her"
                | "its"
                | "your"
                | "key"
                | "main"
                | "top"
                | "primary"
                | "secondary"
                | "business"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, place: Place, zone: Option<Zone>) {
        let text = Text::read(title.to_string());
        assert_eq!(
            Zone::of_title(&text, 0..text.tokens.len(), place, &[]),
            zone,
            "{title}"
        );
    }

    #[test]
    fn headings() {
        check("Goals 2026", Place::Heading, Some(Zone::Goals));
        check(
            "What they want to achieve",
            Place::Heading,
            Some(Zone::Goals),
        );
        check("Goals for the call", Place::Heading, Some(Zone::Nothing));
        check("Our goals", Place::Heading, Some(Zone::Nothing));
        check(
            "Success criteria for the POC",
            Place::Heading,
            Some(Zone::Nothing),
        );
        check("Next steps", Place::Heading, Some(Zone::Nothing));
        check("Why it matters", Place::Heading, Some(Zone::Importance));
        check("If missed", Place::Heading, Some(Zone::Cost));
        check("Current state", Place::Heading, Some(Zone::Realism));
        check(
            "Why / what happens otherwise",
            Place::Heading,
            Some(Zone::WhyAndCost),
        );
        check("Northwind Logistics, discovery", Place::Heading, None);
    }

    #[test]
    fn labels() {
        check("Primary goal", Place::Label, Some(Zone::Goals));
        check("tgt", Place::Label, Some(Zone::Goals));
        check("Goal of call", Place::Label, Some(Zone::Nothing));
        check("LY", Place::Label, Some(Zone::Realism));
        check("Karen Doyle", Place::Label, None);
        check("Ziel DE", Place::Label, Some(Zone::Goals));
    }
}
