// `npm start -- ARGS`: installs what is missing, then runs the CLI. Without ARGS it runs the main job.
import { pathToFileURL } from 'node:url';
import { installWhatIsMissing, root } from './install.mjs';

/** What a bare `npm start` runs, relative to the repository root. */
const DEFAULT_ARGS = ['derive', 'corpus/sheet-e/sheet-e.chain', '--of', 'E', '--wrt', 'W^(1)', '--view', 'matrix'];

installWhatIsMissing();

const args = process.argv.slice(2);
// npm runs scripts in the root; paths that a user gives are relative to where the user is.
if (args.length > 0 && process.env.npm_lifecycle_event === 'start' && process.env.INIT_CWD) {
  process.chdir(process.env.INIT_CWD);
}
const cli = `${root}apps/cli/bin/chainrule.js`;
process.argv = [process.execPath, cli, ...(args.length > 0 ? args : DEFAULT_ARGS)];
await import(pathToFileURL(cli).href);
