import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { judgeAll } from './crew.ts'
import type { Thread } from './thread.ts'

/** A judge that does what the page says: hangs, dies, fills the memory, sleeps, or claims its words. */
const FAKE = `
const { parentPort } = require('node:worker_threads')
const reply = r => parentPort.postMessage(r)
const claim = (latex, k) => ({ latex, line: k + 1, offset: k, conditions: [], headings: [] })
const verdict = (latex, k) => ({ latex, line: k + 1, offset: k, verdict: latex === 'wrong' ? 'refuted' : 'proved', links: [], firstWrong: null })
parentPort.on('message', ({ source }) => {
  const words = source.split(' ')
  reply({ kind: 'claims', claims: words.map(claim), remarks: [] })
  const found = []
  words.forEach((word, k) => {
    if (word === 'hang') for (;;);
    if (word === 'die') process.exit(7)
    if (word === 'throw') throw new Error('broken')
    if (word === 'fill') { const all = []; for (;;) all.push(new Array(1e5).fill(Math.random())) }
    if (word === 'sleep') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300)
    found.push(verdict(word, k))
    reply({ kind: 'claim', verdict: found.at(-1) })
  })
  reply({ kind: 'done', claims: found })
})
reply({ kind: 'ready' })
`

function crew(sources: readonly string[], options: { threads?: number; seconds?: number; code?: string; signal?: AbortSignal } = {}) {
  let spawned = 0
  const told: number[] = []
  const pages = judgeAll(sources.map((source, k) => ({ path: `${k}.md`, source })), {
    threads: options.threads ?? 2, seconds: options.seconds ?? 20, signal: options.signal ?? new AbortController().signal,
    spawn: () => {
      spawned++
      return new Worker(options.code ?? FAKE, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 32 } }) as unknown as Thread
    },
    onPage: (_, n) => { told.push(n) },
  })
  return { pages, spawned: () => spawned, told }
}

test('results come in the order of the pages, whatever the order of finishing', async () => {
  const { pages, spawned } = crew(['sleep a', 'b', 'c wrong', 'd'])
  const found = await pages
  expect(found.map(p => [p.path, p.claims.map(c => c.latex).join(' '), p.counts.refuted])).toEqual([['0.md', 'sleep a', 0], ['1.md', 'b', 0], ['2.md', 'c wrong', 1], ['3.md', 'd', 0]])
  expect(spawned()).toBe(2)
})

test('a thread that is stuck is replaced; its page keeps what was found', async () => {
  const { pages, spawned } = crew(['a hang b', 'c', 'd'], { threads: 1, seconds: 1 })
  const [stuck, ...others] = await pages
  expect(stuck).toMatchObject({ problem: { kind: 'stopped', message: 'stopped after 1 s' }, counts: { proved: 1, undecided: 2 } })
  expect(stuck!.claims[1]).toEqual({ latex: 'hang', line: 2, offset: 1, verdict: 'undecided', links: [], firstWrong: null, problem: { message: 'not reached: the page was stopped after 1 s' } })
  expect(others.map(p => p.counts.proved)).toEqual([1, 1])
  expect(spawned()).toBe(2)
})

test.each([
  ['die', 'fault', 'a fault in chainrule: a thread ended with 7'],
  ['throw', 'fault', 'a fault in chainrule: Error: broken'],
  ['fill', 'stopped', 'stopped: it needs too much memory'],
])('a page that makes its thread %s does not stop the others', async (word, kind, message) => {
  const found = await crew([word, 'a', 'b'], { threads: 1 }).pages
  expect(found[0]!.problem).toEqual({ kind, message })
  expect(found.slice(1).map(p => [p.problem, p.counts.proved])).toEqual([[undefined, 1], [undefined, 1]])
})

test('pages with the same text are judged once', async () => {
  const { pages, told } = crew(['a', 'b', 'a', 'a'])
  expect((await pages).map(p => [p.path, p.claims[0]!.latex])).toEqual([['0.md', 'a'], ['1.md', 'b'], ['2.md', 'a'], ['3.md', 'a']])
  expect(told.sort((a, b) => a - b)).toEqual([1, 3])
})

test('threads that cannot start are said to be a fault', async () => {
  const found = await crew(['a', 'b'], { threads: 1, code: 'throw new Error("no exercise")' }).pages
  expect(found.map(p => p.problem?.message)).toEqual(Array(2).fill('a fault in chainrule: no thread could be started'))
})

test('a run that is stopped ends its threads', async () => {
  const controller = new AbortController()
  const { pages } = crew(['hang', 'hang too', 'a', 'b'], { signal: controller.signal })
  setTimeout(() => controller.abort(), 300)
  await expect(pages).rejects.toThrow(/abort/i)
})

test('no pages, no threads', async () => {
  const { pages, spawned } = crew([])
  expect(await pages).toEqual([])
  expect(spawned()).toBe(0)
})
