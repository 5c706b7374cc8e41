/**
 * How long derivations take and how they grow: all gradients of an MLP derived and printed, by depth; big networks, derived.
 * Run: npm run bench -- derive [--json]
 */
import { readFileSync } from 'node:fs'
import { gradients, indexForm, matrixForm, readNetwork, renderText, type Network } from '@chainrule/core'

const ROUNDS = 7

function mlp(depth: number): string {
  const lines = [`dim ${Array.from({ length: depth + 1 }, (_, k) => `n${k}`).join(', ')}`, 'input x[n0]', `target t[n${depth}] one-hot`]
  for (let l = 1; l <= depth; l++) lines.push(`param W^(${l})[n${l}, n${l - 1}], b^(${l})[n${l}]`)
  for (let l = 1; l <= depth; l++) {
    const from = l === 1 ? 'x' : `a^(${l - 1})`
    lines.push(`z^(${l}) = W^(${l}) ${from} + b^(${l})`)
    lines.push(l === depth ? `y = softmax(z^(${l}))` : `a^(${l}) = tanh(z^(${l}))`)
  }
  lines.push('loss E = mean over data: -sum_c t[c] log y[c]')
  return lines.join('\n')
}

const median = (xs: readonly number[]): number => [...xs].sort((a, b) => a - b)[xs.length >> 1]!

function timed(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

/** Derives every gradient and prints each block as the matrix view does: in matrix form, in index form where there is none. */
function deriveAndPrint(network: Network): number {
  const g = gradients(network, network.byName.get(network.loss!)!, network.nodes.filter(n => n.kind === 'param'), 30)
  let length = 0
  for (const b of g.blocks) {
    const [row, column, more] = b.free.filter(i => !i.sample)
    const matrix = more ? null : matrixForm(b.result, { ...(row ? { row } : {}), ...(column ? { column } : {}) })
    length += renderText(matrix ?? indexForm(b.result)).length
  }
  return length
}

interface Row { work: string; readMs: number; deriveMs: number; characters?: number; blocks: number }
const rows: Row[] = []

for (const depth of [2, 5, 10, 20, 50, 100]) {
  const text = mlp(depth)
  let network!: Network
  let characters = 0
  const read: number[] = []
  const derive: number[] = []
  for (let k = 0; k < ROUNDS; k++) {
    read.push(timed(() => { network = readNetwork(text, `mlp-${depth}.chain`) }))
    derive.push(timed(() => { characters = deriveAndPrint(network) }))
  }
  rows.push({ work: `MLP depth ${depth}, all gradients derived and printed`, readMs: median(read), deriveMs: median(derive), characters, blocks: 3 * depth })
}

for (const name of ['resnet50', 'gpt2']) {
  const text = readFileSync(new URL(`../corpus/networks/${name}.chain`, `file://${process.cwd()}/bench/`), 'utf8')
  let network!: Network
  const read = timed(() => { network = readNetwork(text, `${name}.chain`) })
  const params = network.nodes.filter(n => n.kind === 'param')
  const output = [...network.nodes].reverse().find(n => n.definition && !n.inner)!
  const of = network.loss === undefined ? output : network.byName.get(network.loss)!
  let blocks = 0
  const derive = timed(() => { blocks = gradients(network, of, params, 0).blocks.length })
  rows.push({ work: `${name}, all gradients derived`, readMs: read, deriveMs: derive, blocks })
}

if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify({ rows }, null, 2)}\n`)
else {
  for (const r of rows) console.log(`${r.work.padEnd(52)} read ${r.readMs.toFixed(1).padStart(8)} ms   derive ${r.deriveMs.toFixed(1).padStart(8)} ms   ${r.blocks} adjoints`)
  const [a, b] = [rows.find(r => r.work.includes('depth 10,'))!, rows.find(r => r.work.includes('depth 100,'))!]
  console.log(`growth from depth 10 to 100: ${(b.deriveMs / a.deriveMs).toFixed(1)} times (10 is linear)`)
}
