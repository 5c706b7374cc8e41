/** The value of an expression at a random point, entry by entry, with no regard to speed. */
import type { Expr, Index, Sym, Tensor } from '../../expression/index.ts'
import { evaluateS, type Size, toNumber } from '../../shape/index.ts'
import { hashText } from '../../expression/intern.ts'

export type Functions = Readonly<Record<string, (...x: number[]) => number>>

/** A point: the number of every entry by name and position, functions by name, the sizes of symbols. */
export interface World {
  readonly seed: number
  readonly functions: Functions
  readonly dims: Readonly<Record<string, number>>
  readonly positive: boolean
  /** Values of expressions that are known already. */
  readonly memory: Map<string, number>
}

export const sizeAt = (s: Size, w: World): number => {
  const q = evaluateS(s, n => w.dims[n])
  if (!q) throw new Error(`no number for size ${s.key}`)
  return toNumber(q)
}

/** A number in ±[0.3, 1.3], or positive only. */
export function entryAt(w: World, name: string, at: readonly number[]): number {
  const u = (hashText(`${name}[${at.join(',')}]#${w.seed}`) * 2654435761 >>> 0) / 2 ** 32
  const sign = !w.positive && hashText(`${w.seed}sign${name}${at.join(';')}`) % 2 === 0 ? -1 : 1
  return sign * (0.3 + u)
}

const abstractAt = (w: World, name: string, order: string, x: readonly number[]): number =>
  Math.sin(x.reduce((s, v, k) => s + v * (0.7 + 0.31 * k), 0.2) + entryAt(w, `fn ${name}`, []) + order.length * 0.9 + (hashText(order) % 7) * 0.1)

const BUILT_IN: Functions = {
  exp: Math.exp, log: Math.log, sin: Math.sin, cos: Math.cos, tanh: Math.tanh, sqrt: Math.sqrt, sigmoid: x => 1 / (1 + Math.exp(-x)), max: Math.max,
}

/** The value of a function, known or abstract, with its derivative marks. */
export function callAt(w: World, name: string, order: string, x: readonly number[]): number {
  const f = order === '' ? w.functions[name] ?? BUILT_IN[name] : undefined
  return f ? f(...x) : abstractAt(w, name, order, x)
}

/** Name under which the entries of a derivative are drawn. */
export const derivativeName = (of: string, by: string): string => `∂${of}/∂${by}`

/** The value of an expression, entry by entry. */
export function valueOf(e: Expr, env: ReadonlyMap<Index, number>, w: World): number {
  const key = `${e.id}|${e.free.map(i => env.get(i)).join(',')}`
  const known = w.memory.get(key)
  if (known !== undefined) return known
  const value = computed(e, env, w)
  w.memory.set(key, value)
  return value
}

function computed(e: Expr, env: ReadonlyMap<Index, number>, w: World): number {
  const at = (i: Index): number => i.literal ?? env.get(i) ?? missing(`index ${i.name}${i.id}`)
  const go = (x: Expr): number => valueOf(x, env, w)
  switch (e.kind) {
    case 'number': return toNumber(e.value)
    case 'symbol': return e.tensor.size ? sizeAt(e.tensor.size, w) : entryAt(w, e.tensor.name, e.indices.map(at))
    case 'sum': return e.terms.reduce((s, t) => s + go(t), 0)
    case 'contraction': return toNumber(e.coefficient) * sumOver(e.bound, env, w, inner => e.factors.reduce((p, f) => (p === 0 ? 0 : p * valueOf(f, inner, w)), 1))
    case 'selector': {
      const v = e.terms.reduce((s, t) => s + sizeAt(t.coefficient, w) * at(t.index), sizeAt(e.constant, w))
      return Number(e.relation === 'eq' ? v === 0 : v <= 0)
    }
    case 'apply': {
      if (e.fn.whole) return wholeAt(e, env, w)
      return callAt(w, e.fn.name, e.fn.partials.join('.'), e.args.map(go))
    }
    case 'power': return go(e.base) ** go(e.exponent)
    case 'derivative': {
      const of = e.of as Sym
      return entryAt(w, derivativeName(of.tensor.name, e.by.tensor.name), [...of.indices, ...e.by.indices].map(at))
    }
    case 'reduce': throw new Error('no max here')
  }
}

function wholeAt(e: Extract<Expr, { kind: 'apply' }>, env: ReadonlyMap<Index, number>, w: World): number {
  const [r, c] = e.over[0]!
  const n = sizeAt(r!.size, w)
  const m = grid(n, n, (i, j) => valueOf(e.args[0]!, new Map([...env, [r!, i], [c!, j]]), w))
  const { inverse, determinant } = invert(m)
  if (e.fn.name === 'det') return determinant
  const [i, j] = e.at[0]!
  return inverse[env.get(i!)!]![env.get(j!)!]!
}

function sumOver(bound: readonly Index[], env: ReadonlyMap<Index, number>, w: World, f: (env: ReadonlyMap<Index, number>) => number): number {
  const [b, ...rest] = bound
  if (!b) return f(env)
  let total = 0
  for (let k = 0; k < sizeAt(b.size, w); k++) total += sumOver(rest, new Map([...env, [b, k]]), w, f)
  return total
}

/** Throws. */
export const missing = (what: string): never => { throw new Error(`no value for ${what}`) }
/** A matrix by its entries. */
export const grid = (r: number, c: number, f: (i: number, j: number) => number): number[][] => Array.from({ length: r }, (_, i) => Array.from({ length: c }, (_, j) => f(i, j)))

/** Inverse and determinant by elimination. */
export function invert(m: readonly (readonly number[])[]): { inverse: number[][]; determinant: number } {
  const n = m.length
  const a = m.map((row, i) => [...row, ...row.map((_, j) => Number(i === j))])
  let determinant = 1
  for (let k = 0; k < n; k++) {
    let p = k
    for (let i = k; i < n; i++) if (Math.abs(a[i]![k]!) > Math.abs(a[p]![k]!)) p = i
    if (p !== k) { [a[p], a[k]] = [a[k]!, a[p]!]; determinant = -determinant }
    const d = a[k]![k]!
    determinant *= d
    a[k] = a[k]!.map(x => x / d)
    for (let i = 0; i < n; i++) if (i !== k) { const q = a[i]![k]!; a[i] = a[i]!.map((x, j) => x - q * a[k]![j]!) }
  }
  return { inverse: a.map(row => row.slice(n)), determinant }
}

/** All tensors of an expression by name. */
export function tensorsIn(e: Expr, into = new Map<string, Tensor>()): Map<string, Tensor> {
  switch (e.kind) {
    case 'symbol': into.set(e.tensor.name, e.tensor); break
    case 'sum': e.terms.forEach(t => tensorsIn(t, into)); break
    case 'contraction': e.factors.forEach(t => tensorsIn(t, into)); break
    case 'apply': e.args.forEach(t => tensorsIn(t, into)); break
    case 'power': tensorsIn(e.base, into); tensorsIn(e.exponent, into); break
    case 'derivative': tensorsIn(e.of, into); tensorsIn(e.by, into); break
    default:
  }
  return into
}
