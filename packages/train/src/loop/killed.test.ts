/** A run that is killed at random moments, twenty times, and resumed each time ends bit-equal to one that was left alone. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkpointStore } from '../checkpoint/index.ts'
import { join } from '../files/index.ts'
import { nodeFiles } from '../files/node.ts'
import { stream } from '../random/index.ts'

let folder: string
let script: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chainrule-killed-'))
  script = join(folder, 'run.mjs')
  const path = (p: string): string => fileURLToPath(new URL(p, import.meta.url))
  await build({ entryPoints: [path('./killed.test-entry.ts')], outfile: script, bundle: true, platform: 'node', target: 'node20', format: 'esm', logLevel: 'error', alias: { '@chainrule/core': path('../../../core/src/index.ts') } })
})
afterAll(() => rm(folder, { recursive: true }))

interface Life { readonly lines: string[]; readonly killed: boolean }

/** One life of the run; killed some milliseconds after so many lines, or left alone. */
async function live(checkpoints: string, death?: { readonly lines: number; readonly later: number }): Promise<Life> {
  const child: ChildProcess = spawn(process.execPath, [script, checkpoints], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout!.on('data', (piece: Buffer) => {
    text += piece.toString()
    if (death && text.split('\n').length > death.lines) setTimeout(() => child.kill('SIGKILL'), death.later)
  })
  const signal = await new Promise<NodeJS.Signals | null>((resolve, reject) => { child.on('close', (_, s) => resolve(s)); child.on('error', reject) })
  return { lines: text.split('\n').filter((l, k, all) => l !== '' && k < all.length - 1), killed: signal === 'SIGKILL' }
}

const files = ['best.safetensors', 'step-000000300.safetensors']

it('ends bit-equal', { timeout: 60_000 }, async () => {
  const seed = Date.now() % 1_000_000
  console.log(`moments of death by seed ${seed}`)
  const random = stream(seed, 'deaths')
  const alone = join(folder, 'alone')
  const whole = await live(alone)
  expect(whole.killed).toBe(false)
  const said = new Set(whole.lines)
  const died: number[] = []
  // on a machine that is late to kill a run may end before twenty deaths; then another one dies the rest of them
  for (let run = 0; died.length < 20; run++) {
    const killed = join(folder, `killed-${run}`)
    let last: Life
    do {
      last = await live(killed, died.length < 20 ? { lines: 1 + random.below(24), later: random.below(6) } : undefined)
      const { found, skipped } = await checkpointStore(nodeFiles, killed).latest()
      expect(skipped).toEqual([])
      if (last.killed) died.push((found?.checkpoint.progress as { step: number } | undefined)?.step ?? 0)
      // whatever a life says of its steps, the uninterrupted run said too
      for (const line of last.lines) if (/"type":"(step|epoch)"/.test(line)) expect(said.has(line)).toBe(true)
    } while (last.killed)
    expect(last.lines.at(-1)).toBe(whole.lines.at(-1))
    for (const f of files) expect(Buffer.compare(await readFile(join(alone, f)), await readFile(join(killed, f)))).toBe(0)
  }
  expect(new Set(died).size).toBeGreaterThan(5)
  console.log(`died after the checkpoints of steps ${died.join(', ')}`)
})
