/** Names that several tensors share: the tensors have the same values only in lines where that name stands. */
import { latexChildren, type Latex } from '../language/latex/index.ts'
import type { Chain } from './chains.ts'
import type { Scene } from './scene.ts'

const untied = new WeakMap<Scene, Scene>()

/** The scene for a chain: one in which every tensor has values of its own, unless a shared name stands in the chain. */
export function forChain(given: Scene, chain: Chain): Scene {
  const { shared } = given
  if (!shared || chain.parts.some(p => p && shared.names.some(n => speaksOf(p, n)))) return given
  const known = untied.get(given)
  if (known) return known
  const made: Scene = { ...given, points: shared.untied().points }
  untied.set(given, made)
  return made
}

function speaksOf(e: Latex, name: string): boolean {
  if (e.kind === 'scripted' && e.sub) return e.sup.some(r => r.kind === 'power' && speaksOf(r.exponent, name))
  return (e.kind === 'symbol' && e.name === name) || latexChildren(e).some(c => speaksOf(c, name))
}
