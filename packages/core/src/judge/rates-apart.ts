/** Learning rates with different names in one line are different numbers. */
import { entry, type Sym } from '../expression/index.ts'
import { type Latex, latexChildren } from '../language/latex/index.ts'
import type { Chain } from './chains.ts'
import type { Scene } from './scene.ts'

/** The scene with a number of its own for every further name of a rate that the chain has. */
export function ratesApart(scene: Scene, chain: Chain): Scene {
  const used = new Set<string>()
  const walk = (e: Latex): void => { if (e.kind === 'symbol' && scene.rates.has(e.name)) used.add(e.name); latexChildren(e).forEach(walk) }
  for (const p of chain.parts) if (p) walk(p)
  if (used.size < 2) return scene
  const first = [...used].find(n => scene.rates.get(n)!.tensor.name === n) ?? [...used][0]
  const own = (name: string, rate: Sym): Sym => (name === first || !used.has(name) ? rate : entry({ key: `page:rate:${name}`, name, axes: [], sample: false, rank: 0 }, []))
  return { ...scene, rates: new Map([...scene.rates].map(([name, rate]) => [name, own(name, rate)])) }
}
