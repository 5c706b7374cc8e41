#!/usr/bin/env node
// Runs the bundled CLI. In a checkout it first rebuilds a bundle that is missing or older than a source file.
import { existsSync, readdirSync, statSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('..', import.meta.url));
const root = fileURLToPath(new URL('../../..', import.meta.url));
const entry = `${cli}dist/chainrule.js`;

/** Whether a file or folder under `folder` is newer than `time`; a folder is newer when a file came or went. */
function hasNewer(folder, time) {
  if (statSync(folder).mtimeMs > time) return true;
  return readdirSync(folder, { withFileTypes: true }).some((child) => {
    const path = `${folder}/${child.name}`;
    return child.isDirectory() ? hasNewer(path, time) : statSync(path).mtimeMs > time;
  });
}

function isStale() {
  const built = statSync(entry, { throwIfNoEntry: false })?.mtimeMs;
  if (built === undefined) return true;
  // The published package has no build.mjs, and an unpacked archive has no .git: nobody edits their sources.
  if (!existsSync(`${cli}build.mjs`) || !existsSync(`${root}.git`)) return false;
  const files = ['package-lock.json', 'apps/cli/package.json', 'apps/cli/build.mjs'];
  const folders = readdirSync(`${root}packages`).map((name) => `packages/${name}/src`);
  return (
    files.some((file) => (statSync(root + file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > built) ||
    ['apps/cli/src', ...folders].some((folder) => existsSync(root + folder) && hasNewer(root + folder, built))
  );
}

if (isStale()) {
  console.error('chainrule: building the command line (once after a change)');
  const { build } = await import('../build.mjs');
  await build();
}
module.enableCompileCache?.();
await import('../dist/chainrule.js');
