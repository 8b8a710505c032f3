/** The Goals view: notes, their goals, and how each goal stands. Shows what the server says; judges nothing. */
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";

/** How a goal stands with one qualifier, as the server says it. */
export interface Qualifier {
  qualifier: "importance" | "cost-of-inaction" | "realism";
  state: "missing" | "vague" | "asked" | "answered";
  /** Whether a finding asks for it. */
  open: boolean;
}

export interface Goal {
  text: string;
  range: { start: { line: number; character: number }; end: { line: number; character: number } };
  qualifiers: Qualifier[];
}

export interface Note {
  uri: string;
  title: string;
  goals: Goal[];
}

/** What an entry of the view stands for. */
export type Entry =
  | { kind: "note"; note: Note }
  | { kind: "goal"; note: Note; goal: Goal }
  | { kind: "qualifier"; note: Note; goal: Goal; of: Qualifier };

const NAMES = { importance: "Importance", "cost-of-inaction": "Cost of inaction", realism: "Realism" };
const SETTLED_MS = 400;

export const isQualified = (goal: Goal): boolean => goal.qualifiers.every((of) => of.state === "answered");
export const openQuestions = (notes: Note[]): number =>
  notes.flatMap((note) => note.goals).flatMap((goal) => goal.qualifiers).filter((of) => of.open).length;

/** The goals of `uri`, or of all notes of the folder. */
export async function goals(client: LanguageClient | undefined, uri?: vscode.Uri): Promise<Note[]> {
  if (!client?.isRunning()) return [];
  const params = uri ? { textDocument: { uri: client.code2ProtocolConverter.asUri(uri) } } : {};
  return client.sendRequest<Note[]>("sowhat/goals", params);
}

/** Feeds the view. Looks at the folder only while somebody sees it. */
export class GoalsView implements vscode.TreeDataProvider<Entry>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: vscode.TreeView<Entry>;
  readonly #disposables: vscode.Disposable[];
  #timer: NodeJS.Timeout | undefined;
  #outdated = true;

  constructor(private readonly client: () => LanguageClient | undefined) {
    this.#view = vscode.window.createTreeView("sowhat.goals", { treeDataProvider: this, showCollapseAll: true });
    const notes = vscode.workspace.createFileSystemWatcher("**/*.{md,markdown}");
    const later = () => this.later();
    this.#disposables = [
      this.#view,
      this.#changed,
      notes,
      notes.onDidCreate(later),
      notes.onDidChange(later),
      notes.onDidDelete(later),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (uris.some((uri) => /\.(md|markdown)$/i.test(uri.path) || uri.scheme === "untitled")) this.later();
      }),
      this.#view.onDidChangeVisibility(({ visible }) => {
        if (visible && this.#outdated) this.refresh();
      }),
    ];
  }

  /** Looks again once nothing has changed for a moment, if anybody looks. */
  later(): void {
    this.#outdated = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#view.visible && this.refresh(), SETTLED_MS);
  }

  refresh(): void {
    this.#outdated = false;
    this.#changed.fire();
  }

  async getChildren(entry?: Entry): Promise<Entry[]> {
    switch (entry?.kind) {
      case undefined:
        return this.#notes();
      case "note":
        return entry.note.goals.map((goal) => ({ kind: "goal", note: entry.note, goal }));
      case "goal":
        return entry.goal.qualifiers.map((of) => ({ ...entry, kind: "qualifier", of }));
      case "qualifier":
        return [];
    }
  }

  async #notes(): Promise<Entry[]> {
    const notes = await goals(this.client());
    const open = openQuestions(notes);
    this.#view.badge = { value: open, tooltip: open === 1 ? "1 question is open" : `${open} questions are open` };
    return notes.map((note) => ({ kind: "note", note }));
  }

  getTreeItem(entry: Entry): vscode.TreeItem {
    switch (entry.kind) {
      case "note":
        return noteItem(entry.note);
      case "goal":
        return goalItem(entry.note, entry.goal);
      case "qualifier":
        return qualifierItem(entry);
    }
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#disposables.forEach((of) => of.dispose());
  }
}

function noteItem(note: Note): vscode.TreeItem {
  const item = new vscode.TreeItem(note.title, vscode.TreeItemCollapsibleState.Expanded);
  item.id = note.uri;
  item.description = `${note.goals.filter(isQualified).length} of ${note.goals.length} qualified`;
  item.iconPath = new vscode.ThemeIcon("note");
  item.tooltip = vscode.Uri.parse(note.uri).fsPath;
  return item;
}

function goalItem(note: Note, goal: Goal): vscode.TreeItem {
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(goal.text, isQualified(goal) ? Collapsed : Expanded);
  const answered = goal.qualifiers.filter((of) => of.state === "answered").length;
  item.description = `${answered} of ${goal.qualifiers.length}`;
  item.iconPath = new vscode.ThemeIcon(isQualified(goal) ? "pass-filled" : "target");
  item.contextValue = goal.qualifiers.some((of) => of.open) ? "goal.open" : "goal";
  item.command = { title: "Go to the goal", command: "sowhat.goTo", arguments: [note.uri, goal.range] };
  return item;
}

function qualifierItem({ note, goal, of }: Entry & { kind: "qualifier" }): vscode.TreeItem {
  const item = new vscode.TreeItem(NAMES[of.qualifier]);
  const [icon, colour] = {
    answered: ["pass", "testing.iconPassed"],
    asked: ["question", undefined],
    vague: ["warning", "list.warningForeground"],
    missing: ["circle-large-outline", "list.warningForeground"],
  }[of.state] as [string, string | undefined];
  item.description = of.state;
  item.iconPath = new vscode.ThemeIcon(icon, colour ? new vscode.ThemeColor(colour) : undefined);
  item.contextValue = of.open ? "qualifier.open" : "qualifier";
  item.command = { title: "Go to the goal", command: "sowhat.goTo", arguments: [note.uri, goal.range] };
  return item;
}
