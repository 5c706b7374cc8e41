/** Figures drawn as SVG by Vega, which needs no DOM. */
import { parse, resetSVGDefIds, View } from 'vega'
import { compile, type TopLevelSpec } from 'vega-lite'
import type { Figure } from './chart.ts'
import { specOf } from './spec.ts'

/** The figure as SVG text. Equal figures give equal text. */
export async function svgOf(figure: Figure): Promise<string> {
  const { spec } = compile(specOf(figure) as unknown as TopLevelSpec, { logger: silent })
  resetSVGDefIds()
  const view = new View(parse(spec), { renderer: 'none' })
  try { return await view.toSVG() } finally { view.finalize() }
}

/** Vega-Lite's remarks on specifications are for whoever writes one. */
const silent = { level: () => silent, error: () => silent, warn: () => silent, info: () => silent, debug: () => silent } as never
