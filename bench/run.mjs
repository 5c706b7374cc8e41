// `npm run bench -- NAME ARGS`: bundles bench/NAME.ts and runs it. Without NAME it lists the benches.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const source = (name) => fileURLToPath(new URL(`../packages/${name}/src/index.ts`, import.meta.url));
const names = readdirSync(here)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => file.slice(0, -'.ts'.length));
const list = names.length > 0 ? `available: ${names.join(', ')}` : 'there are none yet: add bench/NAME.ts';

const [name, ...args] = process.argv.slice(2);
if (name === undefined) {
  console.log(`npm run bench -- NAME\n${list}`);
} else if (!names.includes(name)) {
  console.error(`bench: there is no bench "${name}"; ${list}`);
  process.exitCode = 1;
} else {
  process.exitCode = await run(name, args);
}

async function run(name, args) {
  const { build } = await import('esbuild');
  // The folder lies here so that packages, which are not bundled, resolve as they do in the source.
  mkdirSync(`${here}.tmp`, { recursive: true });
  const folder = mkdtempSync(`${here}.tmp/${name}-`);
  try {
    await build({
      entryPoints: [`${here}${name}.ts`],
      outfile: `${folder}/${name}.mjs`,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      // no source map: one in the bundle made small networks' steps a quarter slower, and the command line, whose map lies beside it, reads none
      packages: 'external',
      alias: { '@chainrule/core': source('core'), '@chainrule/onnx': source('onnx'), '@chainrule/pages': source('pages'), '@chainrule/train': source('train') },
      logLevel: 'warning',
    });
    const { status, signal } = spawnSync(process.execPath, [`${folder}/${name}.mjs`, ...args], { stdio: 'inherit' });
    if (signal) console.error(`bench: ${name} ended by ${signal}`);
    return status ?? 1;
  } finally {
    if (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
  }
}
