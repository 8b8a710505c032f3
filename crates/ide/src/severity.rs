//! How loudly a finding is told.

/// How much a finding weighs; ordered from the quietest to the loudest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Barely visible.
    Hint,
    /// Worth knowing.
    Information,
    /// Worth asking.
    Warning,
    /// Only where a team wants it.
    Error,
}

/// All four, the loudest first.
pub const SEVERITIES: [Severity; 4] = [
    Severity::Error,
    Severity::Warning,
    Severity::Information,
    Severity::Hint,
];

impl Severity {
    /// Its name in the report and in settings.
    pub fn id(self) -> &'static str {
        ["hint", "information", "warning", "error"][self as usize]
    }

    /// The severity of a name.
    pub fn from_id(id: &str) -> Option<Severity> {
        SEVERITIES.into_iter().find(|severity| severity.id() == id)
    }
}
