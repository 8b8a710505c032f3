//! The one declaration of the settings.

use std::time::Duration;

use goals::{QUALIFIERS, Qualifier};
use serde_json::json;

use super::node::{Node, Value};
use super::{Config, Problem, Run};
use crate::rules::{self, Code};
use crate::severity::{SEVERITIES, Severity};

/// One setting.
pub struct Setting {
    /// Its key, in the file and in a client's settings.
    pub key: &'static str,
    /// What it does, for the person who sets it.
    pub doc: &'static str,
    /// What it takes, as JSON schema.
    schema: fn() -> serde_json::Value,
    /// Its default, as TOML.
    pub(super) default: fn() -> Default,
    read: fn(&mut Config, &str, &Node) -> Vec<Problem>,
}

/// What the commented file shows of a setting.
pub(super) enum Default {
    /// Its value.
    Value(String),
    /// The entries of its table.
    Table(Vec<(&'static str, String)>),
}

/// The longest typing pause, in milliseconds.
const LONGEST_PAUSE: i64 = 60_000;

/// What switches a finding off.
const OFF: &str = "off";

/// All settings, in the order in which they are shown.
pub static SETTINGS: &[Setting] = &[
    Setting {
        key: "qualifiers",
        doc: "What a goal has to answer. Leave one out, and nothing asks for it.",
        schema: || json!({"type": "array", "items": {"enum": qualifier_ids()}, "uniqueItems": true}),
        default: || Default::Value(list(&qualifier_ids())),
        read: |config, path, node| {
            let known = qualifier_ids();
            choices(path, node, &known).map_or_else(
                |problem| vec![problem],
                |ids| {
                    let on = |qualifier: &Qualifier| ids.contains(&qualifier.id());
                    config.qualifiers = QUALIFIERS.into_iter().filter(on).collect();
                    Vec::new()
                },
            )
        },
    },
    Setting {
        key: "reader",
        doc: "Whether the learned reader is asked beside the rules. It finds what is freely worded; without it\n\
              sowhat is faster and silent about more.",
        schema: || json!({"type": "boolean"}),
        default: || Default::Value("true".to_owned()),
        read: |config, path, node| {
            let reader = match node.value {
                Value::Boolean(reader) => Ok(reader),
                _ => Err(Problem::wrong(path, node, "true or false".to_owned())),
            };
            set(reader, &mut config.reader)
        },
    },
    Setting {
        key: "goal_headings",
        doc: "Further words that announce goals in a heading or label, in any case.",
        schema: schema_of_texts,
        default: || Default::Value(list::<&str>(&[])),
        read: |config, path, node| set(texts(path, node), &mut config.goal_headings),
    },
    Setting {
        key: "exclude",
        doc: "Notes to leave out: globs as in .gitignore, relative to this file's folder.",
        schema: schema_of_texts,
        default: || Default::Value(list::<&str>(&[])),
        read: |config, path, node| set(texts(path, node), &mut config.exclude),
    },
    Setting {
        key: "run",
        doc: "When an editor shows findings: while you type, when you save, or only when asked to.",
        schema: || {
            let when = ["While you type.", "When you save.", "Only when asked to."];
            json!({"type": "string", "enum": Run::ALL.map(Run::id), "enumDescriptions": when})
        },
        default: || Default::Value(text(Run::Type.id())),
        read: |config, path, node| {
            let known = Run::ALL.map(Run::id);
            let run = choice(path, node, &known).map(|id| {
                Run::ALL
                    .into_iter()
                    .find(|run| run.id() == id)
                    .unwrap_or(Run::Type)
            });
            set(run, &mut config.run)
        },
    },
    Setting {
        key: "typing_pause",
        doc: "For how long, in milliseconds, a finding on a goal that you are typing is held back. 0: not at all.",
        schema: || json!({"type": "integer", "minimum": 0, "maximum": LONGEST_PAUSE}),
        default: || {
            Default::Value(
                <Config as std::default::Default>::default()
                    .typing_pause
                    .as_millis()
                    .to_string(),
            )
        },
        read: |config, path, node| {
            let pause = match node.value {
                Value::Number(number @ 0..=LONGEST_PAUSE) => {
                    Ok(Duration::from_millis(number.unsigned_abs()))
                }
                _ => Err(Problem::wrong(
                    path,
                    node,
                    format!("milliseconds, 0 to {LONGEST_PAUSE}"),
                )),
            };
            set(pause, &mut config.typing_pause)
        },
    },
    Setting {
        key: "questions",
        doc: "The questions that are offered, instead of the usual ones, the preferred first.\n\
              Fields: {goal}, {metric}, {target}, {baseline}, {period}; one that the note does not\n\
              fill reads \"this goal\", \"that number\", \"that target\", \"year\", and a question about a\n\
              {baseline} that is unknown is not offered.",
        schema: || schema_of_table(&qualifier_ids(), &schema_of_texts()),
        default: || {
            let config = <Config as std::default::Default>::default();
            Default::Table(
                QUALIFIERS
                    .map(|q| (q.id(), list(&config.questions[q.index()])))
                    .to_vec(),
            )
        },
        read: |config, path, node| questions(path, node, &mut config.questions),
    },
    Setting {
        key: "extra_questions",
        doc: "Questions that are offered behind those.",
        schema: || schema_of_table(&qualifier_ids(), &schema_of_texts()),
        default: || Default::Table(QUALIFIERS.map(|q| (q.id(), list::<&str>(&[]))).to_vec()),
        read: |config, path, node| questions(path, node, &mut config.extra_questions),
    },
    Setting {
        key: "severity",
        doc: "How loudly each finding is told: \"error\", \"warning\", \"information\", \"hint\" or \"off\".\n\
              A missing answer is a warning under a goals heading and an information elsewhere; set\n\
              here, it is the same everywhere.",
        schema: || {
            let codes: Vec<&str> = rules::RULES.iter().map(|rule| rule.code.as_str()).collect();
            schema_of_table(&codes, &json!({"enum": severity_ids()}))
        },
        default: || {
            let rules = rules::RULES.iter();
            Default::Table(
                rules
                    .map(|r| (r.code.as_str(), text(r.severity.id())))
                    .collect(),
            )
        },
        read: severities,
    },
];

impl Setting {
    /// What it takes and its default, as JSON schema.
    pub fn schema(&self) -> serde_json::Value {
        let mut schema = (self.schema)();
        let values = match (self.default)() {
            Default::Value(value) => format!("{} = {value}", self.key),
            Default::Table(entries) => {
                let entries = entries
                    .iter()
                    .map(|(key, value)| format!("{key} = {value}\n"));
                format!("[{}]\n{}", self.key, entries.collect::<String>())
            }
        };
        // A default that is no TOML is told by the test that prints the manual.
        let default = toml::from_str::<serde_json::Value>(&values).unwrap_or_default();
        schema["default"] = default[self.key].clone();
        schema
    }
}

fn schema_of_texts() -> serde_json::Value {
    json!({"type": "array", "items": {"type": "string"}})
}

fn schema_of_table(keys: &[&str], of: &serde_json::Value) -> serde_json::Value {
    let properties: serde_json::Map<_, _> = keys
        .iter()
        .map(|key| ((*key).to_owned(), of.clone()))
        .collect();
    json!({"type": "object", "properties": properties, "additionalProperties": false})
}

/// Reads a tree into the settings. Gives every problem, in the tree's order.
pub(super) fn read(config: &mut Config, root: &Node) -> Vec<Problem> {
    let Value::Table(entries) = &root.value else {
        return vec![Problem::wrong(
            "sowhat",
            root,
            "a table of settings".to_owned(),
        )];
    };
    let keys: Vec<&str> = SETTINGS.iter().map(|setting| setting.key).collect();
    let mut problems = Vec::new();
    for (key, name, value) in entries {
        match SETTINGS.iter().find(|setting| setting.key == key) {
            Some(setting) => problems.extend((setting.read)(config, key, value)),
            None => problems.push(Problem::unknown(key, name, &keys, "setting")),
        }
    }
    problems
}

fn severities(config: &mut Config, path: &str, node: &Node) -> Vec<Problem> {
    let known = severity_ids();
    let codes: Vec<&str> = rules::RULES.iter().map(|rule| rule.code.as_str()).collect();
    let severities = &mut config.severities;
    entries(path, node, "finding", &codes, |key, path, value| {
        let id = choice(path, value, &known)?;
        if let Some(code) = Code::find(key) {
            severities.retain(|(of, _)| *of != code);
            severities.push((code, Severity::from_id(id)));
        }
        Ok(())
    })
}

fn questions(path: &str, node: &Node, questions: &mut [Vec<String>; 3]) -> Vec<Problem> {
    entries(
        path,
        node,
        "qualifier",
        &qualifier_ids(),
        |key, path, value| {
            let texts = texts(path, value)?;
            if let Some(empty) = texts
                .iter()
                .find(|text| text.trim().is_empty() || text.contains(['\n', '\r']))
            {
                let found = Node {
                    span: value.span.clone(),
                    value: Value::Text(empty.clone()),
                };
                return Err(Problem::wrong(
                    path,
                    &found,
                    "questions of one line each".to_owned(),
                ));
            }
            if let Some(qualifier) = QUALIFIERS
                .into_iter()
                .find(|qualifier| qualifier.id() == key)
            {
                questions[qualifier.index()] = texts;
            }
            Ok(())
        },
    )
}

/// Reads a table whose keys are known names.
fn entries(
    path: &str,
    node: &Node,
    what: &str,
    names: &[&str],
    mut read: impl FnMut(&str, &str, &Node) -> Result<(), Problem>,
) -> Vec<Problem> {
    let Value::Table(entries) = &node.value else {
        return vec![Problem::wrong(
            path,
            node,
            format!("a table with a key for each {what}"),
        )];
    };
    let mut problems = Vec::new();
    for (key, name, value) in entries {
        if names.contains(&key.as_str()) {
            problems.extend(read(key, &format!("{path}.{key}"), value).err());
        } else {
            problems.push(Problem::unknown(key, name, names, what));
        }
    }
    problems
}

fn texts(path: &str, node: &Node) -> Result<Vec<String>, Problem> {
    let expected = || "a list of texts, such as [\"…\", \"…\"]".to_owned();
    let Value::List(items) = &node.value else {
        return Err(Problem::wrong(path, node, expected()));
    };
    let text = |item: &Node| match &item.value {
        Value::Text(text) => Ok(text.clone()),
        _ => Err(Problem::wrong(path, item, expected())),
    };
    items.iter().map(text).collect()
}

fn choice<'a>(path: &str, node: &Node, known: &[&'a str]) -> Result<&'a str, Problem> {
    let Value::Text(text) = &node.value else {
        return Err(Problem::wrong(path, node, any_of(known)));
    };
    let found = known.iter().copied().find(|id| id == text);
    found.ok_or_else(|| Problem::wrong(path, node, any_of(known)))
}

fn choices<'a>(path: &str, node: &Node, known: &[&'a str]) -> Result<Vec<&'a str>, Problem> {
    match &node.value {
        Value::List(items) => items.iter().map(|item| choice(path, item, known)).collect(),
        _ => Err(Problem::wrong(
            path,
            node,
            format!("a list of {}", any_of(known)),
        )),
    }
}

fn set<T>(read: Result<T, Problem>, field: &mut T) -> Vec<Problem> {
    match read {
        Ok(value) => {
            *field = value;
            Vec::new()
        }
        Err(problem) => vec![problem],
    }
}

fn qualifier_ids() -> [&'static str; 3] {
    QUALIFIERS.map(Qualifier::id)
}

fn severity_ids() -> Vec<&'static str> {
    SEVERITIES
        .into_iter()
        .map(Severity::id)
        .chain([OFF])
        .collect()
}

/// `"a", "b" or "c"`
fn any_of(ids: &[&str]) -> String {
    let quoted: Vec<String> = ids.iter().map(|id| format!("\"{id}\"")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

fn text(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn list<T: AsRef<str>>(texts: &[T]) -> String {
    let texts: Vec<String> = texts.iter().map(|item| text(item.as_ref())).collect();
    format!("[{}]", texts.join(", "))
}
