//! The manual's pages on rules and settings, printed from their declarations. `UPDATE_EXPECT=1 cargo test -p
//! sowhat-ide --test manual` writes them; without it, a page that is not what would be written fails.
#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use sowhat_ide::config::{self, SETTINGS};
use sowhat_ide::{Config, RULES};

/// A file as a team would write it.
const TEAM: &str = "\
# We always ask for the person behind the number.
questions.importance = [\"Whose name is on {target}, and why this {period}?\"]
extra_questions.realism = [\"What is the best you ever did on {metric}?\"]

# Our template calls goals so.
goal_headings = [\"north star\", \"where they are headed\"]

# Old calls, and what we plan ourselves.
exclude = [\"archive/\", \"internal/**\"]

# No warning in the weekly check, but still a word in the editor.
severity.realism-missing = \"information\"
severity.realism-stretch = \"off\"
";

#[test]
fn the_page_of_rules_is_fresh() {
    let mut page = String::from(
        "<!-- Printed from crates/ide/src/rules: see crates/ide/tests/manual.rs. -->\n\
         # The findings\n\
         \n\
         One finding a goal and qualifier that is not answered, on the goal's words. What counts as a goal and as an\n\
         answer is in [goals.md](goals.md); how to change a severity, or to switch a finding off, in\n\
         [configuration.md](configuration.md). `sowhat explain CODE` shows these pages in a terminal.\n\
         \n\
         | Finding | Severity | Says |\n\
         |---|---|---|\n",
    );
    for rule in RULES {
        let code = rule.code;
        let summary = rule.summary;
        let _ = writeln!(
            page,
            "| [`{code}`](#{code}) | {} | {summary} |",
            rule.loudness()
        );
    }
    for rule in RULES {
        let _ = write!(page, "\n## {}\n\n{}", rule.code, rule.body());
    }
    fresh("rules.md", &page);
}

#[test]
fn the_page_of_settings_is_fresh() {
    let mut page = format!(
        "<!-- Printed from crates/ide/src/config/settings.rs: see crates/ide/tests/manual.rs. -->\n\
         # Settings\n\
         \n\
         Settings stand in a file `{}` in the folder of your notes or in any folder above it; the nearest one holds\n\
         them all. The command line and the editors read the same file. `sowhat init` writes one with every setting at\n\
         its default, as comments; without a file the defaults below are in force.\n\
         \n\
         What is wrong in the file is told with its line and with what was expected: a wrong value is an error, and the\n\
         exit code 2; a name that nobody knows is a warning, with the nearest name.\n\
         \n\
         An editor's own settings go over the file, by the same names: `\"sowhat.typing_pause\": 0` in VS Code's\n\
         `settings.json`, and `:help sowhat` shows how in Neovim.\n\
         \n\
         A team may write, for example:\n\
         \n\
         ```toml\n{TEAM}```\n",
        config::FILE_NAME
    );
    let (_, warnings) = Config::from_toml(TEAM).unwrap();
    assert_eq!(warnings, []);

    let template = config::template();
    // One paragraph a setting behind the one at the top: what it does, then its defaults.
    let mut defaults = template.split("\n\n").skip(1);
    for setting in SETTINGS {
        let lines = defaults.next().unwrap_or_default().lines();
        let lines = lines.filter_map(|line| line.strip_prefix('#'));
        let values: Vec<&str> = lines.filter(|line| !line.starts_with(' ')).collect();
        assert!(
            !values.is_empty() && values.iter().all(|line| line.starts_with(setting.key)),
            "{}: {values:?}",
            setting.key
        );
        let _ = write!(
            page,
            "\n## `{}`\n\n{}\n\n```toml\n{}\n```\n",
            setting.key,
            setting.doc,
            values.join("\n")
        );
    }
    assert_eq!(defaults.next(), None);
    page += "\n## In a note\n\
             \n\
             A comment in the note silences what should be left be; one that silences nothing is a finding itself.\n\
             \n\
             | Comment | Silences |\n\
             |---|---|\n\
             | `<!-- sowhat: ignore -->` | the goal on its line, or on the line below |\n\
             | `<!-- sowhat: ignore realism -->` | one qualifier of that goal |\n\
             | `<!-- sowhat: ignore-file -->` | the note |\n";
    fresh("configuration.md", &page);
}

/// `warning; information outside goals headings and where the reader is unsure`
/// Where the settings stand in the extension's manifest: between these lines.
const PROPERTIES: [&str; 2] = [
    "        \"title\": \"Notes\",\n        \"properties\": {\n",
    "        }\n      }\n    ],\n",
];

#[test]
fn the_extensions_settings_are_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../editors/vscode/package.json");
    let manifest = fs::read_to_string(&path).unwrap();
    let (before, rest) = manifest.split_once(PROPERTIES[0]).unwrap();
    let (_, behind) = rest.split_once(PROPERTIES[1]).unwrap();
    let properties: Vec<String> = SETTINGS.iter().map(property).collect();
    let properties = properties.join(",\n");
    let [begin, end] = PROPERTIES;
    let page = format!("{before}{begin}{properties}\n{end}{behind}");
    fresh("../editors/vscode/package.json", &page);
}

/// A setting as VS Code's settings page shows it.
fn property(setting: &config::Setting) -> String {
    let mut schema = setting.schema();
    assert!(!schema["default"].is_null(), "{}", setting.key);
    schema["scope"] = "window".into();
    schema["description"] = setting.doc.replace('\n', " ").into();
    let schema = serde_json::to_string_pretty(&schema).unwrap();
    let text = format!("\"sowhat.{}\": {schema}", setting.key);
    let lines = text.lines().map(|line| format!("          {line}"));
    lines.collect::<Vec<_>>().join("\n")
}

fn fresh(name: &str, page: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../docs")
        .join(name);
    if env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, page).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == page,
        "docs/{name} is not fresh: UPDATE_EXPECT=1 cargo test -p sowhat-ide --test manual"
    );
}
