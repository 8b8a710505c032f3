//! `cargo xtask dist`: the VS Code extension with the server inside, one file a platform.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};
use clap::builder::PossibleValuesParser;

use crate::run::{build_sowhat, build_sowhat_for, root, succeed};
use crate::tools;

/// Build the VS Code extension with the server inside, for this machine if you don't say
#[derive(clap::Args)]
pub(crate) struct Args {
    /// For which platform; Rust's target for it must be installed
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(TARGETS.map(|target| target.name)), hide_possible_values = true)]
    target: Option<String>,
    /// Where to put it
    #[arg(long, value_name = "FILE", default_value = "sowhat.vsix")]
    out: PathBuf,
    /// Print the platforms and build nothing
    #[arg(long, conflicts_with_all = ["target", "out"])]
    list: bool,
}

/// A platform of VS Code: an extension with a program inside must not be installed on another.
pub(crate) struct Target {
    /// VS Code's name.
    name: &'static str,
    /// Rust's name.
    triple: &'static str,
    /// By [`env::consts`].
    os: &'static str,
    arch: &'static str,
    program: &'static str,
}

#[rustfmt::skip]
const TARGETS: [Target; 6] = [
    Target { name: "linux-x64", triple: "x86_64-unknown-linux-gnu", os: "linux", arch: "x86_64", program: "sowhat" },
    Target { name: "linux-arm64", triple: "aarch64-unknown-linux-gnu", os: "linux", arch: "aarch64", program: "sowhat" },
    Target { name: "darwin-x64", triple: "x86_64-apple-darwin", os: "macos", arch: "x86_64", program: "sowhat" },
    Target { name: "darwin-arm64", triple: "aarch64-apple-darwin", os: "macos", arch: "aarch64", program: "sowhat" },
    Target { name: "win32-x64", triple: "x86_64-pc-windows-msvc", os: "windows", arch: "x86_64", program: "sowhat.exe" },
    Target { name: "win32-arm64", triple: "aarch64-pc-windows-msvc", os: "windows", arch: "aarch64", program: "sowhat.exe" },
];

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    if args.list {
        list();
        return Ok(ExitCode::SUCCESS);
    }
    let target = match &args.target {
        Some(name) => Target::named(name)?,
        None => Target::here()?,
    };
    let server = if target.is_here() {
        build_sowhat(true)?
    } else {
        target.need_std()?;
        build_sowhat_for(target.triple, target.program).with_context(|| {
            format!(
                "building for {} takes a C compiler and a linker for {}, too; or run `cargo xtask dist` on such a machine",
                target.name, target.triple
            )
        })?
    };
    let out = env::current_dir()?.join(&args.out);
    package(target, &server, &out)?;
    println!("built {} for {}", out.display(), target.name);
    Ok(ExitCode::SUCCESS)
}

fn list() {
    for target in &TARGETS {
        let here = if target.is_here() { "  (here)" } else { "" };
        println!("{:<12}  {}{here}", target.name, target.triple);
    }
}

/// Packs the extension and the program `server` of `target` into the file `out`.
pub(crate) fn package(target: &Target, server: &Path, out: &Path) -> Result<()> {
    let extension = root().join("editors/vscode");
    tools::extension_packages()?;

    let inside = extension.join("server");
    // Another platform's program may lie there.
    if inside.exists() {
        fs::remove_dir_all(&inside)?;
    }
    fs::create_dir_all(&inside)?;
    fs::copy(server, inside.join(target.program))
        .with_context(|| format!("copying {}", server.display()))?;
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
            "--no-rewrite-relative-links",
        ])
        .args(["--target", target.name, "--out"])
        .arg(out);
    succeed(&mut vsce)
}

impl Target {
    /// This machine.
    pub(crate) fn here() -> Result<&'static Target> {
        let here = TARGETS.iter().find(|target| target.is_here());
        here.with_context(|| {
            let (os, arch) = (env::consts::OS, env::consts::ARCH);
            format!("there is no extension for {os} on {arch}; `cargo xtask dist --list` prints the platforms")
        })
    }

    fn named(name: &str) -> Result<&'static Target> {
        let named = TARGETS.iter().find(|target| target.name == name);
        named.with_context(|| format!("there is no platform {name}"))
    }

    fn is_here(&self) -> bool {
        (self.os, self.arch) == (env::consts::OS, env::consts::ARCH)
    }

    /// Fails with the way out where Rust has nothing installed to build for this platform.
    fn need_std(&self) -> Result<()> {
        let output = Command::new("rustc")
            .current_dir(root())
            .args(["--print", "target-libdir", "--target", self.triple])
            .output()
            .context("`rustc` does not start")?;
        let folder = String::from_utf8_lossy(&output.stdout);
        if output.status.success() && Path::new(folder.trim()).is_dir() {
            return Ok(());
        }
        bail!(
            "Rust's target {} is not installed. Get it with `rustup target add {}`, \
             or run `cargo xtask dist` on such a machine",
            self.triple,
            self.triple
        )
    }
}
