// Installs the dependencies when they are missing or the lock file has changed since the last install.
// Everything it prints goes to stderr.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const lock = `${root}package-lock.json`;
const stamp = `${root}node_modules/.chainrule-lock-hash`;

const lockHash = () => (existsSync(lock) ? createHash('sha256').update(readFileSync(lock)).digest('hex') : 'no lock');
const installedHash = () => (existsSync(stamp) ? readFileSync(stamp, 'utf8') : undefined);

export function installWhatIsMissing() {
  if (installedHash() === lockHash()) return;
  const command = existsSync(lock) ? 'ci' : 'install';
  console.error(`chainrule: installing dependencies (npm ${command})`);
  const { status, error } = npm([command, '--include=dev', '--no-fund', '--no-audit']);
  if (status !== 0) {
    console.error(`chainrule: npm ${command} failed${error ? `: ${error.message}` : ` with exit code ${status}`}`);
    process.exit(status ?? 1);
  }
  writeFileSync(stamp, lockHash());
}

/** npm run by this Node where npm says which file it is, else the npm on the path. */
function npm(args) {
  // The package of ONNX Runtime holds the library for CPUs; what its script would fetch besides is for GPUs.
  const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' };
  const options = { cwd: root, env, stdio: ['ignore', process.stderr, process.stderr] };
  const script = process.env.npm_execpath;
  return script?.endsWith('.js')
    ? spawnSync(process.execPath, [script, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
}
