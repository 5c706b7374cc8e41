/** What stands above: powers, transposes, samples. */
import { applyOver, freshLike, type Index, literalIndex, power, substitute } from '../../expression/index.ts'
import type { Raised } from '../../language/latex/ast.ts'
import type { Span } from '../../language/ast.ts'
import { findOperation } from '../../operations/index.ts'
import { labelText } from '../names/labels.ts'
import { type Env, readTensor } from './env.ts'
import { guarded } from './guarded.ts'
import { type Meaning, renewed, sameSize, shapeText } from './meaning.ts'
import { matrixProduct } from './products.ts'
import { isUnsized, sized } from './ones.ts'
import { ReadingProblem } from './run.ts'

/** The meaning with everything above applied, in the order of writing. */
export const raised = (m: Meaning, sup: readonly Raised[], env: Env): Meaning => sup.reduce((x, r) => raiseOne(x, r, env), m)

function raiseOne(m: Meaning, r: Raised, env: Env): Meaning {
  switch (r.kind) {
    case 'transpose': return transposed(m, r.span)
    case 'power': return toThe(m, readTensor(r.exponent, env), r.span, env)
    case 'star': throw new ReadingProblem('name', 'A star stands on something that has no name with a star.', r.span)
    case 'label': return atSample(m, r, env)
  }
}

/** M^T; a column becomes a row. */
export function transposed(m: Meaning, span: Span): Meaning {
  if (m.ones) return { ...m, ones: m.ones === 'column' ? 'row' : 'column' }
  if (m.axes.length === 0) return m
  if (m.repeated) return { ...m, row: !m.row, repeated: m.repeated === 'columns' ? 'rows' : 'columns' }
  if (m.axes.length === 1) return { kind: 'tensor', expr: m.expr, axes: m.axes, row: !m.row }
  if (m.axes.length > 2) throw new ReadingProblem('shape', `What has ${m.axes.length} axes has no transpose.`, span)
  return { kind: 'tensor', expr: m.expr, axes: [m.axes[1]!, m.axes[0]!], row: false }
}

/** x^n of a number, entry by entry of a vector; M^n of a square matrix is its product with itself, M^-1 its inverse. */
function toThe(m: Meaning, exponent: Meaning, span: Span, env: Env): Meaning {
  if (exponent.axes.length > 0 || isUnsized(exponent)) throw new ReadingProblem(exponent.axes.length > 1 ? 'form' : 'shape', `The exponent is ${shapeText(exponent)}.`, span)
  const e = exponent.expr
  if (m.identity && !(e.kind === 'number' && e.value.d === 1n)) sized(m, span)
  if (m.axes.length >= 2) {
    if (e.kind !== 'number' || e.value.d !== 1n) throw new ReadingProblem('form', 'A matrix has whole powers only.', span)
    if (e.value.n === 1n) return m
    const square = m.axes.length === 2 && sameSize(m.axes[0]!.size, m.axes[1]!.size)
    if (e.value.n < 2n || (square && env.run.once('power', 2) === 0)) return matrixPower(m, Number(e.value.n), span)
    env.run.grant('a power of a matrix is meant entry by entry')
    return { ...m, expr: power(m.expr, e) }
  }
  return { ...m, expr: guarded(() => power(m.expr, e), span) }
}

function matrixPower(m: Meaning, n: number, span: Span): Meaning {
  const [r, c] = m.axes
  if (m.axes.length !== 2 || !sameSize(r!.size, c!.size)) throw new ReadingProblem('shape', `${shapeText(m)} is not square, so it has no power.`, span)
  if (n === -1) {
    const inverse = findOperation('inverse')
    if (inverse?.kind !== 'matrix') throw new ReadingProblem('form', 'There is no inverse.', span)
    const [i, j] = [freshLike(r!), freshLike(c!)]
    return { kind: 'tensor', expr: applyOver(inverse.fn, [m.expr], [[r!, c!]], [[i, j]]), axes: [i, j], row: false }
  }
  if (n < -1) return matrixPower(matrixPower(m, -n, span), -1, span)
  if (n < 1 || n > 8) throw new ReadingProblem('form', 'Of a matrix, powers from 1 to 8 and from -1 to -8 are read.', span)
  let made = m
  for (let k = 1; k < n; k++) made = matrixProduct(made, renewed(m))!
  return made
}

/** `(x W)^{(i)}`: everything below at the sample i. */
function atSample(m: Meaning, r: Raised & { kind: 'label' }, env: Env): Meaning {
  const index = sampleOf(r, env)
  if (!index || !m.expr.free.includes(env.sample)) throw new ReadingProblem('name', 'This label belongs to no name with such a label.', r.span)
  return { ...m, expr: substitute(m.expr, new Map([[env.sample, index]])) }
}

/** The sample that a label names: a letter that a sum over the data binds, a free letter, or a number. */
export function sampleOf(r: Raised, env: Env): Index | undefined {
  if (r.kind !== 'label') return undefined
  const text = labelText(r.inner, () => undefined)
  if (text === undefined) return undefined
  return sampleCalled(text, env)
}

/** The sample that a letter or number names. */
export function sampleCalled(text: string, env: Env): Index | undefined {
  if (/^\d+$/.test(text)) return literalIndex(Number(text) - 1)
  const letter = env.letters.get(text)
  if (letter) return letter.kind === 'data' ? letter.index : undefined
  if (!/^[A-Za-z]$/.test(text) || env.scene.labels.has(text)) return undefined
  const key = `sample:${text}`
  const known = env.run.free.get(key)
  if (known) return known
  const others = [...env.run.free.keys()].some(k => k.startsWith('sample:'))
  const made = others ? freshLike(env.scene.sample) : env.scene.sample
  env.run.free.set(key, made)
  return made
}

