/** Entries `x[c, s*(i-1)+a-P]`: what stands in each slot. */
import { contract, type Expr, freshIndex, type Index, literalIndex } from '../expression/index.ts'
import type { Expression } from '../language/ast.ts'
import { constantS, isInteger, printSize, type Size } from '../shape/index.ts'
import { affine, atPosition } from './affine.ts'
import { entryOf } from './builder.ts'
import { nameText } from './labels.ts'
import { ordinal, readEarly, slotsByAxis } from './letters.ts'
import { elidedDiffer, letterNotBound, letterSizes, notAffine, nothingElided, positionOutside, wrongNumberOfIndices } from './messages.ts'
import { familySize, sameShape, sameSize } from './sizes.ts'
import { bare, type Binding, type Env, findName, placeIn, written } from './scope.ts'
import { at, scalar, type Value } from './value.ts'
import { sizeValue } from '../expression/index.ts'

type Entry = Extract<Expression, { kind: 'entry' }>

/** What the slots of one entry gather: sums to close and factors to multiply. */
interface Gathered { readonly bound: Index[]; readonly factors: Expr[] }

/** The entry of a tensor, or a member of a family of sizes used as a number. */
export function readEntry(e: Entry, env: Env): Value {
  const binding: Binding | undefined = e.base.kind === 'name' ? findName(env, nameText(e.base.name, env.labels)) : undefined
  if (!binding && e.base.kind === 'name') {
    const member = familySize(e, env)
    if (member) return scalar(sizeValue(member))
  }
  const base: Value | undefined = binding?.kind === 'node' ? undefined : binding ? binding.value : readEarly(e.base, env)
  const sizes = binding?.kind === 'node' ? binding.draft.axes : base!.axes.map(a => a.size)
  const slots = slotsByAxis(e.indices, sizes.length)
  const whole = { text: written(env, e.base.span), sizes, row: false }
  if (!slots) throw wrongNumberOfIndices(placeIn(env, e.span), whole, e.indices.length)
  const gathered: Gathered = { bound: [], factors: [] }
  const dots = e.indices.find(i => i.kind === 'ellipsis')
  const elided = sizes.filter((_, k) => slots[k] === undefined)
  if (dots) {
    if (!env.ellipsis) throw nothingElided(placeIn(env, dots.span))
    if (!sameShape(elided, env.ellipsis.map(i => i.size))) throw elidedDiffer(placeIn(env, e.span), whole, elided, env.ellipsis.map(i => i.size))
  }
  let dot = 0
  const indices = slots.map((slot, k) => (slot ? readSlot(slot, sizes[k]!, `${ordinal(k, sizes.length)}${whole.text}`, gathered, env) : env.ellipsis![dot++]!))
  const entry = binding?.kind === 'node' ? entryOf(env.builder, binding.draft, indices) : at(base!, indices)
  return scalar(contract(gathered.bound, [...gathered.factors, entry]))
}

function readSlot(slot: Expression, size: Size, owner: string, gathered: Gathered, env: Env): Index {
  const e = bare(slot)
  const place = placeIn(env, slot.span)
  const letter = e.kind === 'name' ? env.letters.get(e.name.text) : undefined
  // a letter with a size of its own may run over the first entries of a longer axis
  const shorter = letter?.sized === true && letter.index.size.value !== undefined && size.value !== undefined && letter.index.size.value < size.value
  if (letter && !shorter) {
    if (!sameSize(letter.index.size, size)) throw letterSizes(place, e.kind === 'name' ? e.name.text : '', letter.origin, owner, size)
    return letter.index
  }
  const position = affine(slot, env)
  if (!position) return classSlot(e, slot, size, gathered, env)
  const number = position.terms.size === 0 ? constantS(position.constant) : undefined
  if (number) {
    if (!isInteger(number) || number.n < 1n || (size.value !== undefined && number.n > BigInt(size.value))) throw positionOutside(place, written(env, slot.span), size)
    return literalIndex(Number(number.n) - 1)
  }
  const [only] = position.terms.keys()
  if (position.terms.size === 1 && only!.size === size && position.terms.get(only!)!.value === 1 && position.constant.value === 1) return only!
  const p = freshIndex('', size)
  const condition = atPosition(p, position)
  if (env.window) {
    env.window.over.push(p)
    env.window.where.push(condition)
  } else {
    gathered.bound.push(p)
    gathered.factors.push(condition)
  }
  return p
}

/** `E[t[n], j]`: the row that a class tensor chooses, its one-hot row being the selector. */
function classSlot(e: Expression, slot: Expression, size: Size, gathered: Gathered, env: Env): Index {
  const base = e.kind === 'entry' ? e.base : e
  const binding = base.kind === 'name' ? findName(env, nameText(base.name, env.labels)) : undefined
  if (binding?.kind !== 'node' || !binding.draft.facts.includes('class')) {
    if (base.kind === 'name' && !binding && e.kind === 'name') throw letterNotBound(placeIn(env, slot.span), e.name.text, [...env.letters.keys()])
    throw notAffine(placeIn(env, slot.span), written(env, slot.span))
  }
  const { draft } = binding
  const classes = draft.axes.at(-1)!
  const leading = draft.axes.slice(0, -1)
  const p = freshIndex('', size)
  const place = placeIn(env, slot.span)
  const operand = { text: written(env, base.span), sizes: leading, row: false }
  if (!sameSize(classes, size)) throw letterSizes(place, written(env, slot.span), `${printSize(classes)} classes`, 'this axis', size)
  const slots = slotsByAxis(e.kind === 'entry' ? e.indices : [], leading.length)
  if (!slots || slots.some(s => s === undefined)) throw wrongNumberOfIndices(place, operand, e.kind === 'entry' ? e.indices.length : 0)
  const indices = slots.map((s, k) => readSlot(s!, leading[k]!, `${ordinal(k, leading.length)}${operand.text}`, gathered, env))
  gathered.bound.push(p)
  gathered.factors.push(entryOf(env.builder, draft, [...indices, p]))
  return p
}
