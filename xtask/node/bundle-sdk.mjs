// Usage: node bundle-sdk.mjs: writes the openvidu-browser SDK as one module to target/sdk, where index.html takes it from,
// and to the bindings' crate for its tests. Does nothing if both are there and of this version.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const output = join(root, "target", "sdk", "openvidu-browser.js");
const copy = join(root, "crates", "openvidu-browser", "sdk", "openvidu-browser.js");
const stamp = join(root, "target", "sdk", "fingerprint");

const hash = createHash("sha256");
for (const input of ["sdk.mjs", "bundle.mjs", "package-lock.json"]) hash.update(readFileSync(join(here, input)));
const fingerprint = hash.digest("hex");

const isFresh = [output, copy, stamp].every(existsSync) && readFileSync(stamp, "utf8") === fingerprint;
if (!isFresh) {
  if (!existsSync(join(here, "node_modules", "esbuild"))) {
    console.error("error: the npm packages are missing: install them with `cargo xtask setup`");
    process.exit(1);
  }
  console.log("> openvidu-browser: bundling the SDK as one module");
  const { bundle } = await import("./bundle.mjs");
  await bundle(join(here, "sdk.mjs"), output);
  mkdirSync(dirname(copy), { recursive: true });
  copyFileSync(output, copy);
  writeFileSync(stamp, fingerprint);
}
