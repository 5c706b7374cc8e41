/** Which axis of each node runs over the data, and which order of axes its readers like best. */
import type { Place, Program } from '../program.ts'

const loopOf = (p: Place): number | undefined => (p.terms.length === 1 && p.terms[0]![1] === 1 && p.constant === 0 ? p.terms[0]![0] : undefined)

/** The sample axis of every node, followed from the inputs. */
export function sampleAxes({ nodes }: Program): (number | undefined)[] {
  const found: (number | undefined)[] = []
  for (const n of nodes) {
    switch (n.kind) {
      case 'input': case 'one-hot': found.push(n.sample ? 0 : undefined); break
      case 'number': case 'mask': found.push(undefined); break
      case 'map': {
        const a = n.args.find(x => found[x.node] !== undefined)
        found.push(a && a.along[found[a.node]!])
        break
      }
      case 'contract': case 'max': case 'winner': {
        const operands = n.kind === 'contract' ? n.operands : [n.over.operand]
        const o = operands.find(x => found[x.node] !== undefined)
        const loop = o && loopOf(o.at[found[o.node]!]!)
        const out = loop === undefined ? -1 : n.kind === 'contract' ? n.out.findIndex(place => loopOf(place) === loop) : n.kind === 'max' && loop >= n.over.outer ? -1 : loop
        found.push(out < 0 ? undefined : out)
        break
      }
      case 'softmax': case 'log-softmax': found.push(found[n.arg]); break
      case 'logsumexp': {
        const s = found[n.arg]
        found.push(s === undefined || n.axes.includes(s) ? undefined : s - n.axes.filter(a => a < s).length)
        break
      }
      case 'inverse': case 'det': found.push(found[n.arg]); break
    }
  }
  return found
}

/** Orders that outputs have, carried back through maps; parameters and their updates lie alike. */
export function wishes(program: Program): (readonly number[] | undefined)[] {
  const wish: (readonly number[] | undefined)[] = program.nodes.map(() => undefined)
  for (const o of program.outputs) if (!o.axes.includes(-1)) wish[o.node] ??= o.axes
  for (let k = program.nodes.length - 1; k >= 0; k--) {
    const n = program.nodes[k]!
    const order = wish[k]
    if (n.kind !== 'map' || !order) continue
    for (const a of n.args) wish[a.node] ??= order.flatMap(axis => { const own = a.along.indexOf(axis); return own < 0 ? [] : [own] })
  }
  return wish
}
