/** The section `sowhat` of VS Code's settings: what is this extension's own, and what goes to the server as it stands. */
import * as vscode from "vscode";
import { DidChangeConfigurationNotification, type LanguageClient, type Middleware } from "vscode-languageclient/node";

const SECTION = "sowhat";

/** What this extension itself reads. */
export function ownSettings(): { path: string } {
  return { path: vscode.workspace.getConfiguration(SECTION).get<string>("server.path", "").trim() };
}

/** What the server gets: the whole section without `server`, which would be an unknown key there. */
export function passed(scope?: vscode.Uri): object {
  const { server: _, ...rest } = vscode.workspace.getConfiguration(undefined, scope).get<Record<string, unknown>>(SECTION, {});
  return rest;
}

/** Keeps both ways in which settings reach a running server (pushed and asked for) to what it may know. */
export function changes(client: () => LanguageClient | undefined): NonNullable<Middleware["workspace"]> {
  return {
    didChangeConfiguration: async () => {
      await client()?.sendNotification(DidChangeConfigurationNotification.type, { settings: { [SECTION]: passed() } });
    },
    configuration: async (params, token, next) => {
      const answers = await next(params, token);
      if (!Array.isArray(answers)) return answers;
      return params.items.map(({ section, scopeUri }, index) =>
        section === SECTION ? passed(scopeUri ? vscode.Uri.parse(scopeUri) : undefined) : answers[index],
      );
    },
  };
}
