// What the extension adds to VS Code: the Goals view, the status bar, commands and keys, the walkthrough.
//
//   node home.mjs … as e2e.mjs
//
// Its pictures are those of the README and of the extension's page: UPDATE_EXPECT=1 writes them there.
import assert from "node:assert/strict";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "./driver.mjs";
import { editor, folder, given, original, picture, put, run, start, step, trimmed } from "./suite.mjs";

const REVENUE = "Increase revenue 20% YoY";
const CHURN = "Cut churn to 5% by June";
const WHY = "Is this an important target? Why or why not?";
const IF_MISSED = "What happens if you don't hit that goal?";
const ROOT = join(import.meta.dirname, "../../..");

/** A picture, which also lies in the repository as `path`. */
async function shownAs(name, path) {
  await picture(name);
  if (process.env.UPDATE_EXPECT) copyFileSync(join(given.pictures, `${name}.png`), join(ROOT, path));
}

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
    await shownAs("7-goals", "editors/vscode/media/walkthrough-4.png");
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
    await until("the answer counted", async () => (await editor.lenses()).includes("2 goals · 0 qualified · ask 5 questions"));
    await shownAs("8-asked-by-key", "editors/vscode/media/walkthrough-3.png");
  });

  await step("on an answer the key asks the next question of its goal", async () => {
    await editor.press("Control+k", "a");
    await until("the next question", async () => (await editor.text()).includes(IF_MISSED));
    await editor.press("Control+z");
    await until("one question", async () => !(await editor.text()).includes(IF_MISSED));
  });

  await step("Ctrl+K J goes to the next goal with an open question", async () => {
    await editor.press("Control+k", "j");
    await until("the first goal", async () => (await editor.cursor()).startsWith("Ln 7,"));
  });

  await step("Ctrl+K G asks all that a goal misses", async () => {
    await editor.press("Control+k", "g");
    await until("all three", async () => (await editor.savedText()).split("\n").slice(7, 10).every((line) => line.startsWith("  - ")));
  });

  await step("on demand the Problems panel has the findings of notes that are not open", async () => {
    editor.settings({ "sowhat.diagnosticMode": "workspace" });
    await editor.showProblems();
    const hooli = async () => (await editor.problemFiles()).some((row) => row.includes("hooli.md"));
    await until("those of hooli.md", hooli, 30_000, async () => (await editor.problemFiles()).join("\n"));
    await picture("8b-all-problems");
    editor.settings({});
    await until("none of hooli.md", async () => !(await hooli()));
    await editor.command("View: Hide Panel");
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

  await step("the walkthrough leads through a first note, with pictures", async () => {
    await editor.resize({ width: 1600, height: 800 }); // a narrower one leaves the pictures out
    const steps = await editor.walkthrough("Your first note with sowhat");
    assert.deepEqual(steps, ["Open the example note", "See what is still open", "Ask with one key", "Look at all goals"]);
    for (const title of steps) await editor.walkthroughStep(title);
    await editor.walkthroughStep("Look at all goals");
    await editor.walkthroughButton("Show Goals");
    await until("the Goals view", async () => (await editor.tree()).some((row) => row.includes("Hooli")));
    await until("a tick", () => editor.walkthroughDone("Look at all goals"));
    await editor.walkthroughStep("Open the example note");
    await picture("10-walkthrough");
    await editor.resize({ width: 1280, height: 800 });
    await editor.walkthroughButton("Open the Example Note");
    await until("underlined goals", async () => (await editor.underlined("warning")) > 0);
    await until("its goals in the view", async () => (await editor.tree()).some((row) => row.includes("Cut no-shows")));
    await shownAs("11-example", "editors/vscode/media/walkthrough-1.png");
  });

  await step("in the example note the mouse on a goal says what to ask", async () => {
    await editor.hover("Grow hygienist revenue", /Ask:/);
    await shownAs("12-example-hover", "editors/vscode/media/walkthrough-2.png");
  });

  await step("in the example note the quick fix offers the questions", async () => {
    const titles = await editor.quickFixes("Grow hygienist revenue");
    assert.ok(titles.some((title) => title.includes(IF_MISSED)), titles.join("\n"));
    await shownAs("12b-example-quick-fix", "docs/images/vscode.png");
    await editor.press("Escape");
  });

  await step("a new call note has a section for goals", async () => {
    await editor.command("sowhat: New Call Note");
    await until("the template", async () => /Attendees[\s\S]*## Goals/.test(await editor.text()));
  });

  await step("the first open finding is explained", async () => {
    await editor.open("hooli.md");
    await until("underlined", async () => (await editor.underlined("warning")) > 0, 60_000);
    await put("Open 12 stores", 5);
    await editor.command("sowhat: Explain This Finding");
    await until("a preview", async () => (await editor.tabs()).some((tab) => /importance-missing/.test(tab)), 30_000,
      async () => (await editor.tabs()).join("\n"));
    await picture("13-explained");
  });
});
