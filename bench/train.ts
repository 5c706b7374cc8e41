/**
 * Training steps per second of our engines and of others on the same steps, side by side, one process each, in interleaved rounds.
 * Run: npm run bench -- train [--rows a,c] [--threads 1,2] [--engines chainrule,pytorch] [--rounds 7] [--seconds 0.5] [--json] [--install]
 * [--tune off] [--ways wide,taps] [--profile] [--markdown rows.json]
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { lower } from '@chainrule/core'
import { networkOf, stepOf, writeData } from './train/data.ts'
import { type Command, type Engine, startEngine } from './train/engine.ts'
import { interleaved, sameLosses } from './train/measure.ts'
import { OURS, serveOurs } from './train/ours.ts'
import { blas, BLAS_MACS, installPeers, PEER_ENGINES } from './train/peers.ts'
import { printProfile, profileUnder } from './train/profile.ts'
import { type Line, markdown, printed, printLine } from './train/table.ts'
import { type Work, WORKS } from './train/works.ts'

const { values: asked } = parseArgs({
  options: {
    rows: { type: 'string' }, threads: { type: 'string', default: '1,2' }, engines: { type: 'string' }, rounds: { type: 'string', default: '7' }, seconds: { type: 'string', default: '0.5' },
    json: { type: 'boolean', default: false }, install: { type: 'boolean', default: false }, tune: { type: 'string', default: 'on' }, ways: { type: 'string' }, profile: { type: 'boolean', default: false }, prefix: { type: 'string' },
    markdown: { type: 'string' }, serve: { type: 'string' }, data: { type: 'string' },
  },
})
const FOLDER = 'bench/.tmp'

/** An engine of ours is this file again, told to serve. */
function ours(engine: string, data: string, threads: number): Command {
  const extra = [...(asked.ways === undefined ? [] : ['--ways', asked.ways]), ...(asked.profile ? ['--prefix', `${FOLDER}/profile`] : [])]
  return { file: process.execPath, args: [process.argv[1]!, '--serve', engine, '--data', data, '--threads', String(threads), '--tune', asked.tune, ...extra] }
}

/** Multiply-adds of a step in products that sum. */
function macsOf(w: Work): number {
  const { nodes } = stepOf(networkOf(w), w.batch).program
  return nodes.reduce((s, n) => s + (n.kind === 'contract' && n.operands.length === 2 ? lower.volume(n.loops) : 0), 0)
}

async function row(w: Work, threads: number): Promise<Line[]> {
  const data = writeData(w, `${FOLDER}/data`)
  const names = [...(w.ours ?? ['chainrule']), ...Object.keys(PEER_ENGINES)]
  const wanted = asked.engines === undefined ? names : asked.engines.split(',').filter(n => [...names, 'chainrule wasm'].includes(n))
  const engines: Engine[] = []
  const absent: Line[] = []
  const about = { work: `(${w.id}) ${w.work}`, batch: w.batch, threads }
  for (const name of wanted) {
    if (threads > 1 && name.endsWith('javascript')) continue
    const command = name in OURS ? ours(name, data, threads) : PEER_ENGINES[name]!({ data, threads })
    const made = typeof command === 'string' ? command : await startEngine(name, command)
    if (typeof made === 'string') absent.push({ ...about, engine: name, why: made })
    else engines.push(made)
  }
  const reference = blas({ data, threads })
  const sgemm = typeof reference === 'string' ? reference : await startEngine('sgemm', reference)
  const all = typeof sgemm === 'string' ? engines : [...engines, sgemm]
  try {
    await sameLosses(engines)
    const made = await interleaved(all, Number(asked.rounds), Number(asked.seconds))
    const macs = macsOf(w)
    const rate = (name: string): number | undefined => { const k = all.findIndex(e => e.name === name); return k < 0 ? undefined : made[k]!.stepsPerSecond }
    const [torch, products] = [rate('pytorch'), rate('sgemm')]
    const lines: Line[] = []
    for (const [k, e] of engines.entries()) {
      const m = made[k]!
      const { peakMemoryMB } = await e.end()
      lines.push({
        ...about, engine: e.name, version: e.ready.version, stepsPerSecond: m.stepsPerSecond, best: m.best, stepsPerCpuSecond: m.stepsPerCpuSecond, ratioToPyTorch: torch === undefined ? null : m.stepsPerSecond / torch,
        gflops: 2e-9 * macs * m.stepsPerSecond, shareOfBlas: products === undefined ? null : macs * m.stepsPerSecond / (BLAS_MACS * products), peakMemoryMB, secondsToFirstStep: e.secondsToFirstStep,
      })
    }
    return [...lines, ...absent]
  } finally {
    for (const e of all) e.kill()
  }
}

/** Where our time goes on a row. */
async function profiled(w: Work, threads: number): Promise<void> {
  const engine = await startEngine('chainrule', ours('chainrule', writeData(w, `${FOLDER}/data`), threads))
  if (typeof engine === 'string') throw new Error(engine)
  const start = performance.now()
  do await engine.run(1); while (performance.now() - start < 3000 * Number(asked.seconds))
  await engine.end()
  await engine.gone
  console.log(`(${w.id}) ${w.work}, batch ${w.batch}, threads ${threads}`)
  printProfile(profileUnder(`${FOLDER}/profile`, 40))
}

async function main(): Promise<void> {
  if (asked.markdown !== undefined) { console.log(markdown((JSON.parse(readFileSync(asked.markdown, 'utf8')) as { readonly rows: readonly Line[] }).rows)); return }
  if (asked.install) installPeers()
  const rows: Line[] = []
  for (const w of WORKS) {
    if (asked.rows !== undefined && !asked.rows.split(',').includes(w.id)) continue
    for (const threads of asked.threads.split(',').map(Number)) {
      if ((threads > 1 || asked.profile) && w.ours?.every(n => n.endsWith('javascript'))) continue
      if (asked.profile) { await profiled(w, threads); continue }
      const lines = await row(w, threads)
      rows.push(...lines)
      if (!asked.json) lines.forEach(printLine)
    }
  }
  if (asked.json) process.stdout.write(`${JSON.stringify({ rows: rows.map(printed) }, null, 2)}\n`)
}

if (asked.serve !== undefined) await serveOurs({ engine: asked.serve, data: asked.data!, threads: Number(asked.threads), cache: `${FOLDER}/tune`, tune: asked.tune !== 'off', ...(asked.ways === undefined ? {} : { ways: asked.ways.split(',') }), ...(asked.prefix === undefined ? {} : { profile: asked.prefix }) })
else await main()
