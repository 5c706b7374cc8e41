/** `train`, `evaluate`, `predict` and `search` as a user calls them. */
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { gzipSync } from 'node:zlib'
import { idx } from '../../../packages/train/src/data/encode.test-helper.ts'
import { drawDigit } from '../../../packages/train/src/data/generated/digits.ts'
import { buildOnce, entry, folderWith, run } from './run.ts'

const MOONS = 'dim h = 8\ninput x[2]\ntarget t\na = tanh(dense(x, h, bias=true))\nz = dense(a, 1, bias=true)\ny = sigmoid(z[1])\nloss E = mean over data: binary_cross_entropy(y, t)\n'
const LINE = 'input x[2]\ntarget t\nparam w[2] = [0, 0], b = 0\ny = w . x + b\nloss E = mean over data: (y - t)^2\n'

const cwd = folderWith({
  'moons.chain': MOONS,
  'line.chain': LINE,
  'softmax.chain': 'input x[2]\nh = tanh(dense(x, 8, bias=true))\ns = dense(h, 3, bias=true)\ny = softmax(s)\n',
  'each.chain': 'input x[2]\ntarget t\nparam w[2]\nloss L = (w . x - t)^2   # one sample\n',
  'blow.chain': 'input x = [1, 2]\ntarget t = [1, 2]\nparam w = 1e30\nloss E = mean over data: exp(w x) - t\n',
  'line.csv': `a,b,price\n${Array.from({ length: 60 }, (_, k) => { const [a, b] = [(k * 7) % 11, (k * 5) % 13]; return `${a},${b},${2 * a - b + 3.5}` }).join('\n')}\n`,
  'new.csv': 'a,b\n1,2\n0,0\n',
  'ragged.csv': 'a,b,price\n1,2,3\n1,2\n',
  'nan.csv': 'a,b,price\n1,2,3\n1,NaN,4.5\n2,2,3.5\n',
})
vi.setConfig({ testTimeout: 60_000 })
beforeAll(buildOnce)
afterAll(() => rmSync(cwd, { recursive: true }))
const chainrule = (line: string, options: Parameters<typeof run>[1] = {}): ReturnType<typeof run> => run(line.split(' '), { cwd, ...options })
const lines = (text: string): Record<string, unknown>[] => text.trimEnd().split('\n').map(l => JSON.parse(l) as Record<string, unknown>)
const lastEpoch = (all: readonly Record<string, unknown>[]): Record<string, unknown> => all.filter(l => l['type'] === 'epoch').at(-1)!
const SHORT = '--data moons?count=200 --epochs 5 --rate 0.02 --device javascript'

describe('train', () => {
  test.concurrent('says what it does, epoch by epoch, and what came of it', async () => {
    const { code, stdout, stderr } = await chainrule(`train moons.chain ${SHORT}`)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^network {2}moons\.chain: 33 parameters, loss E, output y\ndata {5}moons: 180 samples to train on, 20 for validation; x: each feature to mean 0 and variance 1\n/)
    expect(stdout).toContain('classes as 0 and 1')
    expect(stdout).toMatch(/\n {2}epoch {4}step {7}rate {7}loss {2}validation {3}accuracy\n {6}1 {7}3 {7}0\.02/)
    expect(stdout).toMatch(/finished after 15 steps; best by validation loss: epoch 5, loss [\d.]+, accuracy [\d.]+ %\nnothing is kept: -o FOLDER keeps checkpoints\n$/)
  })

  test.concurrent('lines of JSON are the same in every run but for the time', async () => {
    const timeless = (text: string) => lines(text).map(({ seconds: _, ...rest }) => rest)
    const [a, b] = await Promise.all([chainrule(`train moons.chain ${SHORT} --json`), chainrule(`train moons.chain ${SHORT} --json`)])
    expect(timeless(a.stdout)).toEqual(timeless(b.stdout))
    expect(timeless(a.stdout).map(l => l['type']).filter((t, k, all) => t !== all[k - 1])).toEqual(['plan', 'start', 'step', 'epoch', 'step', 'epoch', 'step', 'epoch', 'step', 'epoch', 'step', 'epoch', 'stop', 'result'])
  })

  test.concurrent('draws loss, accuracy and norms', async () => {
    const { code } = await chainrule(`train moons.chain ${SHORT} --plot moons.svg`)
    expect(code).toBe(0)
    const svg = readFileSync(join(cwd, 'moons.svg'), 'utf8')
    for (const word of ['<svg', 'Loss', 'Accuracy on the validation data', 'Norm of the gradient', 'a.dense.W']) expect(svg).toContain(word)
  })

  test.concurrent('has every option: optimisers, schedules, groups, limits, initialisers', async () => {
    const { code, stdout, stderr } = await chainrule(`train moons.chain --data moons?count=200 --epochs 3 --optimiser momentum --hyper mu=0.8 --rate 0.1 --schedule cosine(to=0.01) --warm-up 2 --decay 0.001 --group bias:rate=0.5 --group z.b:frozen --clip norm=1 --init xavier --batch 32 --validation 40 --normalise none --patience 2 --watch accuracy --seed 7 --json --threads 1 --tune off --replacement`)
    expect([code, stderr]).toEqual([0, ''])
    const plan = lines(stdout)[0]!
    expect(plan).toMatchObject({ data: { train: 160, validation: 40, normalised: [] }, decay: 0.001, clip: { kind: 'norm', limit: 1 }, numbers: { optimiser: 'momentum', hyper: { mu: 0.8 }, rate: 0.1, schedule: 'cosine(to=0.01)', warmUp: 2, batch: 32, epochs: 3, seed: 7 } })
  })

  test.concurrent('reads a network without a loss, and a loss of one sample', async () => {
    const made = await chainrule('train softmax.chain --data blobs?count=300&centres=3 --epochs 5 --rate 0.02 --loss cross-entropy --json')
    expect(lines(made.stdout).at(-2)).toMatchObject({ type: 'stop', reason: 'finished' })
    expect((lastEpoch(lines(made.stdout))['validation'] as { accuracy: number }).accuracy).toBeGreaterThan(0.8)
    expect((await chainrule('train each.chain --data line.csv --epochs 1')).stderr).toMatch(/^error: The loss L is one for each sample\. .* or let --loss mean say it\.\n$/)
    expect((await chainrule('train each.chain --data line.csv --epochs 1 --loss mean')).code).toBe(0)
  })

  test.concurrent('a loss that is not finite names its node, and the exit code is 1', async () => {
    const { code, stdout } = await chainrule('train blow.chain --device javascript')
    expect(code).toBe(1)
    expect(stdout).toMatch(/step 1: the loss is not finite/)
  })

  test.concurrent.each([
    ['train', 'train needs a network: chainrule train NET --data SOURCE'],
    ['train moons.chain --resume', '--resume needs the folder of the run: -o FOLDER'],
    ['train -o nowhere --resume', 'nowhere has no checkpoint to go on from. Give the network too, and the run begins.'],
    ['train moons.chain', 'There are no data for x, t. Name some with --data, such as --data digits, a file or a folder; or give the samples in the text.'],
    ['train moons.chain --data mons', 'mons is no data that can be read. A file or folder of IDX, CIFAR, CSV, NPY, NPZ or images is, or one of the generated sets moons, spirals, blobs, xor, digits. Did you mean moons?'],
    ['train line.chain --data ragged.csv', 'ragged.csv: row 3 has 2 fields. The first row has 3.'],
    ['train line.chain --data nan.csv', 'nan.csv: row 3, column 2 (b) is "NaN". A finite number is wanted.'],
    ['train moons.chain --data digits', 'x is 2 in the network, the field x is 28 x 28. The sizes have to agree, or one of the two is a vector with as many entries as the other.'],
    ['train moons.chain --data moons --optimiser adm', 'There is no optimiser adm. Known: sgd, momentum, nesterov, rmsprop, adam, adamw. Did you mean adam?'],
    ['train moons.chain --data moons --hyper beta=1', 'adam has no hyper-parameter beta. It has beta_1, beta_2, epsilon. Did you mean beta_1?'],
    ['train moons.chain --data moons --schedule cosin', 'There is no schedule cosin. Known: constant, step, exponential, cosine, linear. Did you mean cosine?'],
    ['train moons.chain --data moons --init hee', 'There is no initialiser hee. Known:'],
    ['train moons.chain --data moons --group w:frozen', 'No parameter is named w.'],
    ['train moons.chain --data moons --weights missing.safetensors', 'cannot read missing.safetensors: there is no such file'],
    ['train moons.chain --data moons --loss mse', 'The network declares its loss E. Leave --loss out, or take the loss out of the text.'],
    ['train softmax.chain --data blobs --loss cross', 'cross is no loss. Known: cross-entropy, squared-error, mean, sum; the name of a node that is one number for each sample makes it the loss.'],
  ])('%s: %s', async (line, message) => {
    const { code, stdout, stderr } = await chainrule(line)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr.startsWith(`error: ${message}`)).toBe(true)
  })

  test.concurrent.each([
    ['--rate fast', 'Expected a positive number, not fast.'], ['--clip 0', 'Expected a limit such as 1, norm=1 or value=0.5, not 0.'], ['--validation 1.5', 'Expected a share below 1, a number of samples, or data, not 1.5.'],
    ['--group w', 'Expected NAME:decay=0,rate=0.1 or NAME:frozen, not w.'], ['--hyper mu', 'Expected NAME=NUMBER, not mu.'], ['--device gpu', 'Allowed choices are cpu, wasm, javascript.'], ['--epoch 3', '(Did you mean --epochs?)'],
  ])('%s: %s', async (option, message) => {
    const { code, stderr } = await chainrule(`train moons.chain --data moons ${option}`)
    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })
})

describe('checkpoints', () => {
  test.concurrent('a run is kept, evaluated, asked, and goes on longer, all by its folder', async () => {
    expect((await chainrule(`train moons.chain ${SHORT} -o kept`)).stdout).toMatch(/checkpoints in kept\n$/)
    const evaluated = await chainrule('evaluate kept --json')
    const page = JSON.parse(evaluated.stdout) as { part: string; samples: number; accuracy: number; confusion: { counts: number[][] } }
    expect(page).toMatchObject({ model: 'kept/best.safetensors', part: 'validation', samples: 20 })
    expect(page.confusion.counts.flat().reduce((a, b) => a + b)).toBe(20)
    expect((await chainrule('evaluate kept --data moons?count=500&seed=9 --checkpoint latest')).stdout).toContain('500 samples of the train part')
    const said = (await chainrule('predict kept --values')).stdout.trimEnd().split('\n')
    expect(said[0]).toBe('sample,class,y')
    expect(said).toHaveLength(21)
    expect((await chainrule(`train moons.chain ${SHORT} -o kept`)).stderr).toBe('error: kept has checkpoints of another run. Resume it, or choose another folder.\n')
    expect((await chainrule(`train moons.chain ${SHORT} --rate 0.5 -o kept --resume`)).stderr).toMatch(/^error: kept\/step-000000015\.safetensors comes from a run with rate = 0\.02, this one has 0\.5\./)
    expect((await chainrule('train -o kept --resume --epochs 7')).stdout).toMatch(/goes on after step 15, from kept\/step-000000015\.safetensors\n[^]*\n {6}7 {6}21 [^]*finished after 21 steps/)
  })

  test.runIf(process.platform !== 'win32').concurrent('Ctrl-C ends after the step, saves, exits with 130; what goes on ends as if nothing had been', async () => {
    const line = '--data moons?count=2000 --epochs 200 --rate 0.02 --device javascript --json'
    const { code, stdout } = await interrupted(`train moons.chain ${line} -o stopped`, 500)
    expect(code).toBe(130)
    const stop = lines(stdout).find(l => l['type'] === 'stop')!
    expect(stop).toMatchObject({ reason: 'interrupted' })
    expect(lines(stdout).at(-1)).toMatchObject({ type: 'result', folder: 'stopped' })
    const rest = lines((await chainrule('train -o stopped --resume --json')).stdout)
    expect(rest[1]).toMatchObject({ type: 'start', step: stop['step'], resumed: `stopped/step-${String(stop['step']).padStart(9, '0')}.safetensors` })
    const [whole, parted] = [await chainrule(`train moons.chain ${line}`), rest].map(x => lastEpoch(Array.isArray(x) ? x : lines(x.stdout)))
    expect({ ...parted, seconds: 0 }).toEqual({ ...whole, seconds: 0 })
  })

  test.concurrent('damaged checkpoints are passed over', async () => {
    await chainrule(`train moons.chain ${SHORT} -o hurt --every 5`)
    writeFileSync(join(cwd, 'hurt/step-000000015.safetensors'), readFileSync(join(cwd, 'hurt/step-000000015.safetensors')).subarray(0, 900))
    const { stdout } = await chainrule('train -o hurt --resume')
    expect(stdout).toMatch(/passed over hurt\/step-000000015\.safetensors: .*\ngoes on after step 1\d, from hurt\/step-0000000/)
  })
})

/** SIGINT after so many lines. */
async function interrupted(line: string, after: number): Promise<{ code: number | null; stdout: string }> {
  const child = spawn(process.execPath, [entry, ...line.split(' ')], { cwd, stdio: ['ignore', 'pipe', 'inherit'] })
  let stdout = ''
  let sent = false
  child.stdout.setEncoding('utf8').on('data', (text: string) => { stdout += text; if (!sent && stdout.split('\n').length > after) { sent = true; child.kill('SIGINT') } })
  return new Promise(resolve => { child.on('close', code => { resolve({ code, stdout }) }) })
}

describe('data in files', () => {
  test.concurrent('CSV: columns by name, numbers as targets, predictions without targets', async () => {
    const { code, stdout } = await chainrule('train line.chain --data line.csv --target price --optimiser sgd --rate 0.1 --epochs 200 -o line --json')
    expect(code).toBe(0)
    expect((lastEpoch(lines(stdout))['train'] as { loss: number }).loss).toBeLessThan(1e-6)
    const said = (await chainrule('predict line --data new.csv --target none')).stdout.trimEnd().split('\n').map(l => l.split(','))
    expect(said[0]).toEqual(['sample', 'y'])
    for (const [k, wanted] of [[1, 3.5], [2, 3.5]] as const) expect(Number(said[k]![1])).toBeCloseTo(wanted, 2)
  })

  test.concurrent('MNIST in IDX form trains by the command that trains the digits', async () => {
    const images = (count: number, seed: number) => {
      const pixels = new Uint8Array(count * 784)
      const labels = Array.from({ length: count }, (_, k) => drawDigit(seed, k, { variety: 0.3, noise: 0.02 }, pixels.subarray(k * 784, (k + 1) * 784)))
      return { images: idx([count, 28, 28], pixels), labels: idx([count], labels) }
    }
    const [train, test] = [images(600, 1), images(100, 2)]
    mkdirSync(join(cwd, 'mnist'))
    for (const [name, bytes] of [['train-images-idx3-ubyte.gz', gzipSync(train.images)], ['train-labels-idx1-ubyte.gz', gzipSync(train.labels)], ['t10k-images-idx3-ubyte', test.images], ['t10k-labels-idx1-ubyte', test.labels]] as const) writeFileSync(join(cwd, 'mnist', name), bytes)
    const net = fileURLToPath(new URL('../../../corpus/networks/two-layer.chain', import.meta.url))
    const { code, stderr } = await run(['train', net, '--data', 'mnist', '--epochs', '12', '-o', 'idx'], { cwd })
    expect([code, stderr]).toEqual([0, ''])
    const page = JSON.parse((await chainrule('evaluate idx --json')).stdout) as { part: string; samples: number; accuracy: number }
    expect(page).toMatchObject({ part: 'test', samples: 100 })
    expect(page.accuracy).toBeGreaterThan(0.85)
  })

  test.concurrent('parameters of PyTorch evaluate and start a run', async () => {
    await chainrule(`train moons.chain ${SHORT} -o torch`)
    expect((await chainrule('export torch --to safetensors -o torch.safetensors')).stdout).toBe('torch.safetensors: a.dense.weight[8, 2], a.dense.bias[8], z.weight[1, 8], z.bias[1]\n')
    const own = JSON.parse((await chainrule('evaluate torch --json --part train')).stdout) as { loss: number }
    const other = await chainrule('evaluate moons.chain --weights torch.safetensors --data moons?count=200 --normalise standard --device javascript --json')
    expect(JSON.parse(other.stdout)).toMatchObject({ samples: 200 })
    const started = await chainrule(`train moons.chain ${SHORT} --weights torch.safetensors --json`)
    expect(lines(started.stdout).find(l => l['type'] === 'step')!['loss']).toBeLessThan(own.loss * 1.5)
  })
})

describe('search', () => {
  test.concurrent('a grid as a table, the best first', async () => {
    const { code, stdout } = await chainrule('search moons.chain --data moons?count=200 --epochs 3 --device javascript --over rate=0.0001,0.05 --over h=2,8 --json')
    expect(code).toBe(0)
    const { trials, by } = JSON.parse(stdout) as { by: string; trials: { point: { rate: number }; value: number }[] }
    expect([by, trials.length, trials[0]!.point.rate]).toEqual(['accuracy', 4, 0.05])
  })
  test.concurrent.each([
    ['--over rat=1,2', 'rat cannot be searched over: it is no option, no number of the optimiser and no size of the network.'], ['--over rate', 'rate cannot be read as a range to search.'], ['--random 3', 'There is nothing to search over. Say what varies, such as --over rate=1e-4..1e-1:log.'],
  ])('%s: %s', async (option, message) => {
    const { code, stderr } = await chainrule(`search moons.chain --data moons ${option}`)
    expect(code).toBe(2)
    expect(stderr.startsWith(`error: ${message}`)).toBe(true)
  })
})

describe('a trained network', () => {
  test.concurrent.each([
    ['evaluate moons.chain --data moons', 'moons.chain is a network that was never trained. Give its parameters with --weights, or the folder of a run'],
    ['evaluate nowhere.safetensors', 'cannot read nowhere.safetensors: there is no such file'],
    ['predict .', '. has no checkpoint'],
  ])('%s: %s', async (line, message) => { expect(await chainrule(line)).toEqual({ code: 2, stdout: '', stderr: `error: ${message}\n` }) })
})

test('the digits: at least 97 % with no option but the data', async () => {
  const { code, stdout } = await run(['train', 'corpus/networks/two-layer.chain', '--data', 'digits', '--json'], { cwd: fileURLToPath(new URL('../../..', import.meta.url)) })
  expect(code).toBe(0)
  expect((lastEpoch(lines(stdout))['validation'] as { accuracy: number }).accuracy).toBeGreaterThan(0.97)
})
