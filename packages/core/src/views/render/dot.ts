/** A graph drawing as DOT. Kinds differ by shape and line as well as by colour, so that a black and white print can be read. */
import type { DrawnKind, DrawnNode, GraphDrawing } from '../graph-drawing.ts'

const quote = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`
const html = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll('\n', '<br/>')

const shapes: Readonly<Record<DrawnKind, string>> = {
  input: 'shape=ellipse, style=filled, fillcolor="#e3f0fb"',
  target: 'shape=ellipse, style="filled,dashed", fillcolor="#e9f6e4"',
  param: 'shape=box, style="filled,dashed", fillcolor="#fdf3dc"',
  node: 'shape=box, style=filled, fillcolor="#ffffff"',
  loss: 'shape=box, style=filled, fillcolor="#fbe4e4", peripheries=2',
}

function label(node: DrawnNode): string {
  const row = (word: string, number: string | undefined): string =>
    (number === undefined ? '' : `<tr><td align="right"><font point-size="10" color="#555555">${word}</font></td><td align="left">${html(number)}</td></tr>`)
  const numbers = row('value', node.value) + row('gradient', node.gradient)
  return `<<table border="0" cellborder="0" cellspacing="0" cellpadding="2"><tr><td${numbers === '' ? '' : ' colspan="2"'}><b>${html(node.label)}</b></td></tr>${numbers}</table>>`
}

/** DOT text, left to right in the order of computation; edges carry their local derivatives. */
export function renderDot(drawing: GraphDrawing): string {
  const nodes = drawing.nodes.map(n => `  ${quote(n.name)} [label=${label(n)}, ${shapes[n.kind]}]`)
  const edges = drawing.edges.map(e => `  ${quote(e.from)} -> ${quote(e.to)}${e.label === undefined || e.label === '' ? '' : ` [label=${quote(` ${e.label} `)}]`}`)
  return `digraph network {\n  rankdir=LR\n  node [fontname="Helvetica,Arial,sans-serif", fontsize=12, margin="0.08,0.04"]\n  edge [fontname="Helvetica,Arial,sans-serif", fontsize=10, arrowsize=0.7]\n${[...nodes, ...edges].join('\n')}\n}\n`
}
