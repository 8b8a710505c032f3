//! TOML and JSON as one tree, so that a setting is read once. Keeps where a value stands.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{ConfigProblem, Severity};

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// Bytes of the text; none in JSON.
    pub(super) span: Option<Range<usize>>,
    /// The value.
    pub(super) value: Value,
}

/// What a file of settings can say.
#[derive(Debug, Clone)]
pub(super) enum Value {
    /// `"text"`
    Text(String),
    /// `700`
    Number(i64),
    /// `true`
    Boolean(bool),
    /// `[…]`
    List(Vec<Node>),
    /// A table: keys, each a node of its own for its place, with values.
    Table(Vec<(String, Node, Node)>),
    /// Nothing that a setting takes, in words.
    Other(&'static str),
}

impl Value {
    /// What it is, in words.
    pub(super) fn words(&self) -> String {
        match self {
            Value::Text(text) => format!("\"{text}\""),
            Value::Number(number) => number.to_string(),
            Value::Boolean(_) => "a boolean".to_owned(),
            Value::List(_) => "a list".to_owned(),
            Value::Table(_) => "a table".to_owned(),
            Value::Other(words) => (*words).to_owned(),
        }
    }
}

/// Reads TOML; the error of a text that is none.
pub(super) fn from_toml(text: &str) -> Result<Node, ConfigProblem> {
    let root = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(text.len(), |span| span.start);
        let (line, column) = line_and_column(text, at);
        ConfigProblem {
            severity: Severity::Error,
            line,
            column,
            message: format!("not TOML: {}", error.message()),
            expected: None,
        }
    })?;
    let span = root.span();
    Ok(Node {
        span: Some(span),
        value: table(root.into_inner()),
    })
}

/// Reads JSON; `None` for `null`, which says nothing.
pub(super) fn from_json(json: &serde_json::Value) -> Option<Node> {
    use serde_json::Value as Json;
    let value = match json {
        Json::Null => return None,
        Json::Bool(boolean) => Value::Boolean(*boolean),
        Json::Number(number) => number
            .as_i64()
            .map_or(Value::Other("a fraction"), Value::Number),
        Json::String(text) => Value::Text(text.clone()),
        Json::Array(items) => Value::List(items.iter().filter_map(from_json).collect()),
        Json::Object(entries) => Value::Table(
            entries
                .iter()
                .filter_map(|(key, value)| {
                    let name = Node {
                        span: None,
                        value: Value::Text(key.clone()),
                    };
                    Some((key.clone(), name, from_json(value)?))
                })
                .collect(),
        ),
    };
    Some(Node { span: None, value })
}

/// Line and column of a byte, both from 1; the column in Unicode scalar values.
pub(super) fn line_and_column(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    (line, before[start..].chars().count() + 1)
}

fn node(value: Spanned<DeValue<'_>>) -> Node {
    let span = Some(value.span());
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or(Value::Other("a number out of bounds"), Value::Number),
        DeValue::Float(_) => Value::Other("a fraction"),
        DeValue::Boolean(boolean) => Value::Boolean(boolean),
        DeValue::Datetime(_) => Value::Other("a date"),
        DeValue::Array(items) => Value::List(items.into_iter().map(node).collect()),
        DeValue::Table(entries) => table(entries),
    };
    Node { span, value }
}

fn table(entries: DeTable<'_>) -> Value {
    let mut entries: Vec<(String, Node, Node)> = entries
        .into_iter()
        .map(|(key, value)| {
            let span = Some(key.span());
            let key = key.into_inner().into_owned();
            let name = Node {
                span,
                value: Value::Text(key.clone()),
            };
            (key, name, node(value))
        })
        .collect();
    // In the order of the file, so that the first problem told is the first one met.
    entries.sort_by_key(|(_, name, _)| name.span.as_ref().map_or(0, |span| span.start));
    Value::Table(entries)
}
