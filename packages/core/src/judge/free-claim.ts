/** A claim that speaks of no quantity of the exercise, such as `\sigma'(z) = \sigma(z)(1 - \sigma(z))`: its letters are free. */
import { ChainError } from '../errors.ts'
import { latexChildren, type Latex } from '../language/latex/index.ts'
import { readNetwork } from '../network/index.ts'
import { findOperation } from '../operations/index.ts'
import type { ExerciseNetwork } from './exercise/exercise.ts'
import { type Guess, guesses } from './infer.ts'
import { noteKept } from './kept.ts'
import { readings, ReadingProblem } from './meaning/run.ts'
import { candidates, writtenOf } from './meaning/symbols.ts'
import { type Env } from './meaning/env.ts'
import type { SceneChain } from './scene-chain.ts'

/** The networks of free letters under which a claim may be read; none when it names a quantity of the exercise. */
export function freeNetworks(trees: readonly Latex[], entry: ExerciseNetwork, chain: SceneChain): readonly ExerciseNetwork[] {
  if (trees.some(t => namesQuantity(t, chain))) return []
  const functions = entry.notation.filter(l => l.kind === 'name' && (findOperation(l.right) !== undefined || entry.network.functions.includes(l.right)))
  return guesses(trees).flatMap(g => { const made = networkOf(g, entry); return made ? [{ ...made, notation: [...functions, { kind: 'layout' as const, layout: 'either' as const, place: { path: '', source: '', span: { start: 0, end: 0 } } }] }] : [] })
}

/** Networks of free letters that were made; a course asks for the same ones again and again. */
const known = new Map<string, ExerciseNetwork>()
const MOST_KNOWN = 256

function networkOf(g: Guess, entry: ExerciseNetwork): ExerciseNetwork | undefined {
  const declared = entry.network.functions.filter(f => /^\w+$/.test(f))
  const source = declared.length > 0 && !g.source.includes('\nfunction ') ? `${g.source}\nfunction ${declared.join(', ')}` : g.source
  const old = known.get(source)
  if (old) return old
  try {
    noteKept()
    const made: ExerciseNetwork = { name: 'free letters', source, path: 'the formula', network: readNetwork(source, 'the formula'), notation: [] }
    if (known.size >= MOST_KNOWN) known.clear()
    known.set(source, made)
    return made
  } catch (error) {
    if (error instanceof ChainError) return undefined
    throw error
  }
}

/** Whether a piece names a tensor of the exercise. */
function namesQuantity(tree: Latex, chain: SceneChain): boolean {
  let env: Env | undefined
  for (const r of readings(run => chain.env(run), chain.budget, new Map(), 1)) if (!(r instanceof ReadingProblem)) env = r.value
  if (!env) return true
  const walk = (e: Latex): boolean => {
    const w = writtenOf(e)
    if (w) {
      const best = candidates(w, env)[0]
      return best?.node !== undefined || best?.page?.means.kind === 'content'
    }
    return latexChildren(e).some(walk)
  }
  return walk(tree)
}
