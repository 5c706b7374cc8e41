/** Indices of entries: letters, positions, `i + 1`. */
import { contract, type Expr, freshIndex, type Index, literalIndex, selector } from '../../expression/index.ts'
import type { Latex } from '../../language/latex/ast.ts'
import { addS, mulS, parseRational, rational, scaleS, size, type Size, subS } from '../../shape/index.ts'
import { printSize, sizeSymbol } from '../../shape/index.ts'
import type { Item } from '../names/labels.ts'
import type { Env } from './env.ts'
import { at, type Meaning, scalar } from './meaning.ts'
import { ReadingProblem } from './run.ts'

/** What computed positions leave behind: an index to sum over, and the condition that places it. */
export interface Gathered { readonly bound: Index[]; readonly factors: Expr[] }

/** The index that stands in a slot of this size. */
export function slotIndex(tree: Latex, axis: Size, gathered: Gathered, env: Env): Index {
  if (tree.kind === 'number') return position(tree, Number(tree.text), axis)
  if (tree.kind === 'group' && tree.items.length === 1) return slotIndex(tree.items[0]!, axis, gathered, env)
  if (tree.kind === 'symbol') {
    const letter = env.letters.get(tree.name)
    if (letter) return boundLetter(tree, letter, axis, gathered, env)
    const label = env.scene.labels.get(tree.name)
    if (label !== undefined && /^\d+$/.test(label)) return position(tree, Number(label), axis)
    if (env.scene.network.dims.has(tree.name)) return computed(tree, axis, gathered, env)
    return freeLetter(tree, tree.name, axis, env)
  }
  return computed(tree, axis, gathered, env)
}

function position(tree: Latex, k: number, axis: Size): Index {
  if (!Number.isInteger(k) || k < 1 || (axis.value !== undefined && k > axis.value)) {
    throw new ReadingProblem('shape', `There is no entry ${k} among ${printSize(axis)}.`, tree.span)
  }
  return literalIndex(k - 1)
}

function boundLetter(tree: Latex & { kind: 'symbol' }, letter: NonNullable<ReturnType<Env['letters']['get']>>, axis: Size, gathered: Gathered, env: Env): Index {
  switch (letter.kind) {
    case 'label': return position(tree, Number(letter.text), axis)
    case 'value': return letter.number === undefined ? computed(tree, axis, gathered, env) : position(tree, letter.number, axis)
    case 'data': throw new ReadingProblem('form', `${tree.name} counts the samples, but stands where an axis of ${printSize(axis)} entries is counted.`, tree.span)
    case 'axis': {
      letter.cell.index ??= freshIndex(letter.name, axis)
      if (letter.cell.index.size !== axis) throw sizesDiffer(tree, tree.name, letter.cell.index.size, axis)
      return letter.cell.index
    }
  }
}

const sizesDiffer = (tree: Latex, letter: string, a: Size, b: Size): ReadingProblem =>
  new ReadingProblem('shape', `${letter} runs over ${printSize(a)} entries and over ${printSize(b)}.`, tree.span)

/** A letter that nothing binds: the same index wherever the claim uses it for an axis of this size. */
export function freeLetter(tree: Latex, name: string, axis: Size, env: Env): Index {
  const known = env.run.sizes.get(name)
  if (known && known.size !== axis) throw sizesDiffer(tree, name, known.size, axis)
  const key = `${name}|${axis.key}`
  const made = env.run.free.get(key) ?? freshIndex(name, axis)
  env.run.free.set(key, made)
  env.run.sizes.set(name, made)
  return made
}

interface Affine { readonly terms: ReadonlyMap<Index, Size>; readonly constant: Size }

/** A position such as `i + 1`, `2 i - 1`, counted from 1; every letter in it has to have its axis already. */
function affineOf(e: Latex, env: Env): Affine | undefined {
  const constant = (s: Size): Affine => ({ terms: new Map(), constant: s })
  const times = (a: Affine, c: Size): Affine => ({ terms: new Map([...a.terms].map(([i, k]) => [i, mulS(k, c)])), constant: mulS(a.constant, c) })
  switch (e.kind) {
    case 'number': { const q = parseRational(e.text); return q && constant(size(q)) }
    case 'symbol': {
      const letter = env.letters.get(e.name)
      const index = letter?.kind === 'axis' ? letter.cell.index : letter ? undefined : env.run.sizes.get(e.name)
      if (index) return { terms: new Map([[index, size(1)]]), constant: size(1) }
      if (letter?.kind === 'value' && letter.number !== undefined) return constant(size(letter.number))
      return env.scene.network.dims.has(e.name) ? constant(sizeSymbol(e.name)) : undefined
    }
    case 'group': return e.items.length === 1 ? affineOf(e.items[0]!, env) : undefined
    case 'sum': {
      let total = constant(size(0))
      for (const t of e.terms) {
        const a = affineOf(t.body, env)
        if (!a) return undefined
        const signed = t.sign === '-' ? times(a, size(-1)) : a
        const terms = new Map(total.terms)
        for (const [i, c] of signed.terms) terms.set(i, addS(terms.get(i) ?? size(0), c))
        total = { terms, constant: addS(total.constant, signed.constant) }
      }
      return total
    }
    case 'product': {
      let total = constant(size(1))
      for (const [k, f] of e.factors.entries()) {
        const a = affineOf(f, env)
        if (!a || (k > 0 && (e.operators[k - 1] === 'slash' || e.operators[k - 1] === 'oslash'))) return undefined
        if (a.terms.size > 0 && total.terms.size > 0) return undefined
        total = total.terms.size > 0 ? times(total, a.constant) : times(a, total.constant)
      }
      return total
    }
    default: return undefined
  }
}

function computed(tree: Latex, axis: Size, gathered: Gathered, env: Env): Index {
  const a = affineOf(tree, env)
  if (!a) throw new ReadingProblem('form', 'This is no index.', tree.span)
  if (a.terms.size === 0 && a.constant.value !== undefined) return position(tree, a.constant.value, axis)
  const p = freshIndex('', axis)
  gathered.bound.push(p)
  gathered.factors.push(selector('eq', [{ coefficient: size(1), index: p }, ...[...a.terms].map(([index, c]) => ({ coefficient: scaleS(c, rational(-1)), index }))], subS(size(1), a.constant)))
  return p
}

/** Indices that are too many do not fit. Fewer than there are axes may mean a row or a column, a notation that is not read. */
export const countProblem = (items: readonly Item[], m: Meaning): 'shape' | 'form' => (items.length > m.axes.length ? 'shape' : 'form')

/** The entry of a meaning at written indices, one per axis; a row or column of a matrix where fewer stand there is refused. */
export function pick(m: Meaning, items: readonly Item[], env: Env): Meaning {
  const gathered: Gathered = { bound: [], factors: [] }
  const indices = m.axes.map((a, k) => slotIndex(items[k]!.tree, a.size, gathered, env))
  return scalar(contract(gathered.bound, [...gathered.factors, at(m, indices)]))
}

/** A bound axis letter whose size nothing gave yet. */
export const openLetter = (name: string, of?: Size): { kind: 'axis'; name: string; cell: { index: Index | undefined } } =>
  ({ kind: 'axis', name, cell: { index: of ? freshIndex(name, of) : undefined } })

