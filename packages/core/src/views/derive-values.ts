/** The values view of a derivation: the result at given numbers. */
import { type Derivation } from '../calculus/index.ts'
import { evaluate, evaluateNodes, exact } from '../evaluate/index.ts'
import type { Network } from '../network/types.ts'
import { type Formula, indexForm, type PrintContext } from '../print/index.ts'
import type { Notation } from './notation.ts'
import { asNumber, denseText, nested, numberFormula } from './numbers.ts'
import type { Line, Section } from './page.ts'
import { exactPoint, type Given } from './point.ts'

/** Numbers put into the result, then its value. */
export function valuesOfDerivation(network: Network, d: Derivation, n: Notation, at: unknown): { sections: Section[]; data: unknown } {
  const point = exactPoint(network, (at ?? {}) as Given)
  evaluateNodes(d.nodes, point, exact)
  const order = [...new Set([...d.ofIndices, ...d.byIndices])]
  const value = evaluate(d.result, point, exact, order)
  const single = value.data.length === 1
  const lines: Line[] = []
  if (single) {
    const nameOf = (t: Parameters<NonNullable<PrintContext['nameOf']>>[0]): Formula | undefined => {
      const v = point.values.get(t.key)
      return v && v.data.length === 1 ? numberFormula(v.data[0]!) : n.index.nameOf?.(t)
    }
    lines.push({ relation: '=', right: indexForm(d.result, { ...n.index, nameOf, abbreviations: [] }), notes: [['numbers put in']] })
    lines.push({ relation: '=', right: numberFormula(value.data[0]!), notes: [] })
  }
  const sections: Section[] = single ? [{ kind: 'lines', lines }] : [{ kind: 'text', paragraphs: [[`value: ${denseText(value, 60)}`]] }]
  return { sections, data: nested(value, asNumber) }
}
