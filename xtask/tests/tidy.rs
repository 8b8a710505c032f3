//! What no compiler holds: which crate may know which, the sentence at a module's top, short files, links that lead
//! somewhere. Reads the clone's files; builds nothing and runs nothing.
#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

use std::fs;
use std::path::{Path, PathBuf};

/// Which of our crates a crate may name; and where its libraries are few on purpose, which.
struct Crate {
    folder: &'static str,
    ours: &'static [&'static str],
    libraries: Option<&'static [&'static str]>,
}

/// Arrows run one way: a crate names what stands above it here, and nothing below.
const CRATES: &[Crate] = &[
    Crate {
        folder: "crates/syntax",
        ours: &[],
        libraries: Some(&["ropey", "tree-sitter", "tree-sitter-md"]),
    },
    Crate {
        folder: "crates/reader",
        ours: &[],
        libraries: Some(&[
            "bytemuck",
            "pulp",
            "rustc-hash",
            "safetensors",
            "unicode-normalization",
        ]),
    },
    Crate {
        folder: "crates/goals",
        ours: &["syntax", "reader"],
        libraries: Some(&["rustc-hash"]),
    },
    Crate {
        folder: "crates/ide",
        ours: &["syntax", "goals"],
        libraries: Some(&["toml", "serde_json", "strsim"]),
    },
    Crate {
        folder: "crates/server",
        ours: &["ide"],
        libraries: None,
    },
    Crate {
        folder: "crates/sowhat",
        ours: &["ide", "server"],
        libraries: None,
    },
    Crate {
        folder: "crates/test-utils",
        ours: &[],
        libraries: None,
    },
    Crate {
        folder: "xtask",
        ours: &[],
        libraries: None,
    },
];

/// The one file of ours that names a library.
const NAMED_ONCE: &[(&str, &str)] = &[
    ("ropey", "crates/syntax/src/document.rs"),
    ("tree_sitter", "crates/syntax/src/parse.rs"),
    ("tree_sitter_md", "crates/syntax/src/parse.rs"),
    ("tower_lsp", "crates/server/src/lsp.rs"),
];

/// What a program links that speaks to a network.
const NETWORK: &[&str] = &[
    "attohttpc",
    "curl",
    "h2",
    "hyper",
    "isahc",
    "native-tls",
    "openssl",
    "reqwest",
    "rustls",
    "socket2",
    "surf",
    "ureq",
];

/// A Rust file's lines, its unit tests not counted.
const LONGEST: usize = 600;

struct File {
    /// From the clone's folder, with `/`.
    path: String,
    text: String,
}

#[test]
fn arrows_run_one_way() {
    let is_ours = |name: &str| {
        let mut names = CRATES.iter().map(|known| known.folder.rsplit('/').next());
        names.any(|known| known == Some(name))
    };
    for known in CRATES {
        let folder = known.folder;
        for (kind, name) in dependencies(&read(&format!("{folder}/Cargo.toml"))) {
            if is_ours(&name) {
                let in_tests = kind == "dev-dependencies" && name == "test-utils";
                assert!(
                    known.ours.contains(&name.as_str()) || in_tests,
                    "{folder} must not know {name}"
                );
            } else if let Some(libraries) = known.libraries.filter(|_| kind == "dependencies") {
                assert!(
                    libraries.contains(&name.as_str()),
                    "{folder} stands on few libraries; is {name} worth it? Then name it here"
                );
            }
        }
    }
}

#[test]
fn every_crate_is_listed_and_linted() {
    let manifests: Vec<File> = files()
        .into_iter()
        .filter(|file| file.path != "Cargo.toml" && file.path.ends_with("/Cargo.toml"))
        .collect();
    assert_eq!(manifests.len(), CRATES.len());
    for file in manifests {
        let folder = file.path.trim_end_matches("/Cargo.toml");
        assert!(
            CRATES.iter().any(|known| known.folder == folder),
            "{folder} is not listed here"
        );
        assert!(
            file.text.contains("[lints]\nworkspace = true"),
            "{folder} goes without the workspace's lints"
        );
    }
}

/// One module, with the files that are its parts.
#[test]
fn one_module_names_each_library() {
    for file in sources("crates/") {
        for (library, home) in NAMED_ONCE {
            let path = format!("{library}::");
            let parts = home.replace(".rs", "/");
            let is_home = file.path == *home || file.path.starts_with(&parts);
            assert!(
                is_home || !code(&file.text).any(|line| line.contains(&path)),
                "{}: only {home} names {library}",
                file.path
            );
        }
    }
}

#[test]
fn the_core_touches_no_file_no_clock_and_no_terminal() {
    let outside = [
        "std::fs",
        "std::env",
        "std::process",
        "SystemTime",
        "println!",
    ];
    for folder in [
        "crates/syntax/",
        "crates/reader/",
        "crates/goals/",
        "crates/ide/",
    ] {
        for file in sources(folder) {
            for name in outside {
                assert!(
                    !code(&file.text).any(|line| line.contains(name)),
                    "{}: {name}",
                    file.path
                );
            }
        }
    }
}

#[test]
fn notes_stay_on_the_machine() {
    let lock = read("Cargo.lock");
    let packages: Vec<&str> = lock
        .lines()
        .filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'))
        .collect();
    assert!(packages.contains(&"sowhat"));
    for name in NETWORK {
        assert!(!packages.contains(name), "{name} is linked");
    }
    for file in sources("crates/") {
        assert!(
            !code(&file.text).any(|line| line.contains("std::net") || line.contains("tokio::net")),
            "{}",
            file.path
        );
    }
}

#[test]
fn modules_begin_with_a_sentence() {
    for file in files() {
        let tests_of_a_module = file.path.ends_with("/tests.rs");
        if file.path.ends_with(".rs") && !tests_of_a_module {
            assert!(
                file.text.starts_with("//! "),
                "{} does not say what it is",
                file.path
            );
        }
    }
}

#[test]
fn files_are_short() {
    for file in files().iter().filter(|file| file.path.ends_with(".rs")) {
        let lines = without_tests(&file.text).lines().count();
        assert!(
            lines <= LONGEST,
            "{}: {lines} lines; {LONGEST} at most",
            file.path
        );
    }
}

/// Where labelled notes lie.
const NOTES: [&str; 2] = ["tests/corpus/", "training/notes/"];

#[test]
fn no_path_of_somebodys_machine() {
    let homes = ["tmp", "root", "home", "work", "Users"].map(|name| format!("/{name}/"));
    // The labelled notes are texts: "180 kr a home" may be written with slashes.
    let ours = files()
        .into_iter()
        .filter(|file| !NOTES.iter().any(|notes| file.path.starts_with(notes)));
    for file in ours {
        for (index, line) in file.text.lines().enumerate() {
            let found = homes.iter().find(|home| line.contains(home.as_str()));
            assert!(found.is_none(), "{}:{}: {line}", file.path, index + 1);
        }
    }
}

#[test]
fn links_lead_somewhere() {
    let mut links = 0;
    for file in manual() {
        let folder = root().join(&file.path);
        let folder = folder.parent().unwrap();
        let targets = file.text.split("](").skip(1);
        for target in targets.filter_map(|rest| rest.split(')').next()) {
            let path = target.split('#').next().unwrap_or_default();
            if path.is_empty() || path.contains(':') {
                continue;
            }
            links += 1;
            assert!(
                folder.join(path).exists(),
                "{}: {target} leads nowhere",
                file.path
            );
        }
    }
    assert!(links > 10);
}

/// A name in backticks that begins as a path of ours is one.
#[test]
fn files_that_are_named_are_there() {
    let rooms = [
        "crates/",
        "docs/",
        "editors/",
        "examples/",
        "tests/",
        "training/",
        "xtask/",
    ];
    let mut named = 0;
    for file in manual() {
        for span in file.text.split('`').skip(1).step_by(2) {
            let is_path = rooms.iter().any(|room| span.starts_with(room));
            if is_path && !span.contains([' ', '*', '…', '{', '<']) {
                named += 1;
                assert!(
                    root().join(span).exists(),
                    "{}: there is no {span}",
                    file.path
                );
            }
        }
    }
    assert!(named > 10);
}

#[test]
fn every_specification_is_in_the_guide() {
    let guide = read("docs/goals.md");
    for file in files() {
        if let Some(name) = file.path.strip_prefix("tests/specs/") {
            assert!(guide.contains(name), "docs/goals.md does not name {name}");
        }
    }
}

/// The clone's folder.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The text files of the clone, without what is built or installed.
fn files() -> Vec<File> {
    let not_ours = [".git", "target", "node_modules", "out", "dist"];
    let mut files = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let entry = entry.unwrap();
            let path = entry.path();
            if not_ours.iter().any(|name| entry.file_name() == *name) {
                continue;
            }
            if entry.file_type().unwrap().is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                let path = path.strip_prefix(root()).unwrap();
                let path = path.to_string_lossy().replace('\\', "/");
                files.push(File { path, text });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// What people read about the project.
fn manual() -> impl Iterator<Item = File> {
    files().into_iter().filter(|file| {
        let aside = [
            "tests/corpus/",
            "tests/specs/",
            "tests/editors/notes/",
            "examples/",
        ];
        file.path.ends_with(".md") && !aside.iter().any(|folder| file.path.starts_with(folder))
    })
}

/// The files that are compiled into what people use.
fn sources(folder: &str) -> impl Iterator<Item = File> {
    files().into_iter().filter(move |file| {
        file.path.starts_with(folder)
            && !file.path.starts_with("crates/test-utils/")
            && file.path.contains("/src/")
            && file.path.ends_with(".rs")
            && !file.path.contains("/tests")
    })
}

/// The lines that are neither comments nor tests.
fn code(text: &str) -> impl Iterator<Item = &str> {
    let lines = without_tests(text).lines();
    lines.filter(|line| !line.trim_start().starts_with("//"))
}

/// The text up to its unit tests, which stand at its end.
fn without_tests(text: &str) -> &str {
    match text.find("\n#[cfg(test)]\nmod ") {
        Some(tests) => &text[..tests],
        None => text,
    }
}

/// The dependencies of a Cargo.toml, each with the section that names it.
fn dependencies(manifest: &str) -> Vec<(String, String)> {
    let mut section = String::new();
    let mut found = Vec::new();
    for line in manifest.lines() {
        if let Some(header) = line.strip_prefix('[') {
            section = header.trim_end_matches(']').to_owned();
            let plain = ["dependencies", "dev-dependencies", "build-dependencies"];
            assert!(
                !section.contains("dependencies") || plain.contains(&section.as_str()),
                "[{section}]: this test reads [dependencies] only"
            );
        } else if section.contains("dependencies")
            && let Some(end) = line.find(['.', ' ', '='])
            && !line.starts_with('#')
        {
            found.push((section.clone(), line[..end].to_owned()));
        }
    }
    found
}
