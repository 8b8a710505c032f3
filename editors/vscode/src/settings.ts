/** The section `sowhat` of VS Code's settings: what is this extension's own, and what the server gets as it stands. */
import * as vscode from "vscode";
import type { LanguageClient, Middleware } from "vscode-languageclient/node";

const SECTION = "sowhat";

/** What this extension itself reads. */
export function ownSettings(): { path: string; everyNote: boolean } {
  const settings = vscode.workspace.getConfiguration(SECTION);
  return {
    path: settings.get<string>("server.path", "").trim(),
    everyNote: settings.get<string>("diagnosticMode") === "workspace",
  };
}

/** What this extension reads itself; unknown keys to the server. */
const OWN = ["server", "diagnosticMode"];

/**
 * What the server gets: only what somebody has set. The defaults that the settings page shows would else go over every
 * `sowhat.toml`.
 */
function passed(scope?: vscode.Uri): object {
  const settings = vscode.workspace.getConfiguration(SECTION, scope);
  const keys = Object.keys(vscode.workspace.getConfiguration(undefined, scope).get<object>(SECTION, {}));
  const set = keys.filter((key) => !OWN.includes(key)).map((key) => {
    const of = settings.inspect(key);
    return [key, of?.workspaceFolderValue ?? of?.workspaceValue ?? of?.globalValue];
  });
  return Object.fromEntries(set.filter(([, value]) => value !== undefined));
}

/** Answers the server's requests for settings with what it may know, and tells it of changes while it runs. */
export function changes(client: () => LanguageClient | undefined): NonNullable<Middleware["workspace"]> {
  return {
    configuration: async (params, token, next) => {
      const answers = await next(params, token);
      if (!Array.isArray(answers)) return answers;
      return params.items.map(({ section, scopeUri }, index) =>
        section === SECTION ? passed(scopeUri ? vscode.Uri.parse(scopeUri) : undefined) : answers[index],
      );
    },
    didChangeConfiguration: async (sections, next) => {
      const told = client();
      try {
        if (told?.isRunning()) await next(sections);
      } catch (error) {
        if (client() === told) throw error; // else a new path has stopped it meanwhile
      }
    },
  };
}
