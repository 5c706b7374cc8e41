// `npm test`: installs what is missing, then typecheck and lint side by side, then the test suite.
// Arguments go to vitest: `npm test -- packages/core/src/shape`.
import { spawn } from 'node:child_process';
import { installWhatIsMissing, root } from './install.mjs';

const bin = (path) => `${root}node_modules/${path}`;
const tsc = bin('typescript/bin/tsc');
const steps = {
  typecheck: [
    [tsc, '-p', 'packages/core'],
    [tsc, '-p', '.'],
  ],
  lint: [
    [bin('eslint/bin/eslint.js'), '.'],
    [bin('dependency-cruiser/bin/dependency-cruise.mjs'), '--config', '.dependency-cruiser.mjs', 'packages', 'apps', 'corpus', 'bench', 'docs'],
  ],
};

/** Runs one Node program; output is collected unless it is `live`. */
function node(args, live) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: live ? 'inherit' : ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => (output += text));
    child.stderr?.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('error', (error) => resolve({ ok: false, output: `${error.message}\n` }));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

async function check(name) {
  const start = performance.now();
  let ok = true;
  let output = '';
  for (const command of steps[name]) {
    const result = await node(command, false);
    ok &&= result.ok;
    output += result.output;
  }
  console.log(`${name}: ${ok ? 'ok' : 'FAILED'} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  if (output.trim()) console.log(output.trimEnd());
  return ok;
}

installWhatIsMissing();
const names = Object.keys(steps);
const results = await Promise.all(names.map(check));
const failed = names.filter((_, i) => !results[i]);
const suite = await node([bin('vitest/vitest.mjs'), 'run', ...process.argv.slice(2)], true);
if (!suite.ok) failed.push('tests');
if (failed.length > 0) {
  console.error(`failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
