// Bundles the CLI: src/main.ts and the core become dist/chainrule.js; what is imported lazily stays in chunks of its own,
// and so does the thread that judges pages, dist/check-worker.js.
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const dist = `${here}dist`;
const ENTRY = 'chainrule.js';
const KEEP_OLD_CHUNKS_MS = 10 * 60_000;

export async function build() {
  const started = new Date();
  const { build: bundle } = await import('esbuild');
  const { outputFiles } = await bundle({
    absWorkingDir: here,
    entryPoints: { chainrule: 'src/main.ts', 'check-worker': 'src/check/worker.ts' },
    outdir: 'dist',
    bundle: true,
    splitting: true,
    chunkNames: '[name]-[hash]',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: 'linked',
    // Native or WebAssembly beside their JavaScript: they stay packages of their own, loaded where something is trained.
    external: ['onnxruntime-node', 'onnxruntime-web'],
    legalComments: 'eof',
    logLevel: 'warning',
    write: false,
    // CommonJS dependencies still call require for Node's own modules.
    banner: { js: "import { createRequire as $createRequire } from 'node:module'; const require = $createRequire(import.meta.url);" },
  });
  mkdirSync(dist, { recursive: true });
  // Another process may run or build the CLI now: each file is replaced whole, and the entry last.
  const entryLast = outputFiles.sort((a, b) => Number(basename(a.path) === ENTRY) - Number(basename(b.path) === ENTRY));
  for (const { path, contents } of entryLast) {
    mkdirSync(dirname(path), { recursive: true });
    const temporary = `${path}.${process.pid}`;
    writeFileSync(temporary, contents);
    renameSync(temporary, path);
  }
  // bin/chainrule.js compares the sources with the time at which this build began to read them.
  utimesSync(`${dist}/${ENTRY}`, started, started);
  removeOldFiles(new Set(outputFiles.map(({ path }) => basename(path))));
}

/** Chunks of former builds go when no running process can still want them. */
function removeOldFiles(current) {
  for (const name of readdirSync(dist)) {
    const path = `${dist}/${name}`;
    if (!current.has(name) && Date.now() - statSync(path).mtimeMs > KEEP_OLD_CHUNKS_MS) rmSync(path, { force: true });
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await build();
