// `node scripts/refresh-docs.mjs`: runs every session of README.md and docs/*.md again and writes what it prints,
// and copies the code of docs/examples into the blocks that name it. docs/docs.test.ts holds the pages to the same.
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const entry = `${root}apps/cli/dist/chainrule.js`;
const execute = promisify(execFile);

/** The pages that are refreshed and tested, from the root. */
export const pages = ['README.md', ...readdirSync(`${root}docs`).filter((file) => file.endsWith('.md')).sort().map((file) => `docs/${file}`)];

/** The text of a page. */
export const textOf = (page) => readFileSync(root + page, 'utf8');

/** All fenced blocks of a Markdown text, with the place of their bodies. */
export function fences(markdown) {
  const found = [];
  const pattern = /^(`{3,})([^\n`]*)\n([\s\S]*?)^\1[ \t]*$/gm;
  for (const match of markdown.matchAll(pattern)) {
    const start = match.index + match[1].length + match[2].length + 1;
    found.push({ info: match[2].trim(), body: match[3], start, end: start + match[3].length });
  }
  return found;
}

/** A session: its first line is a command with chainrule, each `$ ` begins one, a line that ends in \ goes on. */
export const isSession = (body) => /^\$ .*\b(?:npx chainrule|npm start)\b/.test(body);

/** The commands of a session. */
export const commandsOf = (body) => [...body.matchAll(/^\$ ((?:.*\\\n)*.*)$/gm)].map((match) => match[1]);

/** The path that the first line of a block of code names: `// docs/examples/gradient.ts`. */
export const exampleOf = (body) => /^\/\/ (docs\/examples\/\S+\.ts)\n/.exec(body)?.[1];

/** The session with what its commands print today, messages included, at the root. */
export async function replay(body) {
  const parts = await Promise.all(commandsOf(body).map(async (command) => `$ ${command}\n${await produce(command)}`));
  return parts.join('');
}

async function produce(command) {
  // `npx chainrule` and `npm start -- ` run the bundle that is there; what a refused command says belongs to the session
  const script = `run() { "${process.execPath}" "${entry}" "$@"; }
npx() { shift; run "$@"; }
npm() { while [ "$1" != -- ]; do shift; done; shift; run "$@"; }
{ ${command}
} 2>&1 || true`;
  const { stdout } = await execute('bash', ['-c', script], { cwd: root, encoding: 'utf8', timeout: 60_000, maxBuffer: 1 << 24 });
  return stdout;
}

/** What a program of docs/examples prints. */
export async function runExample(path) {
  const { build } = await import('esbuild');
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-docs-'));
  try {
    const outfile = join(folder, 'example.mjs');
    await build({ entryPoints: [root + path], outfile, bundle: true, platform: 'node', target: 'node20', format: 'esm', logLevel: 'warning', external: ['onnxruntime-node', 'onnxruntime-web'] });
    return (await execute(process.execPath, [outfile], { encoding: 'utf8', timeout: 60_000 })).stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The body that a block should have, given the block before it; its own where it is nothing that is run. */
export async function refreshed(block, before) {
  if (isSession(block.body)) return replay(block.body);
  const path = exampleOf(block.body);
  if (path) return `// ${path}\n${readFileSync(root + path, 'utf8')}`;
  // the output of a program stands in the block below it
  const above = before && exampleOf(before.body);
  return above && block.info === 'text' ? runExample(above) : block.body;
}

async function refresh(page) {
  let text = textOf(page);
  const blocks = fences(text);
  for (let k = blocks.length - 1; k >= 0; k--) {
    const { start, end } = blocks[k];
    text = text.slice(0, start) + (await refreshed(blocks[k], blocks[k - 1])) + text.slice(end);
  }
  if (text === textOf(page)) return;
  writeFileSync(root + page, text);
  console.log(`${page}: refreshed`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { build } = await import('../apps/cli/build.mjs');
  await build();
  for (const page of pages) await refresh(page);
}
