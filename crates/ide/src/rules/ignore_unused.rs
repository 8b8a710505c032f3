//! A comment that silences nothing, or that names nothing known.

use super::{Check, Code, Rule};
use crate::severity::Severity;

pub(super) const IGNORE_UNUSED: Rule = Rule {
    code: Code("ignore-unused"),
    severity: Severity::Information,
    prose_severity: Severity::Information,
    summary: "A comment silences nothing, or names no qualifier that is known.",
    explanation: "`<!-- sowhat: ignore -->` on a goal's line or on the line above silences that goal, `<!-- sowhat: ignore realism -->` one qualifier, `<!-- sowhat: ignore-file -->` the note. A comment that does none of it hides what it was meant to hide from the next reader only.",
    bad: note!(
        "Grow ARR from $8M to $10M this year <!-- sowhat: ignore realism -->",
        why,
        missed
    ),
    good: note!(arr, why, missed),
    check: Check::Comments,
};
