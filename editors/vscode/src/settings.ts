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

/** What the server gets: the whole section without what is read here, which would be unknown keys there. */
function passed(scope?: vscode.Uri): object {
  const { server: _server, diagnosticMode: _mode, ...rest } = vscode.workspace.getConfiguration(undefined, scope).get<Record<string, unknown>>(SECTION, {});
  return rest;
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
