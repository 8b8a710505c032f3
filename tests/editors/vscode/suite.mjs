// What the suites in the real VS Code share: their arguments, steps that print a line and leave a picture where they
// fail, and a folder with the note.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { until, VSCode } from "./driver.mjs";

export const { values: given } = parseArgs({ options: {
  install: { type: "string" }, chromium: { type: "string" }, vsix: { type: "string" }, notes: { type: "string" },
  pictures: { type: "string" },
} });

mkdirSync(given.pictures, { recursive: true });
/** A folder of its own with the note. */
export const folder = mkdtempSync(join(tmpdir(), "notes-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
copyFileSync(join(given.notes, "call.md"), join(folder, "call.md"));
export const original = readFileSync(join(folder, "call.md"), "utf8");

/** The editor, once it has started. */
export let editor;
export async function start(options = {}) {
  editor = await VSCode.start({ install: given.install, chromium: given.chromium, folder, vsix: given.vsix, ...options });
}

export const picture = (name) => editor.picture(join(given.pictures, `${name}.png`));
export const times = (text, part) => text.split(part).length - 1;
export const trimmed = (text) => text.replace(/[ \t]+$/gm, ""); // a blank behind a question is for the answer

export async function step(what, action) {
  const start = Date.now();
  const say = (verdict, more = "") => console.log(`${verdict}  ${what}${more}  [${Date.now() - start} ms]`);
  try {
    const more = await action();
    say("PASS", more ? `: ${more}` : "");
  } catch (error) {
    say("FAIL");
    console.log(error.message.replace(/^/gm, "      "));
    process.exitCode = 1;
    if (editor?.page) {
      await picture("failed");
      for (const text of await editor.told().catch(() => [])) console.log(`      VS Code says: ${text}`);
    }
    throw error;
  }
}

/** Runs steps, each on what the one before it has left; the first failure ends them, and VS Code in any case. */
export async function run(steps) {
  try {
    await steps();
  } catch (error) {
    if (!process.exitCode) throw error; // else a step has said it
  } finally {
    await editor?.stop();
  }
}

/** Puts the cursor into `text` on a line: what comes in above, such as a lens, moves it under the mouse. */
export const put = (text, line) => until(`the cursor on line ${line}`, async () => {
  await editor.click(text);
  return (await editor.cursor()).startsWith(`Ln ${line},`);
});

/** Waits until the Problems panel has these numbers of findings, line by line: { 7: 3, 8: 3 }. */
export async function findingsPerLine(expected) {
  const now = async () => {
    const lines = (await editor.problems()).map((row) => /\[Ln (\d+),/.exec(row)[1]);
    return Object.fromEntries([...new Set(lines)].map((line) => [line, lines.filter((other) => other === line).length]));
  };
  await until(JSON.stringify(expected), async () => JSON.stringify(await now()) === JSON.stringify(expected), 30_000,
    async () => JSON.stringify(await now()));
}
