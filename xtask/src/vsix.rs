//! `cargo xtask vsix`: the VS Code extension with the server inside.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

use crate::run::{build_sowhat, root, succeed};
use crate::tools;

/// Build the VS Code extension for this machine, with the server inside.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Where to put it
    #[arg(long, default_value = "sowhat.vsix")]
    out: PathBuf,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let out = env::current_dir()?.join(&args.out);
    package(&build_sowhat(true)?, &out)?;
    println!("built {}", out.display());
    Ok(ExitCode::SUCCESS)
}

/// Packs the extension and `server` into the file `out`.
pub(crate) fn package(server: &Path, out: &Path) -> Result<()> {
    let extension = root().join("editors/vscode");
    tools::extension_packages()?;

    let inside = extension.join("server");
    fs::create_dir_all(&inside)?;
    let name = server.file_name().context("the server is a file")?;
    fs::copy(server, inside.join(name)).with_context(|| format!("copying {}", server.display()))?;
    for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
        fs::copy(root().join(licence), extension.join(licence))
            .with_context(|| format!("copying {licence}"))?;
    }

    let mut vsce = Command::new(tools::any_node()?);
    vsce.current_dir(&extension)
        .arg("node_modules/@vscode/vsce/vsce")
        .args([
            "package",
            "--no-dependencies",
            "--allow-missing-repository",
            "--skip-license",
        ])
        .args(["--target", platform()?, "--out"])
        .arg(out);
    succeed(&mut vsce)
}

/// This machine, by VS Code's name: an extension with a program inside must not be installed on another.
fn platform() -> Result<&'static str> {
    Ok(match (env::consts::OS, env::consts::ARCH) {
        ("linux", "x86_64") => "linux-x64",
        ("linux", "aarch64") => "linux-arm64",
        ("macos", "x86_64") => "darwin-x64",
        ("macos", "aarch64") => "darwin-arm64",
        ("windows", "x86_64") => "win32-x64",
        ("windows", "aarch64") => "win32-arm64",
        (os, arch) => bail!("VS Code knows no {os} on {arch}"),
    })
}
