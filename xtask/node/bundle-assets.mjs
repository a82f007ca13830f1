// Usage: node bundle-assets.mjs: writes what index.html takes from target/sdk besides the app itself:
// - openvidu-browser.js, the SDK as one module, which the bindings' tests get a copy of,
// - app.css, all sheets of the components, and
// - early_form.js, the script of the form that is there before the app.
// Writes nothing that is there already. Trunk calls it before each build, cargo xtask sdk at other times.
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const assets = join(root, "target", "sdk");

if (!existsSync(join(here, "node_modules", "esbuild"))) {
  console.error("error: the npm packages are missing: install them with `cargo xtask setup`");
  process.exit(1);
}
const { bundle } = await import("./bundle.mjs");
await asset(join("src", "app.css"), "app.css");
await asset(join("static", "early_form.js"), "early_form.js");
await sdk();

async function asset(source, name) {
  const [output, next] = [name, `next.${name}`].map((name) => join(assets, name));
  await bundle(join(root, source), next);
  if (existsSync(output) && readFileSync(output).equals(readFileSync(next))) rmSync(next);
  else renameSync(next, output);
}

async function sdk() {
  const output = join(assets, "openvidu-browser.js");
  const copy = join(root, "crates", "openvidu-browser", "sdk", "openvidu-browser.js");
  const stamp = join(assets, "fingerprint");
  const hash = createHash("sha256");
  for (const input of ["sdk.mjs", "bundle.mjs", "package-lock.json"]) hash.update(readFileSync(join(here, input)));
  const fingerprint = hash.digest("hex");
  if ([output, copy, stamp].every(existsSync) && readFileSync(stamp, "utf8") === fingerprint) return;

  console.log("> openvidu-browser: bundling the SDK as one module");
  await bundle(join(here, "sdk.mjs"), output);
  mkdirSync(dirname(copy), { recursive: true });
  copyFileSync(output, copy);
  writeFileSync(stamp, fingerprint);
}
