//! The letters of qualification methods (rule P3). Reads no words.

use crate::zone::Zone;

/// A qualification method whose letters are used as labels (P3).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Template {
    None,
    /// HubSpot's goals, plans, challenges, timeline; then budget, authority, consequences, implications.
    Gpct {
        challenges_seen: bool,
    },
    /// Situation, pain, impact, critical event, decision.
    Spiced,
    /// Metrics, economic buyer, decision criteria and process, (paper process,) pain, champion, competition.
    Meddic,
}

impl Template {
    /// What a letter announces; remembers the template.
    pub(super) fn zone(&mut self, letter: char) -> Option<Zone> {
        match (letter, *self) {
            ('G', _) => {
                *self = Template::Gpct {
                    challenges_seen: false,
                }
            }
            ('S', _) => *self = Template::Spiced,
            ('M', _) => *self = Template::Meddic,
            _ => {}
        }
        match (*self, letter) {
            (Template::Gpct { .. }, 'G') => Some(Zone::Goals),
            (Template::Gpct { .. }, 'P') => Some(Zone::Plan),
            (
                Template::Gpct {
                    challenges_seen: false,
                },
                'C',
            ) => {
                *self = Template::Gpct {
                    challenges_seen: true,
                };
                Some(Zone::Prose)
            }
            (Template::Gpct { .. }, 'C') => Some(Zone::Cost),
            (Template::Gpct { .. }, 'I') => Some(Zone::Importance),
            (Template::Gpct { .. }, 'B' | 'A') => Some(Zone::Nothing),
            (Template::Gpct { .. }, 'T') | (Template::Spiced, 'S' | 'P') => Some(Zone::Prose),
            (Template::Spiced, 'I') => Some(Zone::Mixed),
            (Template::Spiced, 'C' | 'E') => Some(Zone::Importance),
            (Template::Spiced, 'D') => Some(Zone::Nothing),
            (Template::Meddic, 'M') => Some(Zone::Metrics),
            (Template::Meddic, 'E' | 'D' | 'P') => Some(Zone::Nothing),
            (Template::Meddic, 'I' | 'C') => Some(Zone::Prose),
            _ => None,
        }
    }
}
