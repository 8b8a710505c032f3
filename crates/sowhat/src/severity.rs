//! Which findings make the exit code 1.

use clap::ValueEnum;
use ide::Severity;

/// The least severity that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Errors only
    Error,
    /// Warnings and above
    Warning,
    /// Informations and above
    Information,
    /// Every finding
    Hint,
    /// None: findings never make the exit code 1
    Never,
}

impl FailOn {
    /// Whether a finding of this severity counts.
    pub(crate) fn counts(self, severity: Severity) -> bool {
        let least = match self {
            FailOn::Error => Severity::Error,
            FailOn::Warning => Severity::Warning,
            FailOn::Information => Severity::Information,
            FailOn::Hint => Severity::Hint,
            FailOn::Never => return false,
        };
        severity >= least
    }
}
