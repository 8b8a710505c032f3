/** Starts the language server and tells the person when it can't. No rule and no default of the server lives here. */
import * as vscode from "vscode";
import { CloseAction, ErrorAction, type ErrorHandler, LanguageClient } from "vscode-languageclient/node";
import { commands } from "./commands";
import { GoalsView } from "./goals";
import { findProgram, NAME } from "./program";
import { changes, ownSettings } from "./settings";
import { Status } from "./status";

const NOTES = ["file", "untitled"].map((scheme) => ({ scheme, language: "markdown" }));
const OWN_SETTINGS = ["sowhat.server.path", "sowhat.diagnosticMode"];
const OPEN_SETTING = "Open Setting";
const SHOW_LOG = "Show Log";

/** A server that ends by itself is started again after so long, as often as there are numbers; then it is left alone. */
const BACK_OFF_MS = [500, 2_000, 8_000];
/** Who has run for so long has got over what went wrong before. */
const HEALTHY_MS = 5 * 60_000;

let client: LanguageClient | undefined;
let last: Promise<void> = Promise.resolve();
let views: { goals: GoalsView; status: Status } | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel("sowhat", { log: true });
  const restart = () => oneAtATime(async () => {
    await stop();
    await start(context, log);
  });
  views = { goals: new GoalsView(() => client), status: new Status(() => client) };

  context.subscriptions.push(
    log,
    views.goals,
    views.status,
    ...commands(context),
    vscode.commands.registerCommand("sowhat.goals.refresh", () => views?.goals.refresh()),
    vscode.commands.registerCommand("sowhat.showLog", () => log.show()),
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
  client = new QuietClient("sowhat", "sowhat", { command: program.path, args: ["server"] }, {
    documentSelector: NOTES,
    outputChannel: log,
    errorHandler: backOff(log),
    middleware: {
      workspace: changes(() => client),
      provideWorkspaceDiagnostics: (known, token, report, next) =>
        everyNote ? next(known, token, report) : untilCancelled(token),
    },
  });
  try {
    await client.start();
    explainVersion(client, context);
  } catch (error) {
    log.error(`${program.path} did not start: ${error}`); // the client has told the person already
  }
  look();
}

async function stop(): Promise<void> {
  const stopping = client;
  client = undefined;
  // A client that never started can't be stopped, and needn't be.
  if (stopping?.needsStop()) await stopping.stop();
  look();
}

/** What is shown beside the editor follows the server. */
function look(): void {
  views?.goals.later();
  void views?.status.show();
}

/** Holds a request for the findings of all notes for as long as nobody wants them. */
function untilCancelled(token: vscode.CancellationToken): Promise<{ items: [] }> {
  return new Promise((done) => token.onCancellationRequested(() => done({ items: [] })));
}

/** Runs `action` after the one before it has ended: a restart in the middle of a start leaves no second server behind. */
function oneAtATime(action: () => Promise<void>): Promise<void> {
  last = last.then(action, action);
  return last;
}

/** Logs what fails while a server is away for a moment, such as the keys typed then: the next one hears of them anyway. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown, show: boolean | "force" = true): void {
    super.error(message, data, show === "force" ? show : false);
  }
}

// --- what went wrong -----------------------------------------------------------------------------------------------

/** Starts a server that has ended again, a little later each time, and says so once when that is of no use. */
function backOff(log: vscode.LogOutputChannel): ErrorHandler {
  let failures = 0;
  let started = Date.now();
  return {
    error: () => ({ action: ErrorAction.Continue, handled: true }),
    closed: async () => {
      if (Date.now() - started > HEALTHY_MS) failures = 0;
      const wait = BACK_OFF_MS[failures++];
      if (wait === undefined) {
        void explainCrash(log);
        return { action: CloseAction.DoNotRestart, handled: true };
      }
      log.warn(`the server ended by itself; it is started again in ${wait} ms`);
      await new Promise((done) => setTimeout(done, wait));
      started = Date.now();
      setTimeout(look, 1_000);
      return { action: CloseAction.Restart, handled: true };
    },
  };
}

async function explainCrash(log: vscode.LogOutputChannel): Promise<void> {
  const said = "sowhat has stopped several times in a row, so notes are not checked any more. The log may say why.";
  const answer = await vscode.window.showErrorMessage(said, SHOW_LOG, "Restart");
  if (answer === SHOW_LOG) log.show();
  if (answer === "Restart") await vscode.commands.executeCommand("sowhat.restart");
}

/** A program of another version works as long as it speaks the protocol; but what it shows may differ from the manual. */
function explainVersion(running: LanguageClient, context: vscode.ExtensionContext): void {
  const own = String(context.extension.packageJSON.version);
  const theirs = running.initializeResult?.serverInfo?.version;
  if (theirs && theirs !== own) {
    void vscode.window.showWarningMessage(
      `sowhat: the program is version ${theirs}, this extension ${own}. Install the same version of both, or empty the setting sowhat.server.path to use the program inside the extension.`,
    );
  }
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
