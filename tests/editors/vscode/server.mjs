// What a rep is told where the program is missing, of another version, or ends by itself: plain words, once.
//
//   node server.mjs … as e2e.mjs
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "./driver.mjs";
import { editor, folder, picture, put, run, start, step } from "./suite.mjs";

const CHURN = "Cut churn to 5% by June";

/** A program in the folder that `#!` starts with `interpreter`. */
function script(name, interpreter, lines = "") {
  const path = join(folder, name);
  writeFileSync(path, `#!${interpreter}\n${lines}\n`, { mode: 0o755 });
  return path;
}

/** Passes everything on to the real program, but says that it is version 0.0.1. */
const older = () => script("older", process.execPath, `
  const program = require("child_process").spawn(${JSON.stringify(editor.program())}, process.argv.slice(2));
  process.stdin.pipe(program.stdin);
  program.stdout.on("data", (data) => process.stdout.write(String(data).replace(/("version":")\\d\\.\\d\\.\\d"/, '$10.0.1"')));
`);

const use = (path) => editor.settings(path ? { "sowhat.server.path": path } : {});
const underlined = (count) =>
  until(`${count} goals underlined`, async () => (await editor.underlined("warning")) === count, 60_000);

/** One message is on screen and matches; takes it away. */
async function isTold(pattern) {
  await until("a message", async () => (await editor.notifications()).length > 0);
  const told = await editor.notifications();
  assert.equal(told.length, 1, told.join("\n"));
  assert.match(told[0], pattern);
  await editor.command("Notifications: Clear All Notifications");
}

await run(async () => {
  await step("VS Code starts with the extension", async () => {
    await start();
    await editor.open("call.md");
    await underlined(2);
  });

  await step("a program that isn't there is told, and the findings go", async () => {
    use("/nowhere/sowhat");
    await underlined(0);
    await picture("14-no-program");
    await isTold(/no program at \/nowhere\/sowhat, so notes are not checked/);
  });

  await step("a program that can't be started is told", async () => {
    use(script("unstartable", "/nowhere/interpreter"));
    await isTold(/unstartable could not be started, so notes are not checked/);
  });

  await step("with the setting put right all is well again", async () => {
    use();
    await underlined(2);
    assert.deepEqual(await editor.notifications(), []);
  });

  await step("a server that hangs makes way for the next", async () => {
    await editor.killServer("STOP");
    await editor.command("sowhat: Restart Server");
    await put(CHURN, 8);
    await editor.press("End", "Enter");
    await editor.type("- Open 2 depots by May");
    await underlined(3);
    assert.deepEqual(await editor.notifications(), []);
  });

  await step("a server that ends by itself is started again, without a word", async () => {
    await editor.killServer();
    await put(CHURN, 8);
    await editor.press("End", "Enter");
    await editor.type("- Hire 4 reps by June");
    await underlined(4);
    assert.deepEqual(await editor.notifications(), []);
  });

  await step("one that ends again and again is left alone, which is said once", async () => {
    for (let again = 0; again < 3; again++) await editor.killServer();
    await until("a message", async () => (await editor.notifications()).length > 0);
    await picture("15-stopped");
    await isTold(/stopped several times in a row, so notes are not checked/);
  });

  await step("so is one that ends at once, which is said once", async () => {
    use(script("ends", "/bin/sh", "exit 1"));
    await isTold(/stopped several times in a row, so notes are not checked/);
  });

  await step("a program of another version works, and is told", async () => {
    use(older());
    await underlined(4);
    await isTold(/the program is version 0\.0\.1, this extension/);
  });
});
