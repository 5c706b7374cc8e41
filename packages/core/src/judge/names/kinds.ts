/** What the names of a network are, as far as it tells a condition from a claim. */
import type { Lexicon } from '../../language/latex/index.ts'
import { parseName } from '../../language/index.ts'
import type { NetworkNode } from '../../network/types.ts'
import type { ExerciseNetwork } from '../exercise/exercise.ts'
import { RATES } from '../exercise/scenes.ts'
import type { Names } from '../statements.ts'

/** The kinds of names on a page that speaks of a network. */
export function namesOf({ network, notation }: ExerciseNetwork, lexicon: Lexicon): Names {
  const baseOf = (name: string): string => { try { return parseName(name.replace(/^\\/, '')).base } catch { return name } }
  const isGiven = (n: NetworkNode | undefined): boolean => n !== undefined && !n.definition && n.value === undefined && !n.inner
  const lines = notation.filter(l => l.kind === 'name')
  const named = new Set(lines.filter(l => !isGiven(network.byName.get(l.right))).flatMap(l => l.left.map(baseOf)))
  const rates = notation.flatMap(l => (l.kind === 'rate' ? l.names.map(baseOf) : []))
  const open = new Set<string>(rates.length > 0 ? rates : RATES)
  const told = new Set<string>(named)
  for (const n of network.nodes) (isGiven(n) ? open : told).add(baseOf(n.name))
  for (const l of lines) if (isGiven(network.byName.get(l.right))) for (const left of l.left) open.add(baseOf(left))
  return {
    isIndex: letter => !lexicon.letters.has(letter),
    isSize: (name, free) => (free ? network.dims.has(name) && network.dims.get(name) === undefined && !named.has(name) : network.dims.has(name) || network.depth?.symbol === name),
    isOpen: base => open.has(base) && !told.has(base),
  }
}
