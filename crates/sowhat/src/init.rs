//! `sowhat init`: a sowhat.toml that says what can be set. Overwrites nothing.

use std::fs::File;
use std::io::{self, Write};
use std::process::ExitCode;

use ide::config::{self, FILE_NAME};

use crate::{Failure, style};

/// Writes the file into the current folder.
pub(crate) fn run() -> Result<ExitCode, Failure> {
    let fail = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            Failure::Message(format!("{FILE_NAME} is here already; it was left as it is"))
        }
        _ => Failure::Message(format!("{FILE_NAME}: {error}")),
    };
    let mut file = File::create_new(FILE_NAME).map_err(fail)?;
    file.write_all(config::template().as_bytes())
        .map_err(fail)?;
    style::note(&format!(
        "wrote {FILE_NAME}: every setting with its default, as comments"
    ));
    Ok(ExitCode::SUCCESS)
}
