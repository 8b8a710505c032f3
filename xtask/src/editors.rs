//! The suites that drive the real Neovim and the real VS Code: a fresh home for each, the real server, and the tests of
//! `tests/editors/`, which print a line `PASS …` or `FAIL …` a check.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::chromium::chromium;
use crate::run::{build_sowhat, root, watch};
use crate::test::Tally;
use crate::{dist, tools};

pub(crate) fn prepare_nvim() -> Result<()> {
    tools::neovim()?;
    tools::any_node()?;
    tools::stylua()?;
    build_sowhat(false).map(drop)
}

pub(crate) fn nvim() -> Result<Tally> {
    let nvim = tools::neovim()?;
    let sowhat = build_sowhat(false)?;
    let folder = root().join("tests/editors");
    let mut suites: Vec<PathBuf> = fs::read_dir(folder.join("nvim"))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    suites.retain(|path| path.extension().is_some_and(|extension| extension == "lua"));
    suites.sort();

    let mut all = Tally {
        ended_well: true,
        ..Tally::default()
    };
    println!("\ntests/editors/nvim/style.mjs");
    let mut style = Command::new(tools::any_node()?);
    style
        .arg(folder.join("nvim/style.mjs"))
        .arg("--stylua")
        .arg(tools::stylua()?);
    all.add(&tally_of(&mut style)?);
    for suite in suites {
        println!("\n{}", suite.strip_prefix(root())?.display());
        let home = tempfile::tempdir()?;
        let plugin = rep_home(home.path(), &sowhat)?;
        let mut command = Command::new(&nvim);
        command
            .args(["--headless", "-i", "NONE", "-S"])
            .arg(&suite)
            .current_dir(home.path())
            .env("LC_ALL", "C.UTF-8")
            .env("LUA_PATH", folder.join("nvim/lib/?.lua;;"))
            .env("NOTES", folder.join("notes"))
            .env("CLONE", home.path().join("clone"))
            .env("PLUGIN", plugin);
        for name in ["CONFIG", "DATA", "STATE", "CACHE"] {
            command.env(
                format!("XDG_{name}_HOME"),
                home.path().join(name.to_lowercase()),
            );
        }
        for name in ["NVIM", "VIM", "VIMRUNTIME", "VIMINIT", "NVIM_APPNAME"] {
            command.env_remove(name);
        }
        all.add(&tally_of(&mut command)?);
    }
    Ok(all)
}

/// Runs a suite, its lines passed through.
fn tally_of(suite: &mut Command) -> Result<Tally> {
    let mut tally = Tally::default();
    tally.ended_well = watch(suite, |line| tally.count(line))?;
    Ok(tally)
}

/// Makes `home` what a rep has who followed the manual: a clone whose `sowhat` is built, and its plugin linked into
/// Neovim's package folder. Returns that link.
#[cfg(unix)]
fn rep_home(home: &Path, sowhat: &Path) -> Result<PathBuf> {
    use std::os::unix::fs::symlink;

    let clone = home.join("clone");
    copy_folder(&root().join("editors/nvim"), &clone.join("editors/nvim"))?;
    fs::create_dir_all(clone.join("target/release"))?;
    symlink(sowhat, clone.join("target/release/sowhat"))?;

    let packages = home.join("data/nvim/site/pack/sowhat/start");
    fs::create_dir_all(&packages)?;
    let plugin = packages.join("sowhat");
    symlink(clone.join("editors/nvim"), &plugin)?;
    Ok(plugin)
}

#[cfg(not(unix))]
fn rep_home(_: &Path, _: &Path) -> Result<PathBuf> {
    anyhow::bail!("the tests with Neovim run on Linux and macOS")
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let copy = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &copy)?;
        } else {
            fs::copy(entry.path(), &copy).with_context(|| format!("copying {}", copy.display()))?;
        }
    }
    Ok(())
}

pub(crate) fn prepare_vscode() -> Result<()> {
    chromium()?;
    tools::node()?;
    tools::vscode()?;
    tools::extension_packages()?;
    build_sowhat(false).map(drop)
}

pub(crate) fn vscode() -> Result<Tally> {
    let out = root().join("target/editors");
    fs::create_dir_all(&out)?;
    let extension = out.join("sowhat.vsix");
    dist::package(dist::Target::here()?, &build_sowhat(false)?, &extension)?;

    let tests = root().join("tests/editors");
    let mut program = Command::new(tools::node()?);
    program
        .arg("--disable-warning=MODULE_TYPELESS_PACKAGE_JSON")
        .arg(tests.join("vscode/program.mjs"));
    let with_vscode = |suite: &str| -> Result<Command> {
        let mut command = Command::new(tools::node()?);
        command
            .arg(tests.join("vscode").join(suite))
            .arg("--install")
            .arg(tools::vscode()?)
            .arg("--chromium")
            .arg(chromium()?)
            .arg("--vsix")
            .arg(&extension)
            .arg("--notes")
            .arg(tests.join("notes"))
            .arg("--pictures")
            .arg(out.join("vscode"));
        Ok(command)
    };

    let mut all = Tally {
        ended_well: true,
        ..Tally::default()
    };
    let suites = [
        ("program", program),
        ("e2e", with_vscode("e2e.mjs")?),
        ("home", with_vscode("home.mjs")?),
        ("server", with_vscode("server.mjs")?),
    ];
    for (name, mut command) in suites {
        println!("\ntests/editors/vscode/{name}.mjs");
        let mut tally = tally_of(&mut command)?;
        if !tally.well() {
            // On a busy machine the browser loses a key or a click now and then; a bug fails twice.
            println!("\nonce more in a fresh VS Code: tests/editors/vscode/{name}.mjs");
            tally = tally_of(&mut command)?;
        }
        all.add(&tally);
    }
    println!("pictures of each step: {}", out.join("vscode").display());
    Ok(all)
}
