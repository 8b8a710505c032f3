// Where the extension finds the program: the setting's and no other, else the one inside, else the one on the PATH.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findProgram } from "../../../editors/vscode/src/program.ts";

const place = mkdtempSync(join(tmpdir(), "program-"));
process.once("exit", () => rmSync(place, { recursive: true, force: true }));
const extension = join(place, "extension");
const found = (setting = "") => findProgram(setting, extension)?.path;

function program(path) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "", { mode: 0o755 });
  return path;
}

function check(what, got, expected) {
  const same = got === expected;
  console.log(`${same ? "PASS" : "FAIL"}  ${what}${same ? "" : `\n      expected ${expected}\n      got      ${got}`}`);
  process.exitCode ||= same ? 0 : 1;
}

process.chdir(place);
process.env.PATH = `bin:${join(place, "on-path")}`;
program(join(place, "bin/sowhat"));
check("a relative entry of the PATH is left out: the opened folder must not choose", found(), undefined);
const onPath = program(join(place, "on-path/sowhat"));
check("found on the PATH", found(), onPath);
const inside = program(join(extension, "server/sowhat"));
check("before it, the one inside the extension", found(), inside);
const own = program(join(place, "own/sowhat"));
check("before both, the setting's", found(own), own);
chmodSync(own, 0o644);
check("a file that can't be run is no program, and no other takes its place", found(own), undefined);
process.env.HOME = place;
check("~ is the home folder", found("~/on-path/sowhat"), onPath);
