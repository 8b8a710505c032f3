//! Other programs, run and read; and where things are. Nothing here knows what is run.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// The clone's folder.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask lies in the clone")
}

/// The cargo that runs us.
pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root());
    cargo
}

/// Builds the `sowhat` program for this machine and says where it is.
pub(crate) fn build_sowhat(release: bool) -> Result<PathBuf> {
    let mut build = cargo();
    build.args(["build", "--package", "sowhat"]);
    if release {
        build.arg("--release");
    }
    succeed(&mut build)?;
    let folder = target_folder().join(if release { "release" } else { "debug" });
    Ok(folder.join(format!("sowhat{}", env::consts::EXE_SUFFIX)))
}

/// Builds the `sowhat` program, which is called `program` there, for another platform and says where it is.
pub(crate) fn build_sowhat_for(triple: &str, program: &str) -> Result<PathBuf> {
    let mut build = cargo();
    build.args(["build", "--package", "sowhat", "--release"]);
    build.args(["--target", triple]);
    succeed(&mut build)?;
    Ok(target_folder().join(triple).join("release").join(program))
}

fn target_folder() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// The first of these programs that is on the PATH.
pub(crate) fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|program| program.is_file())
}

/// Runs a program that must succeed, its output passed through.
pub(crate) fn succeed(command: &mut Command) -> Result<()> {
    let status = command
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("{command:?} does not start"))?;
    if !status.success() {
        bail!("{command:?} failed ({status})");
    }
    Ok(())
}

/// Runs a program, passes its standard output through and shows each line to `line`; says whether it succeeded.
pub(crate) fn watch(command: &mut Command, mut line: impl FnMut(&str)) -> Result<bool> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("{command:?} does not start"))?;
    let output = child.stdout.take().expect("standard output is piped");
    for text in BufReader::new(output).split(b'\n') {
        let text = String::from_utf8_lossy(&text?).into_owned();
        println!("{text}");
        line(&text);
    }
    Ok(child.wait()?.success())
}
