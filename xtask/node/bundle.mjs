// Usage: node bundle.mjs <entry> <output>: one minified file of an entry and all that it imports.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

// What every browser with WebRTC that OpenVidu supports understands.
const target = "es2022";

export const bundle = (entry, output) =>
  build({ entryPoints: [entry], outfile: output, bundle: true, minify: true, format: "esm", target, legalComments: "none", logLevel: "warning" });

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [entry, output] = process.argv.slice(2);
  await bundle(entry, output);
}
