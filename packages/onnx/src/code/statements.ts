/** Programs as lines of NumPy or PyTorch: products as einsum, windows by `read` and `write`, everything else by its name. */
import type { lower } from '@chainrule/core'
import type { Dialect } from './dialect.ts'
import { nodeNames } from './names.ts'

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const tuple = (items: readonly (string | number)[]): string => `(${items.join(', ')}${items.length === 1 ? ',' : ''})`
const pair = (p: lower.Place): string => `([${p.terms.map(([l, c]) => `(${l}, ${c})`).join(', ')}], ${p.constant})`
const list = (places: readonly lower.Place[]): string => `[${places.map(pair).join(', ')}]`

/** The loop that a place is, over a whole axis. */
const whole = (p: lower.Place, size: number, loops: readonly number[]): number | undefined =>
  (p.constant === 0 && p.terms.length === 1 && p.terms[0]![1] === 1 && loops[p.terms[0]![0]] === size ? p.terms[0]![0] : undefined)

/** One line for each node, in order; inputs are there already. */
export function statements(p: lower.Program, d: Dialect): string[] {
  const names = nodeNames(p)
  const ref = (n: number): string => { const node = p.nodes[n]!; return node.kind === 'number' ? number(node.value, d) : names[n]! }
  return p.nodes.flatMap((n, k) => {
    const value = valueOf(p, n, d, ref)
    return value === undefined ? [] : [`${names[k]!} = ${value}`]
  })
}

const number = (x: number, d: Dialect): string => (Number.isFinite(x) ? (x < 0 ? `(${x})` : String(x)) : x > 0 ? `${d.module}.inf` : `(-${d.module}.inf)`)

function valueOf(p: lower.Program, n: lower.Node, d: Dialect, ref: (n: number) => string): string | undefined {
  const { module } = d
  switch (n.kind) {
    case 'input': case 'number': return undefined
    case 'one-hot': return undefined
    case 'mask': {
      const terms = n.coefficients.map((c, k) => `${c} * ${module}.arange(${n.shape[k]!})${bracket(k, n.shape.length)}`)
      return `((${[...terms, n.constant].join(' + ')}) ${n.relation === 'eq' ? '==' : '<='} 0) * 1.0`
    }
    case 'map': return d.maps[n.fn](...n.args.map(a => argument(p, a, n.shape.length, d, ref)))
    case 'contract': return contraction(p, n, d, ref)
    case 'max': return d.max(extreme(p, n.over, d, ref), tuple(n.over.loops.flatMap((_, l) => (l < n.over.outer ? [] : [l]))))
    case 'winner': return `winner(${extreme(p, n.over, d, ref)}, ${n.over.loops.length - n.over.outer})`
    case 'softmax': case 'log-softmax': case 'logsumexp': {
      const mask = n.mask ? `, mask=${argument(p, n.mask, p.nodes[n.arg]!.shape.length, d, ref)}` : ''
      return `${n.kind.replace('-', '_')}(${ref(n.arg)}, ${tuple(n.axes)}${mask})`
    }
    case 'inverse': return `${module}.linalg.inv(${ref(n.arg)})`
    case 'det': return `${module}.linalg.det(${ref(n.arg)})`
  }
}

const bracket = (k: number, rank: number): string => (rank === 1 ? '' : `[${Array.from({ length: rank }, (_, j) => (j === k ? ':' : 'None')).join(', ')}]`)

/** An argument with its axes where the result has them. */
function argument(p: lower.Program, a: lower.Argument, rank: number, d: Dialect, ref: (n: number) => string): string {
  const own = p.nodes[a.node]!.shape.length
  const rising = a.along.every((x, k) => k === 0 || a.along[k - 1]! < x)
  const order = [...a.along.keys()].sort((x, y) => a.along[x]! - a.along[y]!)
  const name = rising ? ref(a.node) : d.transpose(ref(a.node), tuple(order))
  if (own === 0 || (rising && a.along.every((x, k) => x === rank - own + k))) return name
  return `${name}[${Array.from({ length: rank }, (_, j) => (a.along.includes(j) ? ':' : 'None')).join(', ')}]`
}


/** An operand along loops, and those loops in order. */
function operand(p: lower.Program, o: lower.Operand, loops: readonly number[], ref: (n: number) => string, outside = ''): { readonly text: string; readonly loops: readonly number[] } {
  const { shape } = p.nodes[o.node]!
  const found = o.at.map((q, k) => whole(q, shape[k]!, loops))
  if (!found.includes(undefined) && new Set(found).size === found.length) return { text: ref(o.node), loops: found as number[] }
  const used = [...new Set(o.at.flatMap(q => q.terms.map(([l]) => l)))].sort((x, y) => x - y)
  return { text: `read(${ref(o.node)}, ${list(o.at)}, ${tuple(loops)}${outside})`, loops: used }
}

function contraction(p: lower.Program, n: lower.NodeOf<'contract'>, d: Dialect, ref: (n: number) => string): string {
  const operands = n.operands.map(o => operand(p, o, n.loops, ref))
  const plain = n.out.map((q, k) => whole(q, n.shape[k]!, n.loops))
  const direct = !plain.includes(undefined) && new Set(plain).size === plain.length
  const written = direct ? plain as number[] : [...new Set(n.out.flatMap(q => q.terms.map(([l]) => l)))].sort((x, y) => x - y)
  const there = new Set(operands.flatMap(o => o.loops))
  const kept = written.filter(l => there.has(l))
  const idle = n.loops.reduce((c, s, l) => (there.has(l) || written.includes(l) ? c : c * s), 1)
  const coefficient = n.coefficient * idle
  const spell = (ls: readonly number[]): string => ls.map(l => letters[l]!).join('')
  const product = operands.length === 0 ? '1.0' : `${d.module}.einsum("${operands.map(o => spell(o.loops)).join(',')}->${spell(kept)}", ${operands.map(o => o.text).join(', ')})`
  const scaled = coefficient === 1 ? product : `${number(coefficient, d)} * ${product}`
  const lacking = kept.length < written.length
  const shape = tuple(written.map(l => n.loops[l]!))
  const spread = lacking ? d.broadcast(`${kept.length === 0 ? `(${scaled})` : `(${scaled})[${written.map(l => (kept.includes(l) ? ':' : 'None')).join(', ')}]`}`, shape) : scaled
  return direct ? spread : `write(${spread}, ${list(n.out)}, ${tuple(n.loops)}, ${tuple(n.shape)})`
}

/** What a maximum looks at, along all loops; left-out entries are far below. */
function extreme(p: lower.Program, e: lower.Extreme, d: Dialect, ref: (n: number) => string): string {
  const spread = (o: lower.Operand, outside: string): string => {
    const read = operand(p, o, e.loops, ref, outside)
    const order = [...read.loops.keys()].sort((x, y) => read.loops[x]! - read.loops[y]!)
    const turned = order.every((x, k) => x === k) ? read.text : d.transpose(read.text, tuple(order))
    return d.broadcast(`${turned}[${e.loops.map((_, l) => (read.loops.includes(l) ? ':' : 'None')).join(', ')}]`, tuple(e.loops))
  }
  const body = spread(e.operand, `, -${d.module}.inf`)
  return e.masks.reduce((x, m) => `${d.module}.where(${spread(m, '')} != 0, ${x}, -${d.module}.inf)`, body)
}
