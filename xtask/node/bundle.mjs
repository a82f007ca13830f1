// Usage: node bundle.mjs <entry> <output>: one minified module of an entry and all that it imports.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

export const bundle = (entry, output) =>
  build({
    entryPoints: [entry],
    outfile: output,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    legalComments: "none",
    logLevel: "warning",
  });

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [entry, output] = process.argv.slice(2);
  await bundle(entry, output);
}
