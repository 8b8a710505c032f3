// A rep with one note in the real VS Code: what is on screen, and what is in the file.
//
//   node e2e.mjs --install DIR --chromium PROGRAM --vsix FILE --notes DIR --pictures DIR
//
// `cargo xtask test vscode` fills these in. Prints a line PASS or FAIL a step and saves a picture of each that shows
// something; exit code 1 if a step failed. Each step builds on the one before, so the first failure ends the run.
import assert from "node:assert/strict";
import { until } from "./driver.mjs";
import { editor, findingsPerLine, original, picture, run, start, step, times, trimmed } from "./suite.mjs";

const REVENUE = "Increase revenue 20% YoY";
const CHURN = "Cut churn to 5% by June";
const LAST_QUESTION = "How does that target compare to last year's performance?";
const ASK = "What happens if you don't hit that goal?";

await run(async () => {
  await step("VS Code starts with the extension", async () => {
    await start();
    await editor.open("call.md");
  });

  await step("the server inside starts: both goals are underlined", async () => {
    await until("two goals underlined", async () => (await editor.underlined("warning")) === 2, 60_000);
    await picture("1-findings");
  });

  await step("the hover says what is missing and what to ask, each once", async () => {
    const text = await editor.hover(REVENUE, /Goal: 0 of 3 answered/);
    assert.equal(times(text, ASK), 1, text);
    assert.equal(times(text, "Ask:"), 3, text);
    assert.match(text, /target 20% · period YoY/);
    await picture("2-hover");
  });

  await step("the Problems panel has each finding once, at its goal", async () => {
    await editor.showProblems();
    await findingsPerLine({ 7: 3, 8: 3 });
    // An emoji of eleven UTF-16 units and a blank stand between the list marker and the first goal.
    const places = new Set((await editor.problems()).map((row) => /\[Ln .*\]/.exec(row)[0]));
    assert.deepEqual([...places], ["[Ln 7, Col 15]", "[Ln 8, Col 3]"]);
    await picture("3-problems");
  });

  await step("a hint at each goal's end says what is still open", async () => {
    for (const goal of [REVENUE, CHURN]) {
      await until(`the hint behind ${goal}`, async () => /why\?\s*· if missed\?\s*· vs last year\?/.test(await editor.shown(goal)));
    }
  });

  await step("a lens over the goals counts them", async () => {
    await until("the lens", async () => (await editor.lenses()).includes("2 goals · 0 qualified · ask 6 questions"));
    await picture("3b-hints-and-lens");
  });

  await step("a double click on a part of the hint asks its question", async () => {
    await editor.doubleClick(CHURN, "if missed?");
    await findingsPerLine({ 7: 3, 8: 2 });
    assert.equal(trimmed(await editor.savedText()), original.replace(CHURN, `${CHURN}\n  - ${ASK}`));
    await editor.press("Control+z");
    await findingsPerLine({ 7: 3, 8: 3 });
    await until("the lens as before", async () => (await editor.lenses()).includes("2 goals · 0 qualified · ask 6 questions"));
  });

  await step("a click on the lens asks what every goal misses", async () => {
    await editor.clickLens("2 goals · 0 qualified · ask 6 questions");
    await until("all six questions", async () => times(await editor.text(), LAST_QUESTION) === 2);
    assert.equal(times(await editor.savedText(), "\n  - "), 6);
    await editor.press("Control+z");
    await until("the note as before", async () => (await editor.savedText()) === original);
    await findingsPerLine({ 7: 3, 8: 3 });
  });

  await step("the outline shows the goals, and a search for symbols finds them", async () => {
    assert.ok((await editor.found("#churn")).some((row) => row.includes(CHURN)));
    assert.ok((await editor.found("@revenue")).some((row) => row.includes(REVENUE)));
  });

  await step("the quick fix puts the question below its goal, and nothing else changes", async () => {
    const titles = await editor.quickFixes(REVENUE);
    assert.ok(titles.some((title) => title.includes(ASK)), titles.join("\n"));
    await picture("4-quick-fix");
    await editor.pick(ASK);
    await findingsPerLine({ 7: 2, 9: 3 }); // a question that is asked is a hint, which this panel leaves out
    assert.equal(trimmed(await editor.savedText()), original.replace(REVENUE, `${REVENUE}\n  - ${ASK}`));
    await picture("5-asked");
  });

  await step("the cursor stands where the answer is typed", async () => {
    const answer = "Two of the nine depots close";
    await editor.type(answer);
    await findingsPerLine({ 7: 2, 9: 3 });
    assert.equal(await editor.savedText(), original.replace(REVENUE, `${REVENUE}\n  - ${ASK} ${answer}`));
    await picture("5b-answered");
    // VS Code takes typed words back one by one.
    const asked = original.replace(REVENUE, `${REVENUE}\n  - ${ASK}`);
    await until("the answer gone", async () => {
      await editor.press("Control+z");
      return trimmed(await editor.savedText()) === asked;
    });
  });

  await step("one undo takes it back", async () => {
    await editor.press("Control+z");
    await findingsPerLine({ 7: 3, 8: 3 });
    assert.equal(await editor.savedText(), original);
  });

  await step("a goal that is typed gets its findings, and the others never flicker", async () => {
    await editor.click(CHURN);
    await editor.press("End", "Enter");
    const least = await editor.leastUnderlined("warning", async () => {
      await editor.type("- Grow headcount to 50");
      await until("a third goal underlined", async () => (await editor.underlined("warning")) === 3);
    });
    assert.equal(least, 2);
    await findingsPerLine({ 7: 3, 8: 3, 9: 3 });
  });

  await step("settings reach the server as they change, and are forgotten when they go", async () => {
    editor.settings({ "sowhat.qualifiers": ["realism"] });
    await findingsPerLine({ 7: 1, 8: 1, 9: 1 });
    editor.settings({});
    await findingsPerLine({ 7: 3, 8: 3, 9: 3 });
    assert.deepEqual(await editor.notifications(), []);
  });
});
