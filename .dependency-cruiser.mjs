// Which file may import which. The folders of packages/core/src form a line: each imports only itself and what stands left of it.
const ORDER = ['shape', 'expression', 'evaluate', 'print', 'operations', 'optimise', 'language', 'network', 'calculus', 'views', 'judge', 'lower']

const CORE = '^packages/core/src/';
const TEST = '\\.test\\.ts$';
/** What tests of other packages may take from inside the core. */
const HELPER = '\\.test-helper\\.ts$|/calculus/random-network\\.ts$';
/** Files of the training package that may need Node. */
const NODE_OR_TEST = '\\.test(-helper|-entry)?\\.ts$|^packages/train/src/(files/)?node\\.ts$';

const direction = ORDER.slice(0, -1).map((folder, i) => ({
  name: `core-direction-${folder}`,
  comment: `${folder} may import only ${ORDER.slice(0, i + 1).join(', ')} and errors.ts.`,
  severity: 'error',
  from: { path: `${CORE}${folder}/`, pathNot: TEST },
  to: { path: `${CORE}(${ORDER.slice(i + 1).join('|')})/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...direction,
    {
      name: 'core-folder-has-a-place',
      comment: 'A new folder of the core needs its place in ORDER.',
      severity: 'error',
      from: {},
      to: { path: `${CORE}[^/]+/`, pathNot: `${CORE}(${ORDER.join('|')})/` },
    },
    {
      name: 'core-errors-below-all',
      comment: 'Every folder may import errors.ts, so errors.ts imports no folder.',
      severity: 'error',
      from: { path: `${CORE}errors\\.ts$` },
      to: { path: `${CORE}[^/]+/` },
    },
    {
      name: 'core-index-on-top',
      comment: 'index.ts is for users of the core; inside it, import the file itself.',
      severity: 'error',
      from: { path: CORE, pathNot: TEST },
      to: { path: `${CORE}index\\.ts$` },
    },
    {
      name: 'core-stands-alone',
      comment: 'The core has no runtime dependency and runs anywhere.',
      severity: 'error',
      from: { path: CORE, pathNot: TEST },
      to: { pathNot: CORE },
    },
    {
      name: 'core-by-its-index',
      comment: 'Apps and other packages import @chainrule/core, never a file inside it.',
      severity: 'error',
      from: { path: '^(apps|packages/(?!core/))' },
      to: { path: '^packages/core/', pathNot: `${CORE}index\\.ts$|${HELPER}` },
    },
    {
      name: 'core-by-its-name',
      comment: 'Apps and other packages import the core as @chainrule/core, not by a path.',
      severity: 'error',
      from: { path: '^(apps|packages/(?!core/))' },
      to: { path: CORE, pathNot: HELPER, dependencyTypes: ['local'] },
    },
    {
      name: 'train-runs-anywhere',
      comment: 'Data, optimisers, checkpoints, the loop and whole runs know no Node; files on disk come in by files/node.ts.',
      severity: 'error',
      from: { path: '^packages/train/src/(data|random|init|optimisers|checkpoint|search|fit|loop|run/|files|[^/]+\\.ts)', pathNot: NODE_OR_TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'train-files-apart',
      comment: 'Only node.ts of the package brings in files/node.ts, so that a browser can have the rest.',
      severity: 'error',
      from: { pathNot: NODE_OR_TEST },
      to: { path: '^packages/train/src/files/node\\.ts$' },
    },
    {
      name: 'pages-without-node',
      comment: 'Pages are text: they know no files and no Node, and run in a browser too.',
      severity: 'error',
      from: { path: '^packages/pages/src/', pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pages-below-apps',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^apps/' },
    },
    { name: 'no-test-import', severity: 'error', from: {}, to: { path: TEST } },
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    // The peers of the bench have a package.json of their own, which is installed when the bench first runs.
    { name: 'resolves', severity: 'error', from: { pathNot: '^bench/peers/' }, to: { couldNotResolve: true } },
  ],
  options: {
    exclude: { path: '(^|/)(dist|\\.tmp)/' },
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types', 'default'] },
  },
};
