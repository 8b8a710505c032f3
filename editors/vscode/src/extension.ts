/** Starts the language server and tells the person when it can't. No rule and no default of the server lives here. */
import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/node";
import { findProgram, NAME } from "./program";
import { changes, ownSettings } from "./settings";

const NOTES = ["file", "untitled"].map((scheme) => ({ scheme, language: "markdown" }));
const OWN_SETTINGS = ["sowhat.server.path", "sowhat.diagnosticMode"];
const OPEN_SETTING = "Open Setting";

let client: LanguageClient | undefined;
let last: Promise<void> = Promise.resolve();

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel("sowhat", { log: true });
  const restart = () => oneAtATime(async () => {
    await stop();
    await start(context, log);
  });

  context.subscriptions.push(
    log,
    vscode.commands.registerCommand("sowhat.restart", restart),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (OWN_SETTINGS.some((setting) => event.affectsConfiguration(setting))) void restart();
    }),
  );
  await restart();
}

export function deactivate(): Promise<void> {
  return oneAtATime(stop);
}

async function start(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Promise<void> {
  const { path, everyNote } = ownSettings();
  const program = findProgram(path, context.extensionPath);
  if (!program) {
    void explainMissing(path);
    return;
  }

  log.info(`starting ${program.path} (${program.why})`);
  client = new LanguageClient("sowhat", "sowhat", { command: program.path, args: ["server"] }, {
    documentSelector: NOTES,
    outputChannel: log,
    middleware: {
      workspace: changes(() => client),
      provideWorkspaceDiagnostics: (known, token, report, next) =>
        everyNote ? next(known, token, report) : untilCancelled(token),
    },
  });
  try {
    await client.start();
  } catch (error) {
    log.error(`${program.path} did not start: ${error}`); // the client has told the person already
  }
}

/** Holds a request for the findings of all notes for as long as nobody wants them. */
function untilCancelled(token: vscode.CancellationToken): Promise<{ items: [] }> {
  return new Promise((done) => token.onCancellationRequested(() => done({ items: [] })));
}

async function stop(): Promise<void> {
  const stopping = client;
  client = undefined;
  // A client that never started can't be stopped, and needn't be.
  if (stopping?.needsStop()) await stopping.stop();
}

/** Runs `action` after the one before it has ended: a restart in the middle of a start leaves no second server behind. */
function oneAtATime(action: () => Promise<void>): Promise<void> {
  last = last.then(action, action);
  return last;
}

async function explainMissing(path: string): Promise<void> {
  const said = path
    ? `sowhat: there is no program at ${path}, so notes are not checked. Correct the setting, or empty it.`
    : `sowhat: the program ${NAME} is neither inside this extension nor on the PATH, so notes are not checked. ` +
      "Install it, or say in the settings where it is.";
  if ((await vscode.window.showWarningMessage(said, OPEN_SETTING)) === OPEN_SETTING) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "sowhat.server.path");
  }
}
