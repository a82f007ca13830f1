// Usage: node bundle.mjs <entry> <output>: one minified module of an entry and all that it imports.
import { build } from "esbuild";

const [entry, output] = process.argv.slice(2);

await build({
  entryPoints: [entry],
  outfile: output,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "none",
  logLevel: "warning",
});
