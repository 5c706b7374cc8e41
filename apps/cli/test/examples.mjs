// `node apps/cli/test/examples.mjs` runs the examples of the help again and writes what they print into src/examples.json.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const entry = fileURLToPath(new URL('../dist/chainrule.js', import.meta.url));
const file = fileURLToPath(new URL('../src/examples.json', import.meta.url));

/** What a shell prints for the command, in a folder with the files of the examples. */
export async function produce(command, folder) {
  // a refuted line is an answer: exit code 1
  const script = `chainrule() { "${process.execPath}" "${entry}" "$@"; }\n${command}\n[ $? -le 1 ]`;
  const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd: folder, encoding: 'utf8' });
  return stdout;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { build } = await import('../build.mjs');
  await build();
  const examples = JSON.parse(readFileSync(file, 'utf8'));
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-'));
  for (const [name, text] of Object.entries(examples.files)) writeFileSync(join(folder, name), text);
  for (const example of Object.values(examples.commands)) example.output = await produce(example.command, folder);
  rmSync(folder, { recursive: true });
  writeFileSync(file, `${JSON.stringify(examples, null, 2)}\n`);
  await build();
}
