//! The browser in front of VS Code: the system's own, since no package registry has one.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::run::{on_path, succeed};

const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
/// The font only makes the pictures complete.
const PACKAGES: [&str; 2] = ["chromium", "fonts-noto-color-emoji"];

/// The browser; installed from Debian's packages where it is missing and we may.
pub(crate) fn chromium() -> Result<PathBuf> {
    if let Some(found) = on_path(&NAMES) {
        return Ok(found);
    }
    let apt = on_path(&["apt-get"]);
    let Some(apt) = apt.filter(|_| is_root()) else {
        bail!(
            "Chromium is missing. Get it with `sudo apt-get install {}` (or your system's way), \
             or leave the editors out with --skip-editors",
            PACKAGES.join(" ")
        );
    };
    println!("installing Chromium");
    apt_get(&apt, &["update", "-qq"])?;
    apt_get(&apt, &["install", "-qq", "--no-install-recommends"])
        .context("Chromium comes from Debian's packages")?;
    on_path(&NAMES).context("Chromium is installed, yet not on the PATH")
}

fn apt_get(apt: &Path, args: &[&str]) -> Result<()> {
    let mut command = Command::new(apt);
    command.args(args).env("DEBIAN_FRONTEND", "noninteractive");
    if args.contains(&"install") {
        command.arg("--yes").args(PACKAGES);
    }
    succeed(&mut command)
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
