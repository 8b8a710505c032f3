/** Keeps one language server running, and tells the person in plain words where that can't be done. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import * as vscode from "vscode";
import { CloseAction, ErrorAction, LanguageClient } from "vscode-languageclient/node";
import { findProgram, NAME } from "./program";
import { changes, ownSettings } from "./settings";

const NOTES = ["file", "untitled"].map((scheme) => ({ scheme, language: "markdown" }));
const OPEN_SETTING = "Open Setting";
const SHOW_LOG = "Show Log";
const RESTART = "Restart";

/** A server that ends by itself is started again after so long, as often as there are numbers; then it is left alone. */
const BACK_OFF_MS = [500, 2_000, 8_000];
/** A server that has run for so long has got over what went wrong before. */
const HEALTHY_MS = 5 * 60_000;

export class Server implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  /** A server has come or gone. */
  readonly onChange = this.#changed.event;
  #client: LanguageClient | undefined;
  #last: Promise<void> = Promise.resolve();
  #failures = 0;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  readonly client = (): LanguageClient | undefined => this.#client;

  /** Stops the server if one runs, and starts one. */
  restart(): Promise<void> {
    this.#failures = 0;
    return this.#oneAtATime(() => this.#startAnew());
  }

  stop(): Promise<void> {
    return this.#oneAtATime(() => this.#stop());
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #startAnew(): Promise<void> {
    await this.#stop();
    await this.#start();
    this.#changed.fire();
  }

  async #stop(): Promise<void> {
    const stopping = this.#client;
    this.#client = undefined;
    // A client that never started can't be stopped, and needn't be.
    if (!stopping?.needsStop()) return;
    // The client kills what doesn't leave in time; the next server must not wait for that.
    await stopping.stop().catch((error) => this.log.warn(`the server did not stop as it should: ${error}`));
  }

  async #start(): Promise<void> {
    const { path, everyNote } = ownSettings();
    const program = findProgram(path, this.context.extensionPath);
    if (!program) return void explainMissing(path);

    this.log.info(`starting ${program.path} (${program.why})`);
    const begin = Date.now();
    let spawned = false;
    const server = async () => {
      const child = spawn(program.path, ["server"]);
      await once(child, "spawn"); // throws where it can't be run
      spawned = true;
      return child;
    };
    // The program's end and a failed start are often both told: the first counts.
    let over = false;
    const failed = () => {
      if (over) return;
      over = true;
      void (spawned ? this.#ended(client, Date.now() - begin) : this.#explainCrash(`${program.path} could not be started`));
    };
    const client: LanguageClient = new QuietClient("sowhat", "sowhat", server, {
      documentSelector: NOTES,
      outputChannel: this.log,
      initializationFailedHandler: () => false,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          failed();
          return { action: CloseAction.DoNotRestart, handled: true };
        },
      },
      middleware: {
        workspace: changes(this.client),
        provideWorkspaceDiagnostics: (known, token, report, next) =>
          everyNote ? next(known, token, report) : untilCancelled(token),
      },
    });
    this.#client = client;
    try {
      await client.start();
      tellVersion(client, this.context);
    } catch (error) {
      this.log.error(`${program.path} did not start: ${error}`);
      failed();
    }
  }

  /** Starts a server anew that has ended by itself, a little later each time, until that is of no use. */
  async #ended(client: LanguageClient, ran: number): Promise<void> {
    this.#changed.fire();
    if (ran > HEALTHY_MS) this.#failures = 0;
    const wait = BACK_OFF_MS[this.#failures++];
    if (wait === undefined) return this.#explainCrash("it has stopped several times in a row");

    this.log.warn(`the server ended by itself; it is started again in ${wait} ms`);
    await new Promise((done) => setTimeout(done, wait));
    await this.#oneAtATime(async () => {
      if (this.#client === client) await this.#startAnew(); // else the person was first
    });
  }

  async #explainCrash(what: string): Promise<void> {
    const said = `sowhat: ${what}, so notes are not checked. The log may say why.`;
    const answer = await vscode.window.showErrorMessage(said, SHOW_LOG, RESTART);
    if (answer === SHOW_LOG) this.log.show();
    if (answer === RESTART) await this.restart();
  }

  /** Runs `action` after the one before it has ended: a restart in the middle of a start leaves no second server behind. */
  #oneAtATime(action: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(action, action);
    return this.#last;
  }
}

/** Leaves it to the server's keeper to say what went wrong; what fails while a server is away is logged. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** Holds a request for the findings of all notes for as long as nobody wants them. */
function untilCancelled(token: vscode.CancellationToken): Promise<{ items: [] }> {
  return new Promise((done) => token.onCancellationRequested(() => done({ items: [] })));
}

/** A program of another version works as long as it speaks the protocol; but what it shows may differ from the manual. */
function tellVersion(running: LanguageClient, context: vscode.ExtensionContext): void {
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
