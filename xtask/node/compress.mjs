// Usage: node compress.mjs <directory>: puts a .br and a .gz beside every file that becomes smaller by it, and prints
// the sizes in bytes as JSON: [{ "file", "raw", "gzip", "brotli" }].
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const [directory] = process.argv.slice(2);

const sizes = readdirSync(directory, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const raw = readFileSync(path);
    const gzip = gzipSync(raw, { level: constants.Z_BEST_COMPRESSION });
    const brotli = brotliCompressSync(raw, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
        [constants.BROTLI_PARAM_SIZE_HINT]: raw.length,
      },
    });
    if (gzip.length < raw.length) writeFileSync(`${path}.gz`, gzip);
    if (brotli.length < raw.length) writeFileSync(`${path}.br`, brotli);
    return { file: path, raw: raw.length, gzip: gzip.length, brotli: brotli.length };
  });

console.log(JSON.stringify(sizes));
