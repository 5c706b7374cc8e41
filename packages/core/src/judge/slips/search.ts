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
import type { SceneChain } from '../scene-chain.ts'
import type { SlipFound } from '../types.ts'
import { fitted } from './build.ts'
import { byValue } from './by-value.ts'
import { slipContext } from './context.ts'
import { SLIPS } from './index.ts'
import { derivedLines } from './right-lines.ts'
import { sitesOf } from './sites.ts'
import type { Edit, Search, Slip, SlipContext } from './slip.ts'

/** Edits tried in one search, and right lines that mistakes are made in. */
const MOST_EDITS = 1600
const MOST_RIGHT = 4

interface Tried { readonly slip: Slip; readonly edit: Edit; readonly tree: Latex; readonly site: Latex }

/** The slip that explains a wrong line; undefined when none reproduces it. */
export function findSlip(s: Search): SlipFound | undefined {
  const value = byValue(s)
  if (value) return value
  const env = envOf(s.chain)
  if (!env) return undefined
  const derived = derivedLines(s.chain.parts[0]?.at(0)?.value, s.chain.scene, s.lexicon)
  const right = [...s.right, ...derived]
  const c = slipContext(s.wrong, right, env, s.lexicon)
  const mended: { tried: Tried; values: readonly Dense<number>[] }[] = []
  let tries = 0
  for (const tried of editsOf(s.wrong, 'mend', c)) {
    if (++tries > MOST_EDITS) break
    s.chain.budget.checkTime()
    const values = s.chain.valuesOf(s.link, tried.tree)
    if (values.some(v => nearAt(v.left, v.right)) && s.chain.instead(s.link, tried.tree).kind === 'holds') return single(tried, s)
    mended.push({ tried, values: values.map(v => v.right) })
  }
  return twoSlips(mended, right, c, s)
}

function envOf(chain: SceneChain): Env | undefined {
  for (const r of readings(run => chain.env(run), chain.budget, new Map(), 1)) if (!(r instanceof ReadingProblem)) return r.value
  return undefined
}

/** All edits of a line: those that change or take away what stands there first, then those that put something in. */
function* editsOf(line: Latex, way: 'make' | 'mend', c: SlipContext, slips: readonly Slip[] = SLIPS): Generator<Tried> {
  const sites = sitesOf(line)
  const seen = new Set<string>([printLatex(line)])
  for (const adds of [false, true]) for (const slip of slips) for (const site of sites) for (const edit of slip[way](site, c)) {
    if ((edit.adds === true) !== adds) continue
    const put = fitted(edit.put, site.parent)
    const tree = site.replace(put)
    const text = printLatex(tree)
    if (seen.has(text)) continue
    seen.add(text)
    yield { slip, edit: { ...edit, put }, tree, site: site.node }
  }
}

function single({ slip, edit, site }: Tried, s: Search): SlipFound {
  const { text, mark } = spliced(s.latex, s.wrong.span, site.span, edit.put)
  return { name: slip.id, explanation: edit.says, where: edit.where, corrected: text, mark }
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
    if (s.chain.instead(s.link, line).kind !== 'holds') continue
    let tries = 0
    for (const made of editsOf(line, 'make', c)) {
      if (++tries > MOST_EDITS / 2) break
      s.chain.budget.checkTime()
      for (const v of s.chain.valuesOf(s.link, made.tree)) {
        const hit = table.get(keyOf(v.right))?.find(h => nearAt(h.values, v.right))
        if (!hit) continue
        const both = mendedTwice(hit.tried, made.slip, c, s)
        const corrected = printLatex(withoutSpans(both ?? line))
        return {
          name: `${hit.tried.slip.id}, ${made.slip.id}`, explanation: `${hit.tried.edit.says} ${made.edit.says}`, where: hit.tried.edit.where,
          corrected, mark: { start: 0, end: corrected.length },
        }
      }
    }
  }
  return undefined
}

/** The wrong line with both slips mended, in the page's own form. */
function mendedTwice(first: Tried, second: Slip, c: SlipContext, s: Search): Latex | undefined {
  for (const t of editsOf(first.tree, 'mend', c, [second])) {
    if (s.chain.valuesOf(s.link, t.tree).some(v => nearAt(v.left, v.right)) && s.chain.instead(s.link, t.tree).kind === 'holds') return t.tree
  }
  return undefined
}

/** Values that may be equal have the same key: few digits of a few of them. */
function keyOf(d: Dense<number>): string {
  let sum = 0
  for (let k = 0; k < d.data.length; k++) sum += d.data[k]! * (1 + ((k * 0.6180339887) % 1))
  return `${d.shape.join('x')}|${sum.toPrecision(7)}`
}
