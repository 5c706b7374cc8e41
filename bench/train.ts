/**
 * Training steps per second of our engine on the rows of the issue, with one and two threads, and GEMM-bound rows in GFLOP/s.
 * Run: npm run bench -- train [--rows a,c] [--threads 1,2] [--seconds 2] [--json]
 */
import { writeFileSync } from 'node:fs'
import { findOptimiser, lower, readNetwork } from '@chainrule/core'
import { chooser, type Feeds, javascript, onnxruntimeNode, type Runtime, type Session, tune } from '../packages/train/src/runtimes/index.ts'
import { machineName, processorClock, tuneCacheIn } from '../packages/train/src/runtimes/tune-cache.ts'

interface Row { readonly id: string; readonly work: string; readonly batch: number; readonly text: string; readonly runtime: Runtime; readonly classes?: readonly string[] }

const classes = (n: number): string => `target t[${n}] one-hot`
const crossEntropy = 'loss E = mean over data: cross_entropy_logits(z, t)'

const MLP = `input x[784]\n${classes(10)}\nh = relu(dense(x, 128))\nz = dense(h, 10)\n${crossEntropy}`
const SHEET_E = `input x[256]\n${classes(10)}\nparam W^(1)[7, 256], W^(2)[10, 7]\ny^(1) = sigmoid(W^(1) x)\ny^(2) = softmax(W^(2) y^(1))\nloss E = mean over data: -sum_c t[c] log y^(2)[c]`
const LENET = `input x[1, 32, 32]\n${classes(10)}
c1 = relu(conv(x, filters=6, kernel=5, padding=0, bias=true))\ns2 = maxpool(c1, window=2)
c3 = relu(conv(s2, filters=16, kernel=5, padding=0, bias=true))\ns4 = maxpool(c3, window=2)
c5 = relu(conv(s4, filters=120, kernel=5, padding=0, bias=true))\nf6 = relu(dense(c5, 84, bias=true))
z = dense(f6, 10, bias=true)\n${crossEntropy}`
const SHEET_A2 = `input x[1, 100, 100]\ntarget t2[1]\nc1 = relu(conv(x, filters=100, kernel=5, padding=same, bias=true))\nc2 = relu(conv(c1, filters=100, kernel=5, padding=same, bias=true))
p = maxpool(c2, window=2)\nd1 = relu(dense(p, 100, bias=true))\nd2 = relu(dense(d1, 100, bias=true))\ny = dense(d2, 1, bias=true)\nloss E = mean over data: binary_cross_entropy_logits(y, t2)`
const RESNET = `input x[3, 32, 32]\n${classes(10)}
block conv_bn(x[C, H, W], filters, stride=1):\n  c = conv(x, filters, 3, stride=stride, padding=1, bias=false)\n  return batchnorm(c)
block residual(x[C, H, W], filters, stride=1):\n  a = relu(conv_bn(x, filters, stride))\n  b = conv_bn(a, filters)\n  s = conv(x, filters, 1, stride=stride, padding=0, bias=false) if stride > 1\n  s = x if stride = 1\n  return relu(b + s)
c0 = relu(conv_bn(x, 32))\nc1 = relu(conv_bn(c0, 32))\nr1 = residual(c1, 32)\nr2 = residual(r1, 64, 2)\nr3 = residual(r2, 128, 2)
z = dense(global_avgpool(r3), 10)\n${crossEntropy}`
const SMALL = 'input x[2]\ntarget y\nparam w^[1][2, 2], w^[2][1, 2]\na^[1] = tanh(w^[1] x)\np = sigmoid(w^[2] a^[1])\nloss J = mean over data: (y - p[1])^2'
const TRANSFORMER = `input x[64, 128]\n${classes(10)}
block encoder(x[T, d]):\n  a = layernorm(x + multihead_attention(x, heads=4))\n  h = relu(dense(a, 512))\n  return layernorm(a + dense(h, d))
e1 = encoder(x)\ne2 = encoder(e1)\nm = mean(e2, axis=1)\nz = dense(m, 10)\n${crossEntropy}`

const ROWS: readonly Row[] = [
  { id: 'a', work: '784-128-10 MLP', batch: 64, text: MLP, runtime: onnxruntimeNode },
  { id: 'a', work: '784-128-10 MLP', batch: 256, text: MLP, runtime: onnxruntimeNode },
  { id: 'b', work: '256-7-10', batch: 4, text: SHEET_E, runtime: onnxruntimeNode },
  { id: 'b', work: '256-7-10', batch: 4, text: SHEET_E, runtime: javascript },
  { id: 'c', work: 'LeNet-5', batch: 64, text: LENET, runtime: onnxruntimeNode },
  { id: 'd', work: 'sheet A2 CNN', batch: 4, text: SHEET_A2, runtime: onnxruntimeNode },
  { id: 'e', work: 'ResNet, 8 convolutions', batch: 32, text: RESNET, runtime: onnxruntimeNode },
  { id: 'f', work: '2-2-1', batch: 1, text: SMALL, runtime: javascript },
  { id: 'g', work: 'transformer encoder', batch: 16, text: TRANSFORMER, runtime: onnxruntimeNode },
]

const option = (name: string): string | undefined => { const k = process.argv.indexOf(`--${name}`); return k < 0 ? undefined : process.argv[k + 1] }
const seconds = Number(option('seconds') ?? 2)
const threadCounts = (option('threads') ?? '1,2').split(',').map(Number)
const wanted = option('rows')?.split(',')
const forced = option('ways')?.split(',')

/** Numbers that do not matter, the same in every run. */
function noise(n: number, scale: number): Float32Array {
  let s = 12345
  return Float32Array.from({ length: n }, () => { s = (s * 1103515245 + 12345) & 0x7fffffff; return (s / 0x40000000 - 1) * scale })
}

interface Prepared { readonly session: Session; readonly feeds: Feeds; readonly macs: number; readonly seconds: number }

async function prepare(row: Row, threads: number): Promise<Prepared> {
  const start = performance.now()
  const network = readNetwork(row.text, row.work)
  const { program, scalars } = lower.stepProgram(network, { samples: row.batch }, { optimiser: findOptimiser('sgd') })
  const measured = forced || row.runtime === javascript || process.argv.includes('--tune-off') ? undefined : await tune(row.runtime, program, { threads, cache: tuneCacheIn('bench/.tmp/tune'), machine: machineName(), seconds: 60, ...(threads === 1 ? { clock: processorClock } : {}) })
  const choose = measured ? chooser(measured) : (site: lower.Site): string => forced?.find(w => site.ways.includes(w)) ?? site.ways[0]!
  const session = await row.runtime.open(program, { threads, choose, ...(option('profile') ? { profile: option('profile')! } : {}) })
  const all = lower.inputsOf(program)
  for (const i of all) if (session.state.includes(i.name)) {
    const fan = i.shape.slice(1).reduce((a, b) => a * b, 1)
    session.write(i.name, /gamma/.test(i.name) ? new Float32Array(lower.volume(i.shape)).fill(1) : i.shape.length < 2 ? new Float32Array(lower.volume(i.shape)) : noise(lower.volume(i.shape), Math.sqrt(3 / fan)))
  }
  const numbers = lower.compile(scalars)({ rate: Float64Array.of(0.001), step: Float64Array.of(1) })
  const feeds: Record<string, Float32Array | number> = {}
  for (const i of session.inputs) {
    if (numbers[i.name]) { feeds[i.name] = numbers[i.name]![0]!; continue }
    const values = noise(lower.volume(i.shape), 1)
    if (i.name === 't') values.forEach((_, k) => { const n = i.shape.at(-1)!; values[k] = k % n === (Math.floor(k / n) * 7) % n ? 1 : 0 })
    if (i.name === 't2' || i.name === 'y') values.forEach((_, k) => { values[k] = k % 2 })
    feeds[i.name] = values
  }
  const macs = program.nodes.reduce((s, n) => s + (n.kind === 'contract' && n.operands.length === 2 ? n.loops.reduce((a, b) => a * b, 1) : 0), 0)
  const first = await session.run(feeds)
  const [loss] = Object.values(first)[0]! as Float32Array
  if (!Number.isFinite(loss)) throw new Error(`${row.work}: the loss is ${loss}`)
  return { session, feeds, macs, seconds: (performance.now() - start) / 1000 }
}

/** Steps per second, median and best of the rounds, and per second of processor time, which other work on the machine does not change much. */
async function measure({ session, feeds }: Prepared): Promise<{ readonly median: number; readonly best: number; readonly perCpuSecond: number }> {
  const until = performance.now() + 1000 * seconds
  const rates: number[] = []
  const warm = performance.now()
  do await session.run(feeds); while (performance.now() - warm < 150)
  const busy: number[] = []
  while (performance.now() < until || rates.length < 5) {
    const cpu = process.cpuUsage()
    const start = performance.now()
    let steps = 0
    do { await session.run(feeds); steps++ } while (performance.now() - start < 1000 * seconds / 10)
    rates.push(steps * 1000 / (performance.now() - start))
    const used = process.cpuUsage(cpu)
    busy.push(steps * 1e6 / (used.user + used.system))
  }
  const sorted = (xs: number[]): number[] => xs.sort((a, b) => a - b)
  return { median: sorted(rates)[rates.length >> 1]!, best: sorted(rates).at(-1)!, perCpuSecond: sorted(busy)[busy.length >> 1]! }
}

const rows: Record<string, unknown>[] = []
for (const row of ROWS) {
  if (wanted && !wanted.includes(row.id)) continue
  for (const threads of row.runtime === javascript ? [1] : threadCounts) {
    const prepared = await prepare(row, threads)
    const { median: rate, best, perCpuSecond } = await measure(prepared)
    await prepared.session.close()
    const made = { work: `(${row.id}) ${row.work}`, batch: row.batch, threads, engine: `chainrule ${row.runtime.name}`, stepsPerSecond: rate, best, perCpuSecond, gflops: 2 * prepared.macs * rate / 1e9, secondsToFirstStep: prepared.seconds, peakMemoryMB: process.resourceUsage().maxRSS / 1024 }
    rows.push(made)
    if (!process.argv.includes('--json')) console.log(`${made.work.padEnd(28)} batch ${String(row.batch).padStart(3)}  threads ${threads}  ${row.runtime.name.padEnd(17)} ${rate.toFixed(1).padStart(10)} steps/s (best ${best.toFixed(1)}, ${perCpuSecond.toFixed(1)} per CPU second)  ${made.gflops.toFixed(1).padStart(7)} GFLOP/s   first step after ${prepared.seconds.toFixed(2)} s`)
  }
}
if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify({ rows }, null, 2)}\n`)
if (option('out')) writeFileSync(option('out')!, JSON.stringify({ rows }))
