/** How good the discovery in the note before you is, in the status bar. */
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { goals, isQualified, openQuestions } from "./goals";

export class Status implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem("sowhat.status", vscode.StatusBarAlignment.Right, 90);
  readonly #disposables: vscode.Disposable[];
  #asked = 0;

  constructor(private readonly client: () => LanguageClient | undefined) {
    this.#item.name = "sowhat: goals of this note";
    this.#item.command = "sowhat.goals.focus";
    const show = () => void this.show();
    this.#disposables = [
      this.#item,
      vscode.window.onDidChangeActiveTextEditor(show),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        const here = vscode.window.activeTextEditor?.document.uri.toString();
        if (uris.some((uri) => uri.toString() === here)) show();
      }),
    ];
  }

  /** Asks the server anew; of several answers on the way only the last counts. */
  async show(): Promise<void> {
    const asked = ++this.#asked;
    const document = vscode.window.activeTextEditor?.document;
    const isNote = document?.languageId === "markdown";
    const found = isNote ? await goals(this.client(), document.uri).catch(() => []) : [];
    if (asked !== this.#asked) return;
    const all = found.flatMap((note) => note.goals);
    if (all.length === 0) return this.#item.hide();
    const open = openQuestions(found);
    this.#item.text = `$(target) ${all.filter(isQualified).length} of ${all.length} goals qualified`;
    this.#item.tooltip = open === 1 ? "1 question is open" : `${open} questions are open`;
    this.#item.show();
  }

  dispose(): void {
    this.#disposables.forEach((of) => of.dispose());
  }
}
