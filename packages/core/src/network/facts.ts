/** Facts after a declaration: `one-hot`, `symmetric`, `class of K`. */
import type { Declared } from '../language/ast.ts'
import { parseRational, size, type Size, sizeSymbol } from '../shape/index.ts'
import { addDim } from './builder.ts'
import { factNeeds, unknownFact } from './messages.ts'
import { sameSize } from './sizes.ts'
import { type Env, outwards, placeIn } from './scope.ts'

const known = ['one-hot', 'class', 'distribution', 'symmetric', 'orthogonal', 'diagonal', 'positive', 'binary']

/**
 * The facts of a declaration, and its axes. `class` says that the data are class numbers from 0, kept as one-hot rows:
 * the last axis counts the classes, or `class of K` adds an axis of K.
 */
export function readFacts(item: Declared, axes: readonly Size[], env: Env): { facts: readonly string[]; axes: readonly Size[] } {
  const facts = new Set<string>()
  let shape = axes
  const place = placeIn(env, item.span)
  const words = item.facts.flatMap(f => f.split(/\s+/))
  for (let k = 0; k < words.length; k++) {
    const word = words[k]!
    if (!known.includes(word)) throw unknownFact(place, word, known)
    facts.add(word)
    if (word === 'class') {
      facts.add('one-hot')
      const next = words[k + 1] === 'of' ? words[k + 2] : words[k + 1]
      if (next !== undefined && !known.includes(next)) {
        shape = [...shape, classCount(next, env)]
        k += words[k + 1] === 'of' ? 2 : 1
      } else if (words[k + 1] === 'of') throw factNeeds(place, 'class of', 'the number of classes')
    }
  }
  if ((facts.has('one-hot') || facts.has('distribution')) && shape.length === 0) throw factNeeds(place, [...facts].join(' '), 'an axis: t[n] one-hot, or t class of n')
  for (const square of ['symmetric', 'orthogonal', 'diagonal']) {
    if (facts.has(square) && (shape.length < 2 || !sameSize(shape.at(-1)!, shape.at(-2)!))) throw factNeeds(place, square, 'a square matrix')
  }
  return { facts: [...facts], axes: shape }
}

function classCount(word: string, env: Env): Size {
  const number = parseRational(word)
  if (number) return size(number)
  const found = outwards(env.scope, s => s.sizes.get(word))
  if (found) return found
  const made = sizeSymbol(word)
  env.scope.sizes.set(word, made)
  if (!env.builder.dims.has(word)) addDim(env.builder, word)
  return made
}
