/** Blocks of steps as lines of a page, in index or in matrix form. */
import type { Expr, Index } from '../expression/index.ts'
import type { Block, Derivation, Note, Step } from '../calculus/index.ts'
import type { Formula } from '../print/index.ts'
import { renderText } from '../print/index.ts'
import { scalarReason } from './reasons.ts'
import { axesFor, definitionOf, inIndexForm, inMatrixForm, letterIndices, type Notation } from './notation.ts'
import type { Check, Inline, Line } from './page.ts'

export type Form = 'index' | 'matrix'
export type CheckOf = (step: Step) => Check | undefined

/** The axes of a block's lines in matrix form. */
function blockAxes(block: Block, d: Derivation, n: Notation): { row?: Index; column?: Index } | undefined {
  if (block.kind === 'product') return axesFor(d.ofIndices, d.byIndices, n.layout)
  if (block.left.kind !== 'derivative') return undefined
  const of = block.left.of.free
  return axesFor(block.kind === 'local' ? of : d.context.graph.of.indices.filter(i => block.left.free.includes(i)), block.left.by.indices, n.layout)
}

/** Steps that stand on one line when the detail is brief: what is known goes in together with the local derivatives. */
function grouped(steps: readonly Step[], brief: boolean): Step[][] {
  const groups: Step[][] = []
  for (const s of steps) {
    const last = groups.at(-1)?.at(-1)
    const together = brief && last && (((last.rule === 'known' || last.rule === 'written-out') && s.rule === 'local') || (s.rule === 'fold' && last.rule !== 'chain-rule') || (s.rule === 'rules' && last.rule === 'rules') || (last.rule === 'delta' && s.rule === 'collect') || (s.rule === 'known' && last.rule === 'all-samples'))
    if (together) groups.at(-1)!.push(s)
    else groups.push([s])
  }
  return groups
}

/** The reasons of a step, as running text with formulas in it. */
export function reasonsOf(step: Step, d: Derivation, n: Notation, form: Form): Inline[][] {
  const telling = step.notes.filter(x => x.kind !== 'rule' || !PLAIN_RULES.has(x.id))
  const reasons = (telling.length > 0 ? telling : step.notes).map(note => reasonOf(note, d, n, form)).filter(r => r.length > 0)
  if (step.rule === 'known' || step.rule === 'written-out') return []
  if (step.rule === 'all-samples') return [allSamplesReason(step, d, n)]
  return reasons.length > 0 ? reasons : [[step.name]]
}

function allSamplesReason(step: Step, d: Derivation, n: Notation): Inline[] {
  const perSample = step.before.kind === 'derivative' && step.before.by.tensor.sample
  const by = n.index.nameOf?.(d.by.tensor) ?? { kind: 'name' as const, name: d.by.name }
  return perSample ? ["only the sample's own term depends on ", by] : ['the sum over the data stays outside; ', by, ' is shared by all samples']
}

/** Rules that say little on a line that also uses others. */
const PLAIN_RULES = new Set(['constant', 'variable', 'sum', 'constant-factor'])

function reasonOf(note: Note, d: Derivation, n: Notation, form: Form): Inline[] {
  if (note.kind === 'text') return [note.text]
  if (note.kind === 'rule') return [note.name]
  const node = d.nodes.find(x => x.name === note.node)
  if (!node) return []
  if (node.operation && node.definition && node.definition.kind !== 'apply' && node.definition.kind !== 'sum') return [`Jacobian of ${node.operation.name}`]
  const scalar = node.definition?.kind === 'apply' && !node.definition.fn.abstract ? scalarReason(node.definition.fn) : undefined
  if (scalar) return [scalar]
  const definition = definitionOf(node, n, form)
  return definition ? [definition] : []
}

/** The lines of a block. Lines that would read the same as the one before are left out. */
export function linesOf(block: Block, d: Derivation, whole: Notation, form: Form, detail: 'brief' | 'full', check: CheckOf): Line[] {
  const n = withLetters(whole, block.free)
  const axes = blockAxes(block, d, n)
  const write = (e: Expr): Formula | null => (form === 'matrix' ? inMatrixForm(e, axes, n) : inIndexForm(e, n))
  const left = write(block.left) ?? inIndexForm(block.left, n)
  const lines: Line[] = []
  let before = renderText(left)
  let skipped: Step[] = []
  for (const group of grouped(block.steps, detail === 'brief')) {
    const last = group.at(-1)!
    const isFinal = last === block.steps.at(-1)
    const right = write(last.after) ?? (isFinal ? inIndexForm(last.after, n) : undefined)
    const trail = [...skipped, ...group]
    if (!right || (renderText(right) === before && !isFinal)) { skipped = trail; continue }
    if (renderText(right) === before) continue
    before = renderText(right)
    skipped = []
    const notes = trail.flatMap(s => reasonsOf(s, d, n, form))
    if (notes.length === 0) notes.push(['from the lines above'])
    lines.push({ ...(lines.length === 0 ? { left } : {}), relation: '=', right, notes: distinct(notes), ...checkOf(trail, check) })
  }
  return lines
}

/** The notation with a letter for every free index of a block, the same on all its lines. */
function withLetters(n: Notation, free: readonly Index[]): Notation {
  const missing = free.filter(i => !i.sample && i.literal === undefined && !n.letters.has(i))
  if (missing.length === 0) return n
  const letters = new Map([...n.letters, ...letterIndices([{ indices: free.filter(i => n.letters.has(i)), marks: free.filter(i => n.letters.has(i) && !i.sample).map(i => n.letters.get(i)!) }, { indices: missing }], n.index.used)])
  return { ...n, letters, index: { ...n.index, free: letters } }
}

const distinct = (notes: readonly Inline[][]): Inline[][] => {
  const seen = new Set<string>()
  return notes.filter(r => {
    const key = r.map(x => (typeof x === 'string' ? x : renderText(x))).join('')
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

const RANK: readonly Check['verdict'][] = ['exact', 'agrees', 'unchecked', 'failed']

/** The worst check of several steps. */
function checkOf(steps: readonly Step[], check: CheckOf): { check?: Check } {
  const checks = steps.map(check).filter(c => c !== undefined)
  if (checks.length === 0) return {}
  return { check: checks.reduce((a, b) => (RANK.indexOf(b.verdict) > RANK.indexOf(a.verdict) ? b : a)) }
}

