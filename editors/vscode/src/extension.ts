/** Puts the parts together. No rule and no default of the server lives in this extension. */
import * as vscode from "vscode";
import { commands } from "./commands";
import { GoalsView } from "./goals";
import { Server } from "./server";
import { Status } from "./status";

/** A change of these needs a server of its own. */
const STARTS_ANEW = ["sowhat.server.path", "sowhat.diagnosticMode"];

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel("sowhat", { log: true });
  const running = (server = new Server(context, log));
  const goals = new GoalsView(running.client);
  const status = new Status(running.client);

  context.subscriptions.push(
    log,
    running,
    goals,
    status,
    ...commands(context),
    running.onChange(() => {
      goals.later();
      void status.show();
    }),
    vscode.commands.registerCommand("sowhat.goals.refresh", () => goals.refresh()),
    vscode.commands.registerCommand("sowhat.showLog", () => log.show()),
    vscode.commands.registerCommand("sowhat.restart", () => running.restart()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (STARTS_ANEW.some((setting) => event.affectsConfiguration(setting))) void running.restart();
    }),
  );
  await running.restart();
}

export function deactivate(): Promise<void> | undefined {
  return server?.stop();
}
