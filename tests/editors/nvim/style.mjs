// Every Lua file is as StyLua formats it by `.stylua.toml`.
//
//   node style.mjs --stylua FOLDER-WITH-NODE_MODULES
//
// The tests run StyLua's build for Node, since that is the one that a package registry has. `stylua .` mends what this
// finds; without that program, `--write` does.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parseArgs } from "node:util";

const { values: given } = parseArgs({ options: { stylua: { type: "string" }, write: { type: "boolean" } } });
const require = createRequire(join(given.stylua, "package.json"));
const { Config, formatCode, IndentType, OutputVerification, QuoteStyle } = require("@johnnymorganz/stylua");
const ROOT = join(import.meta.dirname, "../../..");

function config() {
  const config = Config.new();
  const named = { indent_type: IndentType, quote_style: QuoteStyle };
  for (const line of readFileSync(join(ROOT, ".stylua.toml"), "utf8").trim().split("\n")) {
    const [, key, value] = /^(\w+) = "?(\w+)"?$/.exec(line);
    config[key] = named[key]?.[value] ?? Number(value);
  }
  return config;
}

for (const folder of ["editors/nvim", "tests/editors"]) {
  const files = readdirSync(join(ROOT, folder), { recursive: true }).filter((name) => name.endsWith(".lua"));
  const other = files.filter((name) => {
    const file = join(ROOT, folder, name);
    const before = readFileSync(file, "utf8");
    const after = formatCode(before, config(), undefined, OutputVerification.Full);
    if (given.write && before !== after) writeFileSync(file, after);
    return before !== after;
  });
  console.log(`${other.length === 0 ? "PASS" : "FAIL"}  StyLua leaves the ${files.length} Lua files of ${folder} as they are`);
  for (const name of other) console.log(`      not ${join(folder, name)}`);
  if (other.length > 0) process.exitCode = 1;
}
