/** A graph as SVG, laid out by Graphviz. */
import { instance } from '@viz-js/viz'

/** SVG of DOT text. */
export async function svgOf(dot: string): Promise<string> {
  const viz = await instance()
  return viz.renderString(dot, { format: 'svg' })
}
