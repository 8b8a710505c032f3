// Drives the real VS Code: code-server with a fresh user folder, and a headless Chromium in front of it.
//
//   const editor = await VSCode.start({ install, chromium, folder, vsix });
//   try { await editor.open("note.md"); … } finally { await editor.stop(); }
//
// Every wait throws after its limit and says what it waited for. VS Code's own selectors may change with its version;
// all of them stand here.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const QUIET_SETTINGS = {
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.tips.enabled": false,
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "extensions.ignoreRecommendations": true,
  "chat.disableAIFeatures": true,
  "git.enabled": false,
  "editor.minimap.enabled": false,
  "files.autoSave": "off",
};

export class VSCode {
  /** Installs the extension, starts the server on a free port and opens `folder` in a browser. */
  static async start({ install, chromium, folder, vsix, viewport = { width: 1280, height: 800 } }) {
    const self = new VSCode();
    self.install = resolve(install);
    self.folder = resolve(folder);
    self.home = mkdtempSync(join(tmpdir(), "vsc-")); // short: sockets go in here, their paths end at 107 bytes
    // Neither code-server nor Chromium leaves anything in the person's own folders.
    self.env = { ...process.env, TMPDIR: self.home, XDG_RUNTIME_DIR: self.home, XDG_CONFIG_HOME: self.home,
      XDG_DATA_HOME: self.home, XDG_CACHE_HOME: self.home };
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => self.stop().finally(() => process.exit(130)));
    try {
      const user = join(self.home, "data/User");
      mkdirSync(user, { recursive: true });
      writeFileSync(join(user, "settings.json"), JSON.stringify(QUIET_SETTINGS));
      const common = ["--config", join(self.home, "config.yaml"), "--user-data-dir", join(self.home, "data"),
        "--extensions-dir", join(self.home, "extensions")];
      self.#codeServerSync([...common, "--install-extension", resolve(vsix)]);
      self.port = await self.#serve([...common, "--auth", "none", "--bind-addr", "127.0.0.1:0", "--disable-telemetry",
        "--disable-update-check", "--disable-workspace-trust"]);

      const { chromium: browser } = createRequire(join(self.install, "package.json"))("playwright-core");
      // --no-sandbox: Chromium refuses to start as root with it.
      self.browser = await browser.launch({ executablePath: chromium, args: ["--no-sandbox"], env: self.env,
        handleSIGINT: false, handleSIGTERM: false });
      self.page = await (await self.browser.newContext({ viewport })).newPage();
      self.page.setDefaultTimeout(30_000);
      return self;
    } catch (error) {
      await self.stop();
      throw error;
    }
  }

  // --- processes -----------------------------------------------------------------------------------------------

  #command(args) {
    return [process.execPath, [join(this.install, "node_modules/code-server/out/node/entry.js"), ...args]];
  }

  #codeServerSync(args) {
    const done = spawnSync(...this.#command(args), { encoding: "utf8", env: this.env });
    if (done.status !== 0) throw new Error(`code-server ${args.at(-2)}: ${done.stdout}${done.stderr}`);
  }

  /** Starts code-server in a process group of its own; resolves with the port that it chose. */
  #serve(args) {
    const [program, all] = this.#command(args);
    this.server = spawn(program, all, { detached: true, stdio: ["ignore", "pipe", "pipe"], env: this.env });
    this.serverLog = "";
    return new Promise((found, failed) => {
      const read = (chunk) => {
        this.serverLog += chunk;
        const port = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(this.serverLog);
        if (port) found(Number(port[1]));
      };
      this.server.stdout.on("data", read);
      this.server.stderr.on("data", read);
      this.server.on("exit", (code) => failed(new Error(`code-server exited with ${code}:\n${this.serverLog}`)));
      setTimeout(() => failed(new Error(`code-server does not listen:\n${this.serverLog}`)), 90_000).unref();
    });
  }

  /** Signals the server's own process group, and nothing else. */
  #signal(signal) {
    try {
      process.kill(-this.server.pid, signal);
    } catch (error) {
      if (error.code !== "ESRCH") throw error;
    }
  }

  /** Ends the browser and the server's own process group (with the language servers in it), removes the fresh folders. */
  async stop() {
    await this.browser?.close();
    if (this.server?.exitCode === null) {
      const gone = new Promise((done) => this.server.once("exit", done));
      this.#signal("SIGTERM");
      const late = setTimeout(() => this.#signal("SIGKILL"), 5_000);
      await gone;
      clearTimeout(late);
    }
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }

  // --- looking -------------------------------------------------------------------------------------------------

  /** Opens `file` (relative to the folder) in a fresh window. */
  async open(file) {
    this.file = join(this.folder, file);
    const payload = JSON.stringify([["openFile", `vscode-remote://127.0.0.1:${this.port}${this.file}`]]);
    const query = new URLSearchParams({ folder: this.folder, payload });
    await this.page.goto(`http://127.0.0.1:${this.port}/?${query}`);
    await this.page.locator(".monaco-editor .view-line").first().waitFor({ timeout: 60_000 });
  }

  /** The line on screen that contains `text`. */
  line(text) {
    return this.page.locator(".editor-instance .view-line").filter({ hasText: pattern(text) }).first();
  }

  /** All that stands on the line with `text`, with what VS Code puts between: hints. */
  async shown(text) {
    return (await this.line(text).innerText()).replaceAll("\u00a0", " ");
  }

  /** The texts of the lenses; also of those that VS Code knows from before and has not made a link yet. */
  lenses() {
    return this.page.locator(".editor-instance .codelens-decoration > *").allInnerTexts();
  }

  async clickLens(text) {
    await this.page.locator(".editor-instance .codelens-decoration a").filter({ hasText: pattern(text) }).first().click();
  }

  /** What the quick open box lists for a query: `#` for symbols of the folder, `@` for those of the note. */
  async found(query) {
    await this.press("Control+p");
    const input = this.page.locator(".quick-input-widget input").first();
    await input.waitFor();
    await input.fill(query);
    const rows = this.page.locator(".quick-input-widget .monaco-list-row");
    await until("an entry", async () => (await rows.count()) > 0 && !/No matching|Looking/.test(await rows.first().innerText()));
    const found = await rows.allInnerTexts();
    await this.press("Escape");
    await this.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
    return found;
  }

  /** The texts of the status bar. */
  async status() {
    return (await this.page.locator(".statusbar-item").allInnerTexts()).join(" | ");
  }

  /** Where the cursor is, as the status bar says it: "Ln 7, Col 3". */
  async cursor() {
    return /Ln \d+, Col \d+/.exec(await this.status())?.[0] ?? "";
  }

  /** The rows of the view in the side bar. */
  async tree() {
    const rows = await this.page.locator(".sidebar .monaco-list-row").allInnerTexts();
    return rows.map((row) => row.replace(/\s+/g, " ").trim());
  }

  async clickRow(text) {
    await this.page.locator(".sidebar .monaco-list-row").filter({ hasText: pattern(text) }).first().click();
  }

  /** The names of the open tabs, as they are read aloud. */
  tabs() {
    const tabs = this.page.locator(".tabs-container .tab");
    return tabs.evaluateAll((all) => all.map((tab) => tab.getAttribute("aria-label") ?? ""));
  }

  /** The name of the tab in front. */
  async title() {
    return (await this.page.locator(".tabs-container .tab.active").first().getAttribute("aria-label")) ?? "";
  }

  /** All text of the editor that is on screen, with its hints. */
  async text() {
    return (await this.page.locator(".editor-instance .view-lines").first().innerText()).replaceAll("\u00a0", " ");
  }

  /** Opens `file` in a running window; how many milliseconds after its text `expected` stands on screen. */
  async untilShown(file, expected) {
    await this.command("View: Close All Editors");
    await this.press("Control+p");
    const input = this.page.locator(".quick-input-widget input").first();
    await input.waitFor();
    await input.fill(file);
    await this.page.locator(".quick-input-widget .monaco-list-row").filter({ hasText: pattern(file) }).first().waitFor();
    const watching = this.page.evaluate((source) => new Promise((done) => {
      const expected = new RegExp(source);
      let text;
      (function frame() {
        const shown = document.querySelector(".editor-instance .view-lines")?.textContent ?? "";
        if (shown.trim() && text === undefined) text = performance.now();
        if (expected.test(shown)) return done(Math.round(performance.now() - text));
        requestAnimationFrame(frame);
      })();
    }), expected.source);
    await this.press("Enter");
    return watching;
  }

  /** Whether a dark theme is on. */
  async isDark() {
    return (await this.page.locator(".monaco-workbench.vs-dark").count()) > 0;
  }

  /** Makes the window so wide and high, and waits until VS Code has filled it: of two changes in a row it misses one. */
  async resize(viewport) {
    await this.page.setViewportSize(viewport);
    await until("the new width", () => this.page.evaluate((width) => {
      window.dispatchEvent(new Event("resize"));
      return document.querySelector(".monaco-workbench").clientWidth === width;
    }, viewport.width));
  }

  /** How many stretches of text are underlined with this severity; findings on one stretch lie on top of each other. */
  underlined(severity) {
    return this.page.locator(SQUIGGLE(severity)).count();
  }

  /** Opens the walkthrough whose title contains `title` and returns the titles of its steps. */
  async walkthrough(title) {
    await this.#choose("Welcome: Open Walkthrough...");
    await this.page.locator(".quick-input-widget .monaco-list-row").filter({ hasText: pattern(title) }).first().click();
    // The first step opens by itself, a moment after it is there.
    await this.page.locator(".gettingStartedContainer .getting-started-step.expanded").waitFor();
    return this.page.locator(".gettingStartedContainer .getting-started-step .step-title").allInnerTexts();
  }

  #walkthroughStep(title) {
    return this.page.locator(".gettingStartedContainer .getting-started-step").filter({ hasText: pattern(title) }).first();
  }

  /** Opens the step of the walkthrough and waits for its picture. */
  async walkthroughStep(title) {
    const step = this.#walkthroughStep(title);
    const isOpen = await step.evaluate((element) => element.classList.contains("expanded"));
    if (!isOpen) await step.click(); // a click on the open one closes it
    const picture = this.page.locator(".gettingStartedContainer .getting-started-media img").first();
    await until(`the picture of ${title}`, async () =>
      (await picture.isVisible()) && (await picture.evaluate((image) => image.complete && image.naturalWidth > 0)));
  }

  /** Whether the step of the walkthrough is ticked. */
  async walkthroughDone(title) {
    return (await this.#walkthroughStep(title).locator(".codicon-getting-started-step-checked:visible").count()) > 0;
  }

  /** Presses the button of the open step. */
  async walkthroughButton(title) {
    await this.page.locator(".gettingStartedContainer .getting-started-step .monaco-button")
      .filter({ hasText: pattern(title) }).first().click();
  }

  /** Rests the mouse on `text` and returns what the hover shows, once `expected` is there: its parts come one by one. */
  async hover(text, expected) {
    const hover = this.page.locator(".monaco-hover:visible .monaco-hover-content").first();
    // What comes in above, such as a lens, moves the text away from the mouse.
    await until("a hover", async () => {
      const box = await this.#place(text);
      await this.page.mouse.move(box.x + box.width / 2 - 3, box.y + box.height / 2);
      await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      return hover.waitFor({ timeout: 3_000 }).then(() => true, () => false);
    });
    await until(`${expected} in the hover`, async () => expected.test(await hover.innerText()), 30_000, () => hover.innerText());
    return hover.innerText();
  }

  /** Opens the Problems panel. */
  async showProblems() {
    await this.command("Problems: Focus on Problems View");
    await this.page.locator(".markers-panel").first().waitFor();
  }

  /** The findings in the open Problems panel, each as "MESSAGE … [Ln 1, Col 2]". */
  async problems() {
    const rows = await this.page.locator(".markers-panel .monaco-list-row").allInnerTexts();
    return rows.map((row) => row.replace(/\s+/g, " ").trim()).filter((row) => row.includes("[Ln "));
  }

  /** The files with findings in the open Problems panel. */
  async problemFiles() {
    const rows = await this.page.locator(".markers-panel .monaco-list-row").allInnerTexts();
    return rows.map((row) => row.replace(/\s+/g, " ").trim()).filter((row) => !row.includes("[Ln "));
  }

  /** The texts of the notifications on screen: what the extension told the person. */
  notifications() {
    return this.page.locator(".notifications-toasts .notification-list-item-message").allInnerTexts();
  }

  /** The texts of all notifications, those that are no more on screen too. */
  async told() {
    await this.command("Notifications: Show Notifications");
    return this.page.locator(".notification-list-item-message").allInnerTexts();
  }

  /** Saves a picture of the window. */
  async picture(path) {
    await this.page.screenshot({ path });
  }

  // --- doing ---------------------------------------------------------------------------------------------------

  /** Kills the language server, once there is one; or sends it another signal. */
  async killServer(signal = "KILL") {
    const ours = `^${join(this.home, "extensions")}.*sowhat server`;
    await until("a server", () => spawnSync("pkill", [`-${signal}`, "-f", ours]).status === 0);
  }

  /** The program inside the extension. */
  program() {
    const installed = join(this.home, "extensions");
    const [extension] = readdirSync(installed).filter((name) => name.startsWith("sowhat."));
    return join(installed, extension, "server/sowhat");
  }

  /** Writes the folder's settings, which VS Code takes over at once. */
  settings(settings) {
    mkdirSync(join(this.folder, ".vscode"), { recursive: true });
    writeFileSync(join(this.folder, ".vscode/settings.json"), JSON.stringify(settings));
  }

  /** Puts the cursor into `text`. */
  async click(text) {
    const box = await this.#place(text);
    await this.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  }

  /** Double-clicks `part` of the line with `text`. */
  async doubleClick(text, part) {
    const box = await this.#place(text, part);
    await this.page.mouse.dblclick(box.x + box.width / 2, box.y + box.height / 2);
  }

  /** Types keystroke by keystroke at the cursor. */
  async type(text) {
    await this.page.keyboard.type(text, { delay: 30 });
  }

  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Opens the quick fix menu (Ctrl+.) on `text` and returns its entries. */
  async quickFixes(text) {
    await this.click(text);
    const rows = this.page.locator(".action-widget .monaco-list-row.action");
    // A key right after the click may still go to the panel that had the focus.
    await until("quick fix menu", async () => {
      await this.press("Control+.");
      return rows.first().waitFor({ timeout: 2_000 }).then(() => true, () => false);
    });
    return (await rows.allInnerTexts()).map((row) => row.trim());
  }

  /** Picks the entry of the open quick fix menu that contains `title`. */
  async pick(title) {
    await this.page.locator(".action-widget .monaco-list-row.action").filter({ hasText: pattern(title) }).first().click();
    await this.page.locator(".action-widget").first().waitFor({ state: "hidden" });
  }

  /** Runs a command by its title through the command palette. */
  async command(title) {
    await this.#choose(title);
    await this.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  }

  async #choose(title) {
    await this.press("F1");
    const input = this.page.locator(".quick-input-widget input").first();
    await input.waitFor();
    await input.fill(`>${title}`);
    await this.page.locator(".quick-input-widget .monaco-list-row").filter({ hasText: pattern(title) }).first().click();
  }

  /** Saves the note (Ctrl+S) and returns the whole file: the one sure way to read all of the text. */
  async savedText() {
    // An edit that comes right behind the key needs it once more.
    await until("a saved note", async () => {
      await this.press("Control+s");
      return this.page.locator(".tabs-container .tab.active:not(.dirty)").first().waitFor({ timeout: 2_000 }).then(() => true, () => false);
    });
    return readFileSync(this.file, "utf8");
  }

  /** Runs `action`; returns the least number of underlined stretches that was on screen in any frame meanwhile. */
  async leastUnderlined(severity, action) {
    await this.page.evaluate((selector) => {
      const watch = (window.__watch = { least: Infinity });
      (function frame() {
        watch.least = Math.min(watch.least, document.querySelectorAll(selector).length);
        if (window.__watch === watch) requestAnimationFrame(frame);
      })();
    }, SQUIGGLE(severity));
    await action();
    return this.page.evaluate(() => {
      const { least } = window.__watch;
      window.__watch = undefined;
      return least;
    });
  }

  /** Where `text` stands on screen, or a part of its line. */
  async #place(text, part = text) {
    const line = this.line(text);
    await line.waitFor();
    return line.evaluate((element, text) => {
      const nodes = []; // colours split a line into several text nodes
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let start = 0; walker.nextNode(); start += walker.currentNode.length) nodes.push({ node: walker.currentNode, start });
      const at = element.textContent.replaceAll("\u00a0", " ").indexOf(text);
      const point = (offset) => {
        const { node, start } = nodes.findLast(({ start }) => start <= offset);
        return [node, offset - start];
      };
      const range = document.createRange();
      range.setStart(...point(at));
      range.setEnd(...point(at + text.length));
      return range.getBoundingClientRect().toJSON();
    }, part);
  }
}

const SQUIGGLE = (severity) => `.editor-instance .squiggly-${severity}`;

/** Waits until `condition` holds; throws with what was there instead. */
export async function until(what, condition, timeout = 30_000, state = async () => "") {
  for (const end = Date.now() + timeout; ; await new Promise((next) => setTimeout(next, 50))) {
    if (await condition()) return;
    if (Date.now() > end) throw new Error(`after ${timeout} ms: no ${what}; ${await state()}`);
  }
}

/** `text` as a pattern: the editor draws blanks as no-break spaces. */
function pattern(text) {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(" ", "[ \u00a0]"));
}
