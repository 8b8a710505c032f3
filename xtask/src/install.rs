//! `cargo xtask install`: builds what an editor needs and puts it where the editor finds it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

use crate::dist;
use crate::run::{build_sowhat, cargo, on_path, root, succeed};

/// What VS Code's command is called: VS Code, its previews, and the builds of others.
const CODE: [&str; 5] = ["code", "code-insiders", "codium", "code-server", "cursor"];

/// Build sowhat and install it into an editor; once more to update it
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    editor: Editor,
}

#[derive(clap::Subcommand)]
enum Editor {
    /// The extension with the program inside
    Vscode {
        /// The editor's command, where it is not the first of `code`, `code-insiders`, `codium`, `code-server`, `cursor`
        #[arg(long, value_name = "PROGRAM")]
        code: Option<PathBuf>,
    },
    /// The program into cargo's folder, the plugin as a package of Neovim's own
    Neovim {
        /// The editor's command
        #[arg(long, value_name = "PROGRAM", default_value = "nvim")]
        nvim: PathBuf,
    },
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    match &args.editor {
        Editor::Vscode { code } => vscode(code.as_deref())?,
        Editor::Neovim { nvim } => neovim(nvim)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn vscode(code: Option<&Path>) -> Result<()> {
    let Some(code) = code.map(Path::to_owned).or_else(|| on_path(&CODE)) else {
        bail!(
            "none of {} is on the PATH. In VS Code, run “Shell Command: Install 'code' command in PATH”, \
             or name the command with --code",
            CODE.join(", ")
        );
    };
    let folder = tempfile::tempdir()?;
    let extension = folder.path().join("sowhat.vsix");
    dist::package(dist::Target::here()?, &build_sowhat(true)?, &extension)?;
    let mut install = Command::new(code);
    succeed(
        install
            .arg("--install-extension")
            .arg(&extension)
            .arg("--force"),
    )?;
    println!("Open a note: markdown that says what somebody wants to reach.");
    Ok(())
}

fn neovim(nvim: &Path) -> Result<()> {
    let plugin = root().join("editors/nvim");
    let package = data_folder(nvim)?.join("site/pack/sowhat/start/sowhat");
    link(&plugin, &package)?;
    succeed(
        Command::new(nvim)
            .args(["--clean", "--headless", "+helptags doc", "+quit"])
            .current_dir(&plugin),
    )?;
    succeed(cargo().args(["install", "--locked", "--path", "crates/sowhat"]))?;
    println!("{} leads to {}", package.display(), plugin.display());
    println!("Restart Neovim and open a note; `:checkhealth sowhat` says whether all is well.");
    Ok(())
}

/// Neovim's own word on where its packages lie.
fn data_folder(nvim: &Path) -> Result<PathBuf> {
    let output = Command::new(nvim)
        .args([
            "--clean",
            "--headless",
            "+lua io.stdout:write(vim.fn.stdpath('data'))",
            "+quit",
        ])
        .output()
        .with_context(|| {
            format!(
                "{} does not start; name Neovim's command with --nvim",
                nvim.display()
            )
        })?;
    let folder =
        String::from_utf8(output.stdout).context("the path of Neovim's data is no text")?;
    if folder.is_empty() {
        bail!(
            "{} doesn't say where its data is: is it Neovim?",
            nvim.display()
        );
    }
    Ok(PathBuf::from(folder))
}

/// Makes `link` lead to `folder`. What somebody else has put there stays.
fn link(folder: &Path, link: &Path) -> Result<()> {
    if fs::canonicalize(link)
        .is_ok_and(|there| fs::canonicalize(folder).is_ok_and(|folder| folder == there))
    {
        return Ok(());
    }
    if link.symlink_metadata().is_ok() {
        bail!(
            "{} is there already and leads elsewhere. Remove it first",
            link.display()
        );
    }
    fs::create_dir_all(link.parent().expect("a package lies in a folder"))?;
    symlink(folder, link).with_context(|| format!("linking {}", link.display()))
}

#[cfg(unix)]
use std::os::unix::fs::symlink;
#[cfg(windows)]
use std::os::windows::fs::symlink_dir as symlink;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_made_once_and_takes_nobodys_place() -> Result<()> {
        let home = tempfile::tempdir()?;
        let [plugin, other] = ["plugin", "other"].map(|name| home.path().join(name));
        fs::create_dir(&plugin)?;
        fs::create_dir(&other)?;

        let package = home.path().join("site/pack/sowhat/start/sowhat");
        link(&plugin, &package)?;
        assert_eq!(fs::canonicalize(&package)?, fs::canonicalize(&plugin)?);
        link(&plugin, &package).expect("the same once more");

        let refused = link(&other, &package).expect_err("another plugin is there");
        assert!(
            refused
                .to_string()
                .contains("start/sowhat is there already"),
            "{refused}"
        );
        assert_eq!(fs::canonicalize(&package)?, fs::canonicalize(&plugin)?);
        Ok(())
    }
}
