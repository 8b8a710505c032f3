//! The commented `sowhat.toml` that `sowhat init` writes, printed from the declaration.

use std::fmt::Write;

use super::settings::{Default, SETTINGS};

/// Every setting with what it does and its default, all as comments: the file says nothing until
/// a line is uncommented. Each line can be uncommented alone.
pub fn template() -> String {
    let mut out = String::from(
        "# Settings of sowhat for the notes in this folder and below.\n\
         # Each line that begins with `#` and no blank is a setting at its default: take the `#` away\n\
         # and change it.\n",
    );
    for setting in SETTINGS {
        out.push('\n');
        for line in setting.doc.lines() {
            let _ = writeln!(out, "# {line}");
        }
        match (setting.default)() {
            Default::Value(value) => {
                let _ = writeln!(out, "#{} = {value}", setting.key);
            }
            Default::Table(entries) => {
                for (key, value) in entries {
                    let _ = writeln!(out, "#{}.{key} = {value}", setting.key);
                }
            }
        }
    }
    out
}
