/** What a person can do by name or by key. Everything that is inserted comes from the server's code actions. */
import * as vscode from "vscode";
import type { Entry, Goal } from "./goals";

const ASK_ONE = /^Ask: /;
const ASK_ALL = /^Ask all /;
const FIX_ALL = vscode.CodeActionKind.Source.append("fixAll").append("sowhat");
const OPEN = /-(missing|vague|asked)$/;

export function commands(context: vscode.ExtensionContext): vscode.Disposable[] {
  const media = (name: string) => vscode.Uri.joinPath(context.extensionUri, "media", name);
  const all: Record<string, (...args: never[]) => unknown> = {
    "sowhat.askHere": (entry?: Entry) => (entry ? askEntry(entry) : onEditor(askHere)),
    "sowhat.askGoal": (entry?: Entry) => (entry ? askEntry(entry) : onEditor(askGoal)),
    "sowhat.askNote": () => onEditor(askNote),
    "sowhat.nextGoal": () => onEditor((editor) => jump(editor, 1)),
    "sowhat.previousGoal": () => onEditor((editor) => jump(editor, -1)),
    "sowhat.explain": () => onEditor(explain),
    "sowhat.goTo": (uri: string, range: Goal["range"]) => goTo(uri, range),
    "sowhat.newNote": () => newNote(),
    "sowhat.openExample": () => openCopy(media("example.md")),
  };
  return Object.entries(all).map(([name, action]) => vscode.commands.registerCommand(name, action));
}

async function onEditor(action: (editor: vscode.TextEditor) => unknown): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== "markdown") return say("open a note first");
  await action(editor);
}

function say(what: string): void {
  vscode.window.setStatusBarMessage(`sowhat: ${what}`, 5_000);
}

// --- asking --------------------------------------------------------------------------------------------------------

async function askHere(editor: vscode.TextEditor): Promise<void> {
  const asks = (await asksNear(editor)).filter(({ title }) => ASK_ONE.test(title));
  await take(asks.find((action) => action.isPreferred) ?? asks[0], "nothing is open here");
}

async function askGoal(editor: vscode.TextEditor): Promise<void> {
  const asks = await asksNear(editor);
  await take(asks.find(({ title }) => ASK_ALL.test(title)) ?? asks[0], "nothing is missing here");
}

/** What can be asked: at the cursor, else on its line, else about the goal below which it stands, as on its answers. */
async function asksNear(editor: vscode.TextEditor): Promise<vscode.CodeAction[]> {
  const { document, selection } = editor;
  const lineOf = (line: number | undefined) => (line === undefined ? undefined : document.lineAt(line).range);
  const places = [() => selection, () => lineOf(selection.active.line), async () => lineOf(await goalAbove(editor))];
  for (const place of places) {
    const range = await place();
    const actions = range ? await actionsAt(editor, range, vscode.CodeActionKind.QuickFix) : [];
    const asks = actions.filter(({ title }) => ASK_ONE.test(title) || ASK_ALL.test(title));
    if (asks.length > 0) return asks;
  }
  return [];
}

/** The line of the goal that folds with the cursor's line. */
async function goalAbove({ document, selection }: vscode.TextEditor): Promise<number | undefined> {
  const { uri } = document;
  const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>("vscode.executeFoldingRangeProvider", uri);
  const goals = new Set(ours(uri).map((of) => of.range.start.line));
  const line = selection.active.line;
  const around = folds.filter((fold) => goals.has(fold.start) && fold.start < line && line <= fold.end);
  return around.map((fold) => fold.start).sort((a, b) => b - a)[0];
}

async function askNote(editor: vscode.TextEditor): Promise<void> {
  const [action] = await actionsAt(editor, editor.selection, FIX_ALL);
  await take(action, "nothing is missing in this note");
}

/** Asks what an entry of the Goals view stands for, in its note. */
async function askEntry(entry: Entry): Promise<void> {
  if (entry.kind === "note") return;
  const editor = await goTo(entry.note.uri, entry.goal.range);
  if (entry.kind === "goal") return askGoal(editor);
  const actions = await actionsAt(editor, editor.selection, vscode.CodeActionKind.QuickFix);
  const code = new RegExp(`^${entry.of.qualifier}-`);
  const isOf = (action: vscode.CodeAction) => action.diagnostics?.some((of) => code.test(codeOf(of)));
  await take(actions.find((action) => ASK_ONE.test(action.title) && isOf(action)), "nothing is open here");
}

async function actionsAt(editor: vscode.TextEditor, range: vscode.Range, kind: vscode.CodeActionKind): Promise<vscode.CodeAction[]> {
  const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider", editor.document.uri, range, kind.value,
  );
  return found.filter((action) => action.edit);
}

async function take(action: vscode.CodeAction | undefined, otherwise: string): Promise<void> {
  if (!action?.edit) return say(otherwise);
  if (!(await vscode.workspace.applyEdit(action.edit))) say("the note has changed meanwhile, so nothing was put in");
}

// --- going ---------------------------------------------------------------------------------------------------------

const codeOf = ({ code }: vscode.Diagnostic): string => String(typeof code === "object" ? code.value : code);
const ours = (uri: vscode.Uri) => vscode.languages.getDiagnostics(uri).filter((of) => of.source === "sowhat");

function jump(editor: vscode.TextEditor, step: 1 | -1): void {
  const open = ours(editor.document.uri).filter((of) => OPEN.test(codeOf(of))).map((of) => of.range.start);
  open.sort((a, b) => step * a.compareTo(b));
  const here = editor.selection.active;
  const next = open.find((place) => step * place.compareTo(here) > 0) ?? open[0];
  if (!next) return say("no question is open in this note");
  editor.selection = new vscode.Selection(next, next);
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

async function goTo(uri: string, { start }: Goal["range"]): Promise<vscode.TextEditor> {
  const at = new vscode.Position(start.line, start.character);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  return vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
}

/** Opens the page that a finding's code leads to: that of the finding under the cursor, or the first on its line. */
async function explain(editor: vscode.TextEditor): Promise<void> {
  const here = editor.selection.active;
  const found = ours(editor.document.uri);
  const finding = found.find((of) => of.range.contains(here)) ?? found.find((of) => of.range.start.line === here.line);
  const page = typeof finding?.code === "object" ? finding.code.target : undefined;
  if (page) await vscode.commands.executeCommand("markdown.showPreviewToSide", page);
  else say("no finding is here");
}

// --- notes ---------------------------------------------------------------------------------------------------------

async function newNote(): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: "markdown", content: "" });
  const editor = await vscode.window.showTextDocument(document);
  const day = new Date().toLocaleDateString("sv"); // as 2026-11-26
  await editor.insertSnippet(new vscode.SnippetString(
    `# Call with \${1:company}, ${day}\n\nAttendees: \${2:who}\n\n## Goals\n\n- \${0}\n\n## Notes\n\n\n## Next steps\n\n- \n`,
  ));
}

/** Opens a file's text as a new note, so that nobody changes the file. */
async function openCopy(file: vscode.Uri): Promise<void> {
  const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: "markdown", content }));
}
