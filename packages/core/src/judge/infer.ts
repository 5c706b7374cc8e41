/**
 * A network for formulas that speak of nothing declared: every name becomes a free quantity. What has indices is a vector
 * or a matrix; else capital letters are matrices, small ones beside them vectors, all others numbers. Where that does not
 * fit, everything is a number.
 */
import { latexChildren, type Latex } from '../language/latex/index.ts'
import { findConstant, findOperation } from '../operations/index.ts'
import { baseOf } from './meaning/symbols.ts'
import { itemsOf, labelText } from './names/labels.ts'

/** A guess: the text of a network, and which names it gives which rank. */
export interface Guess { readonly source: string; readonly words: ReadonlySet<string>; readonly letters: ReadonlySet<string> }

interface Found { readonly base: string; /** Canonical name with its labels. */ readonly text: string; indices: number; beside: boolean }

const SIZE = 'size'

/** The guesses for some formulas, the likeliest first. */
export function guesses(trees: readonly Latex[]): readonly Guess[] {
  const found = new Map<string, Found>()
  const functions = new Set<string>()
  const limits = new Set<string>()
  const bound = new Set<string>()
  for (const t of trees) collect(t, { found, functions, limits, bound })
  for (const name of [...found.keys()]) if (functions.has(found.get(name)!.base) || bound.has(name)) found.delete(name)
  const size = [...limits][0] ?? SIZE
  const typed = sourceOf(found, functions, limits, size, f => (f.indices > 0 ? f.indices : /^[A-Z]$/.test(f.base) ? 2 : f.beside && f.base.length === 1 ? 1 : 0))
  const plain = sourceOf(found, functions, limits, size, f => f.indices)
  return typed.source === plain.source ? [typed] : [typed, plain]
}

interface Into { readonly found: Map<string, Found>; readonly functions: Set<string>; readonly limits: Set<string>; readonly bound: Set<string> }

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
      else collect(e.head, into)
      e.group.items.forEach(i => collect(i, into))
      for (const r of e.sup) if (r.kind === 'power') collect(r.exponent, into)
      return
    }
    case 'prefix': collect(e.argument, into); return
    case 'big': {
      for (const u of e.under) for (const l of lettersUnder(u)) into.bound.add(l)
      if (e.upper?.kind === 'symbol') into.limits.add(e.upper.name)
      collect(e.body, into)
      return
    }
    case 'product': {
      e.factors.forEach(f => collect(f, into))
      e.factors.forEach((f, k) => { if (isCapital(f) || isTransposed(f)) for (const g of [e.factors[k - 1], e.factors[k + 1], f]) if (g) beside(g, into) })
      if (e.operators.includes('odot')) e.factors.forEach(f => beside(f, into))
      return
    }
    default: break
  }
  latexChildren(e).forEach(c => collect(c, into))
}

const isFunctionName = (name: string): boolean => findOperation(name) !== undefined || findOperation(name.toLowerCase()) !== undefined && name.length > 1
const isCapital = (e: Latex): boolean => (e.kind === 'symbol' ? /^[A-Z]$/.test(e.name) : e.kind === 'scripted' ? isCapital(e.base) : e.kind === 'sum' || e.kind === 'group' ? latexChildren(e).some(isCapital) : false)
const isTransposed = (e: Latex): boolean => e.kind === 'scripted' && e.sup.some(r => r.kind === 'transpose')

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
  const label = e.sup.find(r => r.kind === 'label')
  const layer = label?.kind === 'label' ? labelText(label.inner, () => undefined) : undefined
  const above = label?.kind === 'label' && layer !== undefined ? `^${label.bracket}${layer}${label.bracket === '(' ? ')' : ']'}` : ''
  if (letters.length === items.length && items.length > 0) { note(e, base, items.length, into, above); return }
  // numbers below are a label, unless the same base has index letters elsewhere
  const text = items.map(i => i.text).join(items.some(i => !i.joined) && items.length > 1 ? ',' : '')
  note(e, base, 0, into, above, text)
}

function note(_: Latex, base: string, indices: number, into: Into, above = '', sub = ''): void {
  if (findConstant(base) || base === 'e' || (base.length > 1 && isFunctionName(base))) return
  if (base === 'delta' && indices === 2) return
  const text = `${base}${sub === '' ? '' : /^\w+$/.test(sub) ? `_${sub}` : `_{${sub}}`}${above}`
  const old = into.found.get(text)
  if (old) { old.indices = Math.max(old.indices, indices); return }
  into.found.set(text, { base, text, indices, beside: false })
}

function sourceOf(found: ReadonlyMap<string, Found>, functions: ReadonlySet<string>, limits: ReadonlySet<string>, size: string, rank: (f: Found) => number): Guess {
  const indexed = new Set([...found.values()].filter(f => f.indices > 0 && !/[_^]/.test(f.text)).map(f => f.base))
  const names = [...found.values()].filter(f => !limits.has(f.text) && !(f.indices === 0 && f.text !== f.base && indexed.has(f.base) && !f.text.includes('^')))
  const axes = (n: number): string => (n === 0 ? '' : `[${Array.from({ length: n }, () => size).join(', ')}]`)
  const abstract = [...functions].filter(f => !findOperation(f))
  const lines = [
    `dim ${[...new Set([size, ...limits])].join(', ')}`,
    ...(abstract.length > 0 ? [`function ${abstract.join(', ')}`] : []),
    ...(names.length > 0 ? [`given ${names.map(f => `${f.text}${axes(rank(f))}`).join(', ')}`] : []),
  ]
  return { source: lines.join('\n'), words: new Set([...found.values()].map(f => f.base).filter(b => b.length > 1)), letters: new Set([...found.values()].map(f => f.base).filter(b => b.length === 1)) }
}
