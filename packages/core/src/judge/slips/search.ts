/**
 * The search for a slip: every way to mend the wrong line with one edit, until one has the right value; then two, one
 * mended in the wrong line and one made in a right line. A quick look at one point sorts out; what is named is judged with care.
 */
import type { Span } from '../../language/ast.ts'
import { type Latex, printLatex, withoutSpans } from '../../language/latex/index.ts'
import type { Dense } from '../../evaluate/index.ts'
import { nearAt } from '../compare/values.ts'
import { readings, ReadingProblem } from '../meaning/run.ts'
import type { Env } from '../meaning/env.ts'
import type { Hole } from '../hole.ts'
import type { SceneChain } from '../scene-chain.ts'
import type { Values } from '../side-values.ts'
import type { Scene } from '../scene.ts'
import type { SlipFound } from '../types.ts'
import { byValue } from './by-value.ts'
import { slipContext } from './context.ts'
import { samplesAs } from './data-sums.ts'
import { derivedLines } from './right-lines.ts'
import { editsOf, lineOf, type Tried } from './edits.ts'
import type { Search, Site, Slip, SlipContext } from './slip.ts'

/** Edits tried in one search, and right lines that mistakes are made in. */
const MOST_EDITS = 3000
const MOST_RIGHT = 4
/** Left sides of a scene whose right lines are remembered. */
const MOST_KEPT = 200

/** The slip that explains a wrong line; undefined when none reproduces it. */
export function findSlip(s: Search): SlipFound | undefined {
  const value = byValue(s)
  if (value) return value.corrected === '' ? withOurs(value, s) : value
  const env = envOf(s.chain)
  if (!env) return undefined
  const derived = derivedFor(s).map(d => samplesAs(s.wrong, d, s.chain.scene))
  const right = [...s.right, ...derived]
  const c = slipContext(s.wrong, right, env, s.lexicon, s.chain.parts[s.chain.parts[0]?.tree ? 0 : s.link]?.tree)
  const mended: { tried: Tried; values: readonly Dense<number>[] }[] = []
  const values = lineValues(s)
  let tries = 0
  for (const tried of editsOf(s.wrong, 'mend', c)) {
    if (++tries > MOST_EDITS) break
    s.checkTime()
    const found = values(tried)
    if (found.some(v => nearAt(v.left, v.right)) && holds(s, lineOf(tried))) return single(tried, s)
    mended.push({ tried, values: found.map(v => v.right) })
  }
  return twoSlips(mended, right, c, s)
}

/** The values of edited lines. All edits of one node share a line with a hole there; what does not fit it is read as a whole. */
function lineValues(s: Search): (t: Tried) => readonly Values[] {
  const holes = new Map<Site, Hole | undefined>()
  return t => {
    const { site } = t
    if (!holes.has(site)) holes.set(site, site.role === 'value' ? s.chain.hole(s.link, site) : undefined)
    return holes.get(site)?.valuesOf(t.edit.put) ?? s.chain.valuesOf(s.link, lineOf(t))
  }
}

/** A slip that is told by the value, with our own line as the right one. */
function withOurs(slip: SlipFound, s: Search): SlipFound {
  const line = derivedFor(s).find(d => holds(s, d))
  const corrected = line ? printLatex(withoutSpans(line)) : ''
  return { ...slip, corrected, mark: { start: 0, end: corrected.length } }
}

const derivedBefore = new WeakMap<Scene, Map<string, readonly Latex[]>>()

/** Our own lines for what a chain begins with, worked out once for a scene. */
function derivedFor({ chain, lexicon }: Search): readonly Latex[] {
  const [first] = chain.parts
  const make = (): readonly Latex[] => derivedLines(first?.at(0)?.value, chain.scene, lexicon)
  if (!first?.tree) return make()
  const known = derivedBefore.get(chain.scene) ?? new Map<string, readonly Latex[]>()
  derivedBefore.set(chain.scene, known)
  const key = printLatex(withoutSpans(first.tree))
  const lines = known.get(key) ?? make()
  if (known.size < MOST_KEPT) known.set(key, lines)
  return lines
}

function envOf(chain: SceneChain): Env | undefined {
  for (const r of readings(run => chain.env(run), chain.budget, new Map(), 1)) if (!(r instanceof ReadingProblem)) return r.value
  return undefined
}

/** Whether a line has the right value, nothing granted. */
function holds(s: Search, tree: Latex): boolean {
  const raw = s.chain.instead(s.link, tree)
  return raw.kind === 'holds' && raw.assumption === undefined
}

function single({ slip, edit, site }: Tried, s: Search): SlipFound {
  const { text, mark } = spliced(s.latex, s.wrong.span, site.node.span, edit.put)
  return { name: slip.id, explanation: edit.says(), where: edit.where, corrected: text, mark }
}

/** The line with one node printed anew, and where the new text differs from the old. */
export function spliced(latex: string, line: Span, at: Span, put: Latex): { text: string; mark: Span } {
  const printed = printLatex(withoutSpans(put))
  const before = latex.slice(line.start, at.start)
  const after = latex.slice(at.end, line.end)
  const glue = (a: string, b: string): string => (/\\[A-Za-z]+$/.test(a) && /^[A-Za-z]/.test(b) ? ' ' : '')
  const head = before + glue(before, printed)
  const text = head + printed + glue(printed, after) + after
  const old = latex.slice(at.start, at.end)
  const name = put.kind !== 'product' && put.kind !== 'sum' && put.kind !== 'group' && put.kind !== 'fraction' && put.kind !== 'big'
  return { text, mark: name ? { start: head.length, end: head.length + printed.length } : differing(old, printed, head.length) }
}

/** Shorter pieces are marked whole. */
const SHORT = 16

/** The part of the new text that is not in the old, whole tokens. */
function differing(old: string, now: string, offset: number): Span {
  if (now.length <= SHORT) return { start: offset, end: offset + now.length }
  const tokens = (t: string): readonly string[] => t.match(/\\[A-Za-z]+|\s+|./gs) ?? []
  const [a, b] = [tokens(old), tokens(now)]
  const same = (x: string | undefined, y: string | undefined): boolean => x === y
  let start = 0
  while (start < a.length && start < b.length && same(a[start], b[start])) start++
  let [i, j] = [a.length, b.length]
  while (i > start && j > start && same(a[i - 1], b[j - 1])) { i--; j-- }
  const from = b.slice(0, start).join('').length
  const to = b.slice(0, j).join('').length
  return to > from ? { start: offset + from, end: offset + to } : { start: offset, end: offset + now.length }
}

/** One slip mended in the wrong line against one made in a right line: the two together. */
function twoSlips(mended: readonly { tried: Tried; values: readonly Dense<number>[] }[], right: readonly Latex[], c: SlipContext, s: Search): SlipFound | undefined {
  const table = new Map<string, { tried: Tried; values: Dense<number> }[]>()
  for (const m of mended) for (const values of m.values) {
    const key = keyOf(values)
    table.set(key, [...table.get(key) ?? [], { tried: m.tried, values }])
  }
  for (const line of right.slice(0, MOST_RIGHT)) {
    if (!holds(s, line)) continue
    let tries = 0
    const values = lineValues(s)
    for (const made of editsOf(line, 'make', c)) {
      if (++tries > MOST_EDITS / 2) break
      s.checkTime()
      for (const v of values(made)) {
        const hit = table.get(keyOf(v.right))?.find(h => nearAt(h.values, v.right))
        if (!hit) continue
        const both = mendedTwice(hit.tried, made.slip, c, s)
        const corrected = printLatex(withoutSpans(both ?? line))
        return {
          name: `${hit.tried.slip.id}, ${made.slip.id}`, explanation: `${hit.tried.edit.says()} ${made.edit.says()}`, where: hit.tried.edit.where,
          corrected, mark: { start: 0, end: corrected.length },
        }
      }
    }
  }
  return undefined
}

/** The wrong line with both slips mended, in the page's own form. */
function mendedTwice(first: Tried, second: Slip, c: SlipContext, s: Search): Latex | undefined {
  const values = lineValues(s)
  for (const t of editsOf(lineOf(first), 'mend', c, [second])) {
    if (values(t).some(v => nearAt(v.left, v.right)) && holds(s, lineOf(t))) return lineOf(t)
  }
  return undefined
}

/** Values that may be equal have the same key: few digits of a few of them. */
function keyOf(d: Dense<number>): string {
  let sum = 0
  for (let k = 0; k < d.data.length; k++) sum += d.data[k]! * (1 + ((k * 0.6180339887) % 1))
  return `${d.shape.join('x')}|${sum.toPrecision(7)}`
}
