/** Whether a condition beside a chain says something of it. */
import { type Latex, latexChildren } from '../language/latex/index.ts'
import type { Chain } from './chains.ts'
import type { Scene } from './scene.ts'

/** False for a condition on letters that neither the chain nor the exercise has. */
export function speaksOf(condition: Latex, chain: Chain, scene: Scene): boolean {
  const letters = new Set(chain.parts.flatMap(p => (p ? symbolsOf(p) : [])))
  return symbolsOf(condition).some(l => letters.has(l) || isDeclared(l, scene))
}

const symbolsOf = (e: Latex): string[] => (e.kind === 'symbol' ? [e.name] : latexChildren(e).flatMap(symbolsOf))

const isDeclared = (name: string, s: Scene): boolean =>
  s.table.byBase.has(name) || s.network.dims.has(name) || s.rates.has(name) || s.labels.has(name) || s.pageNames.some(p => p.pattern.kind === 'name' && p.pattern.base === name)
