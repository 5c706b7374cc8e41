/**
 * A network for formulas that speak of nothing declared: every name becomes a free quantity. What has indices is a vector
 * or a matrix; else capital letters are matrices, small ones beside them vectors, all others numbers. Where that does not
 * fit, everything is a number.
 */
import { latexChildren, type Latex, type Raised } from '../language/latex/index.ts'
import { findConstant, findOperation } from '../operations/index.ts'
import { baseOf } from './meaning/symbols.ts'
import { itemsOf, labelText } from './names/labels.ts'

/** A guess: the text of a network, and which names it gives which rank. */
export interface Guess { readonly source: string; readonly words: ReadonlySet<string>; readonly letters: ReadonlySet<string> }

interface Found { readonly base: string; /** Canonical name with its labels. */ readonly text: string; indices: number; beside: boolean; /** One for each sample: `a^{(i)}` in a sum over i. */ sample: boolean }

const SIZE = 'size'

/** Greek letters that are vectors beside matrices; others are numbers there: a learning rate, a strength. */
const GREEK_VECTORS: ReadonlySet<string> = new Set(['delta', 'theta', 'phi', 'psi', 'xi', 'zeta', 'nu', 'rho', 'omega', 'chi'])

/** Letters that are functions where they stand before brackets only. */
const FUNCTION_LETTERS: ReadonlySet<string> = new Set(['f', 'g', 'h', 'phi', 'psi'])

/** The guesses for some formulas, the likeliest first; `declared` are names of functions. */
export function guesses(trees: readonly Latex[], declared: readonly string[] = []): readonly Guess[] {
  const found = new Map<string, Found>()
  const functions = new Set(declared)
  const limits = new Set<string>()
  const bound = new Set<string>()
  const samples = new Set(trees.flatMap(sampleLetters))
  const called = new Set<string>()
  for (const t of trees) collect(t, { found, functions, called, limits, bound, samples })
  for (const name of called) if (![...found.values()].some(f => f.base === name)) functions.add(name)
  for (const name of [...found.keys()]) if (functions.has(found.get(name)!.base) || bound.has(name)) found.delete(name)
  const turned = new Set(trees.flatMap(transposedBases))
  const size = [...limits][0] ?? SIZE
  // beside other matrices I is the identity
  const matrices = [...found.values()].filter(f => f.indices === 0 && /^[A-Z]$/.test(f.base))
  const named = new Map([...found].filter(([, f]) => f.text !== 'I' || f.indices > 0 || matrices.length < 2))
  const typed = sourceOf(named, functions, limits, size, f => (f.indices > 0 ? f.indices : /^[A-Z]$/.test(f.base) ? 2 : f.beside && (f.base.length === 1 || GREEK_VECTORS.has(f.base)) || turned.has(f.base) ? 1 : 0))
  const plain = sourceOf(found, functions, limits, size, f => f.indices)
  // what is transposed is no number, and of e to a capital letter it cannot be told
  return typed.source === plain.source || turned.size > 0 || trees.some(hasMatrixExponent) ? [typed] : [typed, plain]
}

/** Letters of sums that stand in brackets above: they count samples. */
function sampleLetters(e: Latex): string[] {
  const inner = latexChildren(e).flatMap(sampleLetters)
  if (e.kind !== 'big') return inner
  const letters = e.under.flatMap(lettersUnder)
  return [...inner, ...letters.filter(l => labelsIn(e.body).has(l))]
}

function labelsIn(e: Latex): Set<string> {
  const found = new Set<string>()
  const walk = (x: Latex): void => {
    if (x.kind === 'scripted') for (const r of x.sup) if (r.kind === 'label' && r.bracket === '(' && r.inner.kind === 'symbol') found.add(r.inner.name)
    latexChildren(x).forEach(walk)
  }
  walk(e)
  return found
}

/** Names that a transpose stands on. */
const transposedBases = (e: Latex): string[] => [
  ...(e.kind === 'scripted' && e.base.kind === 'symbol' && e.sup.some(r => r.kind === 'transpose') ? [baseOf(e.base)] : []), ...latexChildren(e).flatMap(transposedBases),
]

interface Into { readonly found: Map<string, Found>; readonly functions: Set<string>; /** Letters of functions that stand before a bracket. */ readonly called: Set<string>; readonly limits: Set<string>; readonly bound: Set<string>; readonly samples: ReadonlySet<string> }

function collect(e: Latex, into: Into): void {
  switch (e.kind) {
    case 'symbol': note(e, baseOf(e), 0, into); return
    case 'scripted': {
      if (e.base.kind !== 'symbol') break
      if (e.primes > 0) { into.functions.add(baseOf(e.base)); return }
      noteScripted(e, into)
      for (const r of e.sup) if (r.kind === 'power') collect(r.exponent, into)
      return
    }
    case 'applied': {
      const head = e.head.kind === 'scripted' ? e.head.base : e.head
      if (head.kind === 'symbol' && (into.functions.has(baseOf(head)) || (e.head.kind === 'scripted' && e.head.primes > 0) || isFunctionName(baseOf(head)))) into.functions.add(baseOf(head))
      else if (e.head.kind === 'symbol' && FUNCTION_LETTERS.has(baseOf(e.head))) into.called.add(baseOf(e.head))
      else collect(e.head, into)
      e.group.items.forEach(i => collect(i, into))
      for (const r of e.sup) if (r.kind === 'power') collect(r.exponent, into)
      return
    }
    case 'prefix': collect(e.argument, into); return
    case 'big': {
      for (const u of e.under) for (const l of lettersUnder(u)) into.bound.add(l)
      const counts = e.under.flatMap(lettersUnder).some(l => into.samples.has(l))
      if (e.upper?.kind === 'symbol' && !counts) into.limits.add(e.upper.name)
      collect(e.body, into)
      return
    }
    case 'product': {
      e.factors.forEach(f => collect(f, into))
      e.factors.forEach((f, k) => { if (isCapital(f) || isTransposed(f)) for (const g of [e.factors[k - 1], e.factors[k + 1], f]) if (g) beside(g, into) })
      if (e.operators.some(o => o === 'odot' || o === 'otimes')) e.factors.forEach(f => beside(f, into))
      return
    }
    default: break
  }
  latexChildren(e).forEach(c => collect(c, into))
}

const isFunctionName = (name: string): boolean => findOperation(name) !== undefined || findOperation(name.toLowerCase()) !== undefined && name.length > 1
const isCapital = (e: Latex): boolean => (e.kind === 'symbol' ? /^[A-Z]$/.test(e.name) : e.kind === 'scripted' ? isCapital(e.base) : e.kind === 'sum' || e.kind === 'group' ? latexChildren(e).some(isCapital) : false)
const isTransposed = (e: Latex): boolean => e.kind === 'scripted' && e.sup.some(r => r.kind === 'transpose')

const hasMatrixExponent = (e: Latex): boolean => (e.kind === 'scripted' && e.base.kind === 'symbol' && baseOf(e.base) === 'e' && e.sup.some(r => r.kind === 'power' && isCapital(r.exponent))) || latexChildren(e).some(hasMatrixExponent)

function beside(e: Latex, into: Into): void {
  const symbol = e.kind === 'scripted' ? e.base : e
  if (symbol.kind !== 'symbol') { latexChildren(e).forEach(c => beside(c, into)); return }
  for (const f of into.found.values()) if (f.base === baseOf(symbol)) f.beside = true
}

const lettersUnder = (u: Latex): string[] => (u.kind === 'symbol' ? [u.name] : u.kind === 'relation' && u.parts[0]?.kind === 'symbol' ? [u.parts[0].name] : u.kind === 'list' ? u.items.flatMap(lettersUnder) : [])

function noteScripted(e: Latex & { kind: 'scripted' }, into: Into): void {
  const base = baseOf(e.base as Latex & { kind: 'symbol' })
  const items = e.sub ? itemsOf(e.sub, () => undefined) : []
  const letters = items.filter(i => /^[a-z]$/.test(i.text))
  const sample = e.sup.some(r => isSample(r, into.samples))
  const label = e.sup.find(r => r.kind === 'label' && !isSample(r, into.samples))
  const layer = label?.kind === 'label' ? labelText(label.inner, () => undefined) : undefined
  const above = label?.kind === 'label' && layer !== undefined ? `^${label.bracket}${layer}${label.bracket === '(' ? ')' : ']'}` : ''
  if (letters.length === items.length && items.length > 0) { note(e, base, items.length, into, above, '', sample); return }
  // numbers below are a label, unless the same base has index letters elsewhere
  const text = items.map(i => i.text).join(items.some(i => !i.joined) && items.length > 1 ? ',' : '')
  note(e, base, 0, into, above, text, sample)
}

const isSample = (r: Raised, letters: ReadonlySet<string>): boolean => r.kind === 'label' && r.bracket === '(' && r.inner.kind === 'symbol' && letters.has(r.inner.name)

function note(_: Latex, base: string, indices: number, into: Into, above = '', sub = '', sample = false): void {
  if (findConstant(base) || base === 'e' || (base.length > 1 && isFunctionName(base))) return
  if (base === 'delta' && indices === 2) return
  const text = `${base}${sub === '' ? '' : /^\w+$/.test(sub) ? `_${sub}` : `_{${sub}}`}${above}`
  const old = into.found.get(text)
  if (old) { old.indices = Math.max(old.indices, indices); old.sample ||= sample; return }
  into.found.set(text, { base, text, indices, beside: false, sample })
}

function sourceOf(found: ReadonlyMap<string, Found>, functions: ReadonlySet<string>, limits: ReadonlySet<string>, size: string, rank: (f: Found) => number): Guess {
  const indexed = new Set([...found.values()].filter(f => f.indices > 0 && !/[_^]/.test(f.text)).map(f => f.base))
  const names = [...found.values()].filter(f => !limits.has(f.text) && !(f.indices === 0 && f.text !== f.base && indexed.has(f.base) && !f.text.includes('^')))
  const axes = (n: number): string => (n === 0 ? '' : `[${Array.from({ length: n }, () => size).join(', ')}]`)
  const declared = (kind: string, list: readonly Found[]): string[] => (list.length > 0 ? [`${kind} ${list.map(f => `${f.text}${axes(rank(f))}`).join(', ')}`] : [])
  const abstract = [...functions].filter(f => !findOperation(f))
  const lines = [
    `dim ${[...new Set([size, ...limits])].join(', ')}`,
    ...(abstract.length > 0 ? [`function ${abstract.join(', ')}`] : []),
    ...declared('input', names.filter(f => f.sample)), ...declared('given', names.filter(f => !f.sample)),
  ]
  return { source: lines.join('\n'), words: new Set([...found.values()].map(f => f.base).filter(b => b.length > 1)), letters: new Set([...found.values()].map(f => f.base).filter(b => b.length === 1)) }
}
