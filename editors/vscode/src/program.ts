/** Finds the `sowhat` program. Never downloads one. */
import { accessSync, constants, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";

export const NAME = process.platform === "win32" ? "sowhat.exe" : "sowhat";

export interface Program {
  readonly path: string;
  /** Where the path comes from, in words. */
  readonly why: string;
}

/** The program to start: the setting's and no other where there is one, else the bundled one, else the first on the PATH. */
export function findProgram(setting: string, extension: string): Program | undefined {
  if (setting) return found(setting.replace(/^~(?=[/\\])/, homedir()), "setting sowhat.server.path");
  return found(join(extension, "server", NAME), "inside the extension") ?? onPath();
}

function onPath(): Program | undefined {
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    // A relative entry would let the opened folder choose the program.
    const program = isAbsolute(folder) ? found(join(folder, NAME), "PATH") : undefined;
    if (program) return program;
  }
  return undefined;
}

function found(path: string, why: string): Program | undefined {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile() ? { path, why } : undefined;
  } catch {
    return undefined;
  }
}
