/**
 * The value of a printed formula as matrix arithmetic. Sizes of 1 and I that a formula leaves open are found as a
 * reader finds them, from their neighbours; nothing else is stretched.
 */
import type { Tensor } from '../../expression/index.ts'
import { toNumber } from '../../shape/index.ts'
import type { Formula } from '../formula.ts'
import { callAt, derivativeName, entryAt, grid, invert, missing, sizeAt, type World } from './evaluate-expression.test-helper.ts'

/** A matrix whose size may be open: null rows or columns are as many as its neighbours ask for. */
interface Value { readonly r: number | null; readonly c: number | null; readonly at: (i: number, j: number) => number; readonly unit?: boolean }
export interface Names { readonly tensors: ReadonlyMap<string, Tensor>; readonly rows?: boolean }

/** The value with all its entries computed once. */
function solid(v: Value): Value {
  if (v.r === null || v.c === null) return v
  const entries = grid(v.r, v.c, v.at)
  return { ...v, at: (i, j) => entries[i]![j]! }
}

const scalarOf = (x: number): Value => ({ r: 1, c: 1, at: () => x })
const isScalar = (v: Value): boolean => v.r === 1 && v.c === 1

interface Scope { readonly w: World; readonly names: Names; readonly samples: ReadonlyMap<string, number>; readonly sample: number | undefined }

/** The entries of a formula that has this many rows and columns. */
export function matrixOf(f: Formula, rows: number, columns: number, w: World, names: Names, sample?: number): number[][] {
  const v = evaluate(f, { w, names, samples: new Map(), sample })
  if ((v.r !== null && v.r !== rows) || (v.c !== null && v.c !== columns)) throw new Error(`the formula is ${v.r}×${v.c}, not ${rows}×${columns}`)
  return grid(rows, columns, v.at)
}

const evaluate = (f: Formula, s: Scope): Value => solid(lazily(f, s))

function lazily(f: Formula, s: Scope): Value {
  const go = (x: Formula): Value => evaluate(x, s)
  switch (f.kind) {
    case 'number': return scalarOf(toNumber(f.value))
    case 'size': return scalarOf(sizeAt(f.size, s.w))
    case 'name': return named(f.name, [], s.sample, s)
    case 'entry': {
      if (f.base.kind !== 'name') throw new Error('entry of no name')
      const fixed = f.indices.map(i => (i.kind === 'number' ? Number(i.value.n) - 1 : missing('an index')))
      return named(f.base.name, fixed, f.sample ? sampleOf(f.sample, s) : s.sample, s)
    }
    case 'sum': return entrywise(f.terms.map(go), xs => xs.reduce((a, b) => a + b, 0))
    case 'negative': { const v = go(f.body); return { ...v, at: (i, j) => -v.at(i, j) } }
    case 'product': return f.operator === 'hadamard' ? entrywise(f.factors.map(go), xs => xs.reduce((a, b) => a * b, 1)) : chain(f.factors, s)
    case 'fraction': { const v = go(f.numerator); const d = go(f.denominator).at(0, 0); return { ...v, at: (i, j) => v.at(i, j) / d } }
    case 'elementwise-quotient': return entrywise([go(f.numerator), go(f.denominator)], ([a, b]) => a! / b!)
    case 'power': return powerOf(f, go)
    case 'root': { const v = go(f.body); return { ...v, at: (i, j) => Math.sqrt(v.at(i, j)) } }
    case 'transpose': { const v = go(f.body); return { ...v, r: v.c, c: v.r, at: (i, j) => v.at(j, i) } }
    case 'norm': { const v = go(f.body); return scalarOf(Math.sqrt(fold(v, (a, x) => a + x * x))) }
    case 'call': return call(f, s, go)
    case 'big': return big(f, s)
    case 'ones': return { r: null, c: null, at: () => 1 }
    case 'identity': return { r: null, c: null, at: (i, j) => Number(i === j), unit: true }
    case 'bracket': return evaluate(f.body, f.sample ? { ...s, sample: sampleOf(f.sample, s) } : s)
    case 'partial': return partial(f, s)
    default: throw new Error(`no value for a ${f.kind}`)
  }
}

const sampleOf = (f: Formula, s: Scope): number => (f.kind === 'name' ? s.samples.get(f.name) ?? missing(`sample ${f.name}`) : f.kind === 'number' ? Number(f.value.n) - 1 : missing('a sample'))

function named(name: string, fixed: readonly number[], sample: number | undefined, s: Scope): Value {
  const t = s.names.tensors.get(name) ?? missing(name)
  const sizes = t.axes.slice(t.sample ? 1 : 0).map(x => sizeAt(x, s.w))
  const first = t.sample ? [sample ?? missing(`the sample of ${name}`)] : []
  const [r, c] = fixed.length > 0 ? [] : sizes
  return { r: r ?? 1, c: c ?? 1, at: (i, j) => entryAt(s.w, name, [...first, ...(fixed.length > 0 ? fixed : [i, j].slice(0, sizes.length))]) }
}

function partial(f: Extract<Formula, { kind: 'partial' }>, s: Scope): Value {
  const part = (x: Formula) => {
    const name = x.kind === 'name' ? x.name : x.kind === 'entry' && x.base.kind === 'name' ? x.base.name : missing('a derivative')
    const t = s.names.tensors.get(name)!
    const sample = t.sample ? [x.kind === 'entry' && x.sample ? sampleOf(x.sample, s) : s.sample!] : []
    return { name, sample, sizes: t.axes.slice(t.sample ? 1 : 0).map(a => sizeAt(a, s.w)) }
  }
  const [of, by] = [part(f.of), part(f.by)]
  const sizes = [...of.sizes, ...by.sizes]
  const at = (i: number, j: number): number => {
    const axes = [i, j].slice(0, sizes.length)
    return entryAt(s.w, derivativeName(of.name, by.name), [...of.sample, ...axes.slice(0, of.sizes.length), ...by.sample, ...axes.slice(of.sizes.length)])
  }
  const row = s.names.rows && of.sizes.length === 0 && by.sizes.length === 1
  return row ? { r: 1, c: sizes[0]!, at: (_, j) => at(j, 0) } : { r: sizes[0] ?? 1, c: sizes[1] ?? 1, at }
}

/** Operands of one shape; nothing is stretched but 1 and I. */
function entrywise(values: readonly Value[], f: (xs: number[]) => number): Value {
  let r: number | null = null
  let c: number | null = null
  for (const v of values) {
    if ((v.r !== null && r !== null && v.r !== r) || (v.c !== null && c !== null && v.c !== c)) throw new Error(`shapes differ: ${values.map(x => `${x.r}×${x.c}`).join(', ')}`)
    r ??= v.r
    c ??= v.c
  }
  const unit = values.some(v => v.unit)
  if (unit) { r ??= c; c ??= r }
  return { r, c, at: (i, j) => f(values.map(v => v.at(i, j))), ...(unit ? { unit } : {}) }
}

/** A chain of matrix products from left to right; in it a lone 1 is a column. */
function chain(factors: readonly Formula[], s: Scope): Value {
  const values = factors.map(f => evaluate(f, s))
  const lone = (f: Formula | undefined): boolean => f?.kind === 'ones'
  const vector = values.filter((v, k) => lone(factors[k]) || !isScalar(v)).length > 1
  return values.map((v, k): Value => {
    const f = factors[k]!
    if (!vector) return v
    if (lone(f)) return { r: null, c: 1, at: () => 1 }
    return f.kind === 'transpose' && lone(f.body) ? { r: 1, c: null, at: () => 1 } : v
  }).reduce((a, b) => solid(times(a, b)))
}

function times(a: Value, b: Value): Value {
  if (isScalar(a) || isScalar(b)) {
    const [k, v] = isScalar(a) ? [a.at(0, 0), b] : [b.at(0, 0), a]
    return { ...v, at: (i, j) => k * v.at(i, j) }
  }
  const n = a.c ?? b.r ?? (a.unit ? a.r : undefined) ?? (b.unit ? b.c : undefined)
  if (n === undefined || n === null) {
    if (a.unit) return b
    if (b.unit) return a
    throw new Error('nothing says how long 1 is')
  }
  if ((a.c !== null && a.c !== n) || (b.r !== null && b.r !== n)) throw new Error(`${a.r}×${a.c} times ${b.r}×${b.c}`)
  const r = a.r ?? (a.unit ? n : null)
  const c = b.c ?? (b.unit ? n : null)
  return { r, c, at: (i, j) => { let t = 0; for (let k = 0; k < n; k++) t += a.at(i, k) * b.at(k, j); return t } }
}

function fold(v: Value, f: (a: number, x: number) => number): number {
  if (v.r === null || v.c === null) throw new Error('open size')
  return grid(v.r, v.c, v.at).flat().reduce(f, 0)
}

function powerOf(f: Extract<Formula, { kind: 'power' }>, go: (x: Formula) => Value): Value {
  const base = go(f.base)
  const exponent = go(f.exponent)
  if (f.elementwise || isScalar(base)) return isScalar(exponent) ? { ...base, at: (i, j) => base.at(i, j) ** exponent.at(0, 0) }
    : isScalar(base) ? { ...exponent, at: (i, j) => base.at(0, 0) ** exponent.at(i, j) } : entrywise([base, exponent], ([x, y]) => x! ** y!)
  if (exponent.at(0, 0) !== -1 || base.r !== base.c || base.r === null) throw new Error('a power of a matrix')
  const { inverse } = invert(grid(base.r, base.r, base.at))
  return { r: base.r, c: base.r, at: (i, j) => inverse[i]![j]! }
}

function call(f: Extract<Formula, { kind: 'call' }>, s: Scope, go: (x: Formula) => Value): Value {
  const args = f.args.map(go)
  const [x] = args
  if (f.name === 'diag') {
    if (x!.c !== 1) throw new Error('diag of no column')
    return { r: x!.r, c: x!.r, at: (i, j) => (i === j ? x!.at(i, 0) : 0), ...(x!.r === null ? { unit: true } : {}) }
  }
  if (f.name === 'tr') {
    const n = x!.r ?? x!.c!
    if ((x!.c ?? n) !== n) throw new Error('trace of no square')
    return scalarOf(grid(n, n, x!.at).reduce((t, row, i) => t + row[i]!, 0))
  }
  if (f.name === 'det') return scalarOf(invert(grid(x!.r!, x!.r!, x!.at)).determinant)
  const order = f.primes > 0 ? Array.from({ length: f.primes }, () => 0).join('.') : f.partials?.join('.') ?? ''
  const wide = args.filter(a => !isScalar(a))
  if (wide.length === 0) return scalarOf(callAt(s.w, f.name, order, args.map(a => a.at(0, 0))))
  const shape = entrywise(wide, () => 0)
  return { r: shape.r, c: shape.c, at: (i, j) => callAt(s.w, f.name, order, args.map(a => (isScalar(a) ? a.at(0, 0) : a.at(i, j)))) }
}

function big(f: Extract<Formula, { kind: 'big' }>, s: Scope): Value {
  const [name, ...rest] = f.under
  if (name?.kind !== 'name') throw new Error('a sum over no name')
  const m = s.w.dims['m'] ?? missing('m')
  const body: Formula = rest.length > 0 ? { ...f, under: rest } : f.body
  const values = Array.from({ length: m }, (_, k) => evaluate(body, { ...s, samples: new Map([...s.samples, [name.name, k]]) }))
  return entrywise(values, xs => xs.reduce((a, b) => a + b, 0))
}

