/**
 * A training run that is killed at random moments and resumed each time ends bit-equal to one that was left alone: the command as a user
 * has it, on the native runtime, killed with SIGKILL. CHAINRULE_KILLS=20 for more deaths, CHAINRULE_SEED to repeat.
 */
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stream } from '../../../packages/train/src/random/index.ts'
import { buildOnce, entry, folderWith } from './run.ts'

const KILLS = Number(process.env['CHAINRULE_KILLS'] ?? 4)
const SEED = Number(process.env['CHAINRULE_SEED'] ?? Date.now() % 1_000_000)

const cwd = folderWith({ 'net.chain': 'dim h = 32\ninput x[2], m[h]\ntarget t[2] one-hot\na = dropout(relu(batchnorm(dense(x, h))), m, rate=0.1)\ns = dense(a, 2, bias=true)\nloss E = mean over data: cross_entropy_logits(s, t)\n' })
beforeAll(buildOnce)
afterAll(() => rmSync(cwd, { recursive: true }))

const CALL = 'train net.chain --data spirals?count=600&noise=0.05 --epochs 40 --batch 16 --rate 0.01 --schedule cosine --warm-up 20 --every 7 --clip 1 --json --resume'.split(' ')

interface Life { readonly lines: readonly string[]; readonly killed: boolean }

/** One life of the run; killed some milliseconds after so many lines, or left alone. */
async function live(folder: string, death?: { readonly lines: number; readonly later: number }): Promise<Life> {
  const child = spawn(process.execPath, [entry, ...CALL, '-o', folder], { cwd, stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  let doomed = false
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece
    if (death && !doomed && text.split('\n').length > death.lines) { doomed = true; setTimeout(() => child.kill('SIGKILL'), death.later) }
  })
  const signal = await new Promise<NodeJS.Signals | null>((resolve, reject) => { child.on('close', (_, s) => { resolve(s) }); child.on('error', reject) })
  // a line that death has cut off counts for nothing
  return { lines: text.split('\n').slice(0, -1), killed: signal === 'SIGKILL' }
}

/** What a life says of steps and epochs, without the time. */
const said = ({ lines }: Life): string[] => lines.filter(l => /^\{"type":"(step|epoch)"/.test(l)).map(l => l.replace(/,"seconds":[\d.]+/, ''))

test(`killed ${KILLS} times, it ends bit-equal`, { timeout: 30_000 + 10_000 * KILLS }, async () => {
  console.log(`moments of death by CHAINRULE_SEED=${SEED}`)
  const random = stream(SEED, 'deaths')
  const whole = await live('alone')
  const known = new Set(said(whole))
  const died: number[] = []
  // a machine that is late to kill may let a run end before all deaths; then another one dies the rest of them
  for (let k = 0; died.length < KILLS; k++) {
    const folder = `killed-${k}`
    let last: Life
    do {
      last = await live(folder, died.length < KILLS ? { lines: random.below(1360 / KILLS + 40), later: random.below(12) } : undefined)
      if (last.killed) died.push(last.lines.length)
      for (const line of said(last)) expect(known.has(line), line).toBe(true)
    } while (last.killed)
    const files = readdirSync(join(cwd, 'alone')).sort()
    expect(readdirSync(join(cwd, folder)).sort()).toEqual(files)
    for (const f of files) expect(Buffer.compare(readFileSync(join(cwd, 'alone', f)), readFileSync(join(cwd, folder, f))), f).toBe(0)
  }
  console.log(`lines said before each death: ${died.join(', ')}`)
})
