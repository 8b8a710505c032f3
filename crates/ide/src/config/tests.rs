use super::*;
use serde_json::json;

#[track_caller]
fn ok(text: &str) -> Config {
    let (config, warnings) = Config::from_toml(text).unwrap();
    assert_eq!(warnings, []);
    config
}

/// `line:column message` of the error.
#[track_caller]
fn error(text: &str, expected: &str) {
    let problem = Config::from_toml(text).unwrap_err();
    assert_eq!(problem.severity, Severity::Error);
    assert_eq!(
        format!("{}:{} {}", problem.line, problem.column, problem.message),
        expected
    );
}

#[test]
fn the_commented_file_says_nothing_and_uncommented_says_the_defaults() {
    let template = template();
    assert_eq!(ok(&template), Config::default());

    let is_setting = |line: &&str| {
        line.strip_prefix('#')
            .is_some_and(|rest| !rest.is_empty() && !rest.starts_with(' '))
    };
    let lines: Vec<&str> = template
        .lines()
        .filter(is_setting)
        .map(|line| &line[1..])
        .collect();
    for setting in SETTINGS {
        let told = |line: &&str| line.starts_with(setting.key);
        assert!(lines.iter().any(told), "{} is not in the file", setting.key);
    }
    let mut whole = ok(&lines.join("\n"));
    assert_eq!(whole.severities.len(), crate::rules::RULES.len());
    whole.severities.clear();
    assert_eq!(whole, Config::default());
    for line in lines {
        ok(line);
    }
}

#[test]
fn a_file_sets_what_it_says_and_leaves_the_rest() {
    let config = ok(r#"
qualifiers = ["realism", "importance"]
reader = false
goal_headings = ["North star"]
exclude = ["archive/"]
run = "save"
typing_pause = 0
[questions]
importance = ["Why {goal}?"]
[extra_questions]
realism = ["Who believes it?"]
[severity]
importance-missing = "error"
realism-asked = "off"
"#);
    assert_eq!(
        config.qualifiers,
        [Qualifier::Importance, Qualifier::Realism]
    );
    assert!(!config.reader);
    assert_eq!(config.goal_headings, ["North star"]);
    assert_eq!(config.exclude, ["archive/"]);
    assert_eq!(
        (config.run, config.typing_pause),
        (Run::Save, Duration::ZERO)
    );
    let questions = |qualifier| config.questions_of(qualifier).collect::<Vec<_>>();
    assert_eq!(questions(Qualifier::Importance), ["Why {goal}?"]);
    assert_eq!(
        questions(Qualifier::Realism).last(),
        Some(&"Who believes it?")
    );
    assert_eq!(questions(Qualifier::Realism).len(), 3);
    let severity = |code| {
        let rule = crate::rules::find(code).unwrap();
        config.severity(rule.code, rule.severity)
    };
    assert_eq!(severity("importance-missing"), Some(Severity::Error));
    assert_eq!(severity("realism-asked"), None);
    assert_eq!(severity("realism-missing"), Some(Severity::Warning));
}

#[test]
fn errors_name_the_place_and_what_was_expected() {
    error(
        "run = \"fast\"",
        r#"1:7 `run`: expected "type", "save" or "manual", found "fast""#,
    );
    error(
        "\nü = 1\n",
        "2:1 not TOML: invalid unquoted key, expected letters, numbers, `-`, `_`",
    );
    error(
        "run = \n",
        "1:7 not TOML: string values must be quoted, expected literal string",
    );
    error(
        "[severity]\nimportance-missing = 1",
        r#"2:22 `severity.importance-missing`: expected "error", "warning", "information", "hint" or "off", found 1"#,
    );
    error(
        "typing_pause = 0.7",
        "1:16 `typing_pause`: expected milliseconds, 0 to 60000, found a fraction",
    );
    error(
        "typing_pause = -1",
        "1:16 `typing_pause`: expected milliseconds, 0 to 60000, found -1",
    );
    error(
        "exclude = [\n  \"a\",\n  7,\n]",
        "3:3 `exclude`: expected a list of texts, such as [\"…\", \"…\"], found 7",
    );
    error(
        "questions = []",
        "1:13 `questions`: expected a table with a key for each qualifier, found a list",
    );
    error(
        "questions.realism = [\" \"]",
        "1:21 `questions.realism`: expected questions of one line each, found \" \"",
    );
    error(
        "reader = \"no\"",
        "1:10 `reader`: expected true or false, found \"no\"",
    );
    error(
        "reader = 0",
        "1:10 `reader`: expected true or false, found 0",
    );
    error(
        "run = true",
        "1:7 `run`: expected \"type\", \"save\" or \"manual\", found a boolean",
    );
    error(
        "qualifiers = [\"money\"]",
        r#"1:15 `qualifiers`: expected "importance", "cost-of-inaction" or "realism", found "money""#,
    );
}

#[test]
fn an_unknown_key_is_a_warning_with_the_nearest_name() {
    let (config, warnings) =
        Config::from_toml("typingpause = 3\n[severity]\nrealism-mising = \"off\"\ncolour = 3")
            .unwrap();
    assert_eq!(config, Config::default());
    let told: Vec<_> = warnings
        .iter()
        .map(|w| format!("{}:{} {:?} {}", w.line, w.column, w.severity, w.message))
        .collect();
    assert_eq!(
        told,
        [
            "1:1 Warning unknown setting `typingpause`; did you mean `typing_pause`?",
            "3:1 Warning unknown finding `realism-mising`; did you mean `realism-missing`?",
            "4:1 Warning unknown finding `colour`",
        ]
    );
}

#[test]
fn a_client_speaks_with_or_without_the_wrapper_over_the_file() {
    let file = ok("run = \"save\"\ntyping_pause = 5\n[severity]\nrealism-missing = \"hint\"");
    let client =
        json!({"run": "manual", "reader": false, "severity": {"importance-missing": "off"}});
    for client in [client.clone(), json!({"sowhat": client})] {
        let (config, problems) = file.with_client(&client);
        assert_eq!(problems, []);
        assert_eq!(
            (config.run, config.typing_pause),
            (Run::Manual, Duration::from_millis(5))
        );
        assert!(file.reader && !config.reader);
        assert_eq!(config.severities.len(), 2);
    }
    for nothing in [
        json!(null),
        json!({"sowhat": null}),
        json!({}),
        json!({"run": null}),
    ] {
        assert_eq!(file.with_client(&nothing), (file.clone(), vec![]));
    }
}

#[test]
fn what_is_wrong_in_one_of_a_clients_settings_leaves_the_others() {
    let (config, problems) = Config::default().with_client(
        &json!({"reader": "off", "runn": "save", "typing_pause": "700", "exclude": ["a"]}),
    );
    assert_eq!(config.exclude, ["a"]);
    assert!(config.reader);
    let told: Vec<_> = problems
        .iter()
        .map(|p| (p.line, p.message.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (0, "`reader`: expected true or false, found \"off\""),
            (0, "unknown setting `runn`; did you mean `run`?"),
            (
                0,
                "`typing_pause`: expected milliseconds, 0 to 60000, found \"700\""
            ),
        ]
    );
    assert_eq!(Config::default().with_client(&json!([])).1.len(), 1);
}

#[test]
fn the_nearest_folder_comes_first() {
    let candidates: Vec<_> = file_candidates(Path::new("/a/b")).collect();
    assert_eq!(
        candidates,
        ["/a/b/sowhat.toml", "/a/sowhat.toml", "/sowhat.toml"].map(PathBuf::from)
    );
}
