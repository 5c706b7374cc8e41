import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };

const bin = fileURLToPath(new URL('../bin/chainrule.js', import.meta.url));

test('chainrule --version prints the version of the package', () => {
  expect(execFileSync(process.execPath, [bin, '--version'], { encoding: 'utf8' })).toBe(`${manifest.version}\n`);
});
