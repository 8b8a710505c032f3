// What the extension adds to VS Code: the Goals view, the status bar, commands and keys, the walkthrough.
//
//   node home.mjs … as e2e.mjs
//
// Its pictures are those of the extension's page: UPDATE_EXPECT=1 writes them there.
import assert from "node:assert/strict";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "./driver.mjs";
import { editor, folder, given, original, picture, run, start, step, trimmed } from "./suite.mjs";

const REVENUE = "Increase revenue 20% YoY";
const CHURN = "Cut churn to 5% by June";
const WHY = "Is this an important target? Why or why not?";
const MEDIA = join(import.meta.dirname, "../../../editors/vscode/media");

/** A picture, which the extension's page shows as `media`. */
async function shownAs(name, media) {
  await picture(name);
  if (process.env.UPDATE_EXPECT) copyFileSync(join(given.pictures, `${name}.png`), join(MEDIA, `${media}.png`));
}

/** Puts the cursor into `text` on a line: what comes in above, such as a lens, moves it under the mouse. */
const put = (text, line) => until(`the cursor on line ${line}`, async () => {
  await editor.click(text);
  return (await editor.cursor()).startsWith(`Ln ${line},`);
});

writeFileSync(join(folder, "hooli.md"), "# Hooli\n\n## Goals\n\n- Open 12 stores by May\n");
writeFileSync(join(folder, "plain.md"), "# Lunch\n\nWe had soup.\n");

await run(async () => {
  await step("VS Code starts with the extension", async () => {
    await start();
    await editor.open("call.md");
  });

  await step("the status bar says how the note stands", async () => {
    await until("0 of 2 goals qualified", async () => (await editor.status()).includes("0 of 2 goals qualified"), 60_000);
  });

  await step("the first hint", async () => {
    const took = await editor.untilShown("hooli.md", /why\?/);
    return `${took} ms after the text of a note that is opened`;
  });

  await step("the Goals view has every note with its goals", async () => {
    await editor.command("View: Show sowhat");
    await until("both notes", async () => /Hooli[\s\S]*Open 12 stores|Open 12 stores[\s\S]*Hooli/.test((await editor.tree()).join("\n")),
      30_000, async () => (await editor.tree()).join("\n"));
    const rows = await editor.tree();
    assert.ok(rows.some((row) => row.includes(REVENUE)), rows.join("\n"));
    assert.ok(rows.some((row) => /Importance.*missing/.test(row)), rows.join("\n"));
    assert.ok(!rows.some((row) => row.includes("Lunch")), "a note without goals is left out");
    await shownAs("7-goals", "walkthrough-4");
  });

  await step("a click on a goal goes there", async () => {
    await editor.clickRow("Open 12 stores by May");
    await until("the other note", async () => (await editor.title()).includes("hooli.md"), 30_000, () => editor.title());
    await editor.open("call.md");
    await until("the server", async () => (await editor.status()).includes("0 of 2 goals qualified"), 60_000);
  });

  await step("Ctrl+K A asks what is missing under the cursor, and the cursor stands where the answer goes", async () => {
    await put(CHURN, 8);
    await editor.press("Control+k", "a");
    await until("the question", async () => trimmed(await editor.savedText()) === original.replace(CHURN, `${CHURN}\n  - ${WHY}`));
    await editor.type("The board promised it");
    assert.ok((await editor.savedText()).includes(`${WHY} The board promised it`));
    await shownAs("8-asked-by-key", "walkthrough-3");
  });

  await step("Ctrl+K J goes to the next goal with an open question", async () => {
    await editor.press("Control+k", "j");
    await until("the first goal", async () => (await editor.cursor()).startsWith("Ln 7,"));
  });

  await step("Ctrl+K G asks all that a goal misses", async () => {
    await editor.press("Control+k", "g");
    await until("all three", async () => (await editor.savedText()).split("\n").slice(7, 10).every((line) => line.startsWith("  - ")));
  });

  await step("a dark theme and a narrow window show the same", async () => {
    editor.settings({ "workbench.colorTheme": "Default Dark Modern" });
    await editor.resize({ width: 760, height: 700 });
    await until("the dark theme", () => editor.isDark());
    await until("the hints", async () => /if missed\?|vs last/.test(await editor.text()));
    await picture("9-dark-and-narrow");
    editor.settings({});
    await editor.resize({ width: 1280, height: 800 });
  });

  await step("the example note opens, and the walkthrough", async () => {
    await editor.command("sowhat: Open the Example Note");
    await until("underlined goals", async () => (await editor.underlined("warning")) > 0);
    await shownAs("10-example", "walkthrough-1");
    await editor.command("sowhat: New Call Note");
    await until("the template", async () => (await editor.text()).includes("Attendees"));
  });

  await step("the first open finding is explained", async () => {
    await editor.open("hooli.md");
    await until("underlined", async () => (await editor.underlined("warning")) > 0, 60_000);
    await put("Open 12 stores", 5);
    await editor.command("sowhat: Explain This Finding");
    await until("a preview", async () => (await editor.tabs()).some((tab) => /importance-missing/.test(tab)), 30_000,
      async () => (await editor.tabs()).join("\n"));
    await picture("11-explained");
  });

  await step("a server that ends by itself is started again, without a word", async () => {
    await editor.killServer();
    await put("Open 12 stores", 5);
    await editor.press("End", "Enter");
    await editor.type("- Hire 4 reps by June");
    await until("two goals underlined", async () => (await editor.underlined("warning")) === 2);
    assert.deepEqual(await editor.notifications(), []);
  });

  await step("one that ends again and again is left alone, which is said once", async () => {
    for (let again = 0; again < 3; again++) await editor.killServer();
    await until("the message", async () => (await editor.notifications()).length > 0);
    const said = await editor.notifications();
    assert.equal(said.length, 1, said.join("\n"));
    assert.match(said[0], /stopped several times in a row, so notes are not checked/);
    await picture("12-stopped");
  });
});
