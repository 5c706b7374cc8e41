/** What the names of a network are, as far as it tells a condition from a claim. */
import type { Lexicon } from '../../language/latex/index.ts'
import { parseName } from '../../language/index.ts'
import type { ExerciseNetwork } from '../exercise/exercise.ts'
import { RATES } from '../exercise/scenes.ts'
import type { Names } from '../statements.ts'

/** The kinds of names on a page that speaks of a network. */
export function namesOf({ network, notation }: ExerciseNetwork, lexicon: Lexicon): Names {
  const baseOf = (name: string): string => { try { return parseName(name.replace(/^\\/, '')).base } catch { return name } }
  const named = new Set(notation.flatMap(l => (l.kind === 'name' ? l.left.map(baseOf) : [])))
  const rates = notation.flatMap(l => (l.kind === 'rate' ? l.names.map(baseOf) : []))
  const open = new Set<string>(rates.length > 0 ? rates : RATES)
  const told = new Set<string>(named)
  for (const n of network.nodes) (n.definition || n.value !== undefined || n.inner ? told : open).add(baseOf(n.name))
  return {
    isIndex: letter => !lexicon.letters.has(letter),
    isSize: (name, free) => (free ? network.dims.has(name) && network.dims.get(name) === undefined && !named.has(name) : network.dims.has(name) || network.depth?.symbol === name),
    isOpen: base => open.has(base) && !told.has(base),
  }
}
