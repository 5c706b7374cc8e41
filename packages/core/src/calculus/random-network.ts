/** Random `.chain` texts for tests: statements over a pool of tensors, every kind of expression that a network is made of. */
import { below, type Random, splitmix32 } from '../evaluate/generator.ts'
import { type Drawing, type Known, makeExpressions } from './random-expression.ts'

export interface RandomNetwork {
  readonly seed: number
  readonly declarations: readonly string[]
  /** One a node, in order; any may be left out to make a failing text smaller, unless a later one reads it. */
  readonly statements: readonly string[]
  readonly loss: string
}

export const textOf = (n: RandomNetwork): string => [...n.declarations, ...n.statements, n.loss].join('\n')

/** The network of a seed: always the same. */
export function randomNetwork(seed: number): RandomNetwork {
  const random = splitmix32(seed)
  const d = begin(random)
  const { statement, expression } = makeExpressions(d)
  const count = 1 + d.draw(4)
  const statements = Array.from({ length: count }, (_, k) => {
    const { text, tensor } = statement(`${d.pick(['h', 'z', 'y', 'a'])}_${k + 1}`)
    if (tensor) d.pool.push(tensor)
    return text
  })
  const last = d.pool.filter(t => !d.leaves.some(l => l.tensor === t)).at(-1)!
  const unread = d.pool.filter(t => t !== last && !d.leaves.some(l => l.tensor === t) && !statements.some(text => !text.startsWith(t.name) && text.includes(t.name)))
  const { targets, loss } = lossOf(d, { last, unread, alone: withoutData(d, statements) }, expression)
  const kinds = (kind: 'input' | 'param'): string[] => d.leaves.filter(l => l.kind === kind).map(l => written(l.tensor))
  const line = (word: string, items: readonly string[]): string[] => (items.length > 0 ? [`${word} ${items.join(', ')}`] : [])
  const symbols = d.sizes.filter(s => /[a-z]/.test(s))
  return {
    seed, statements, loss,
    declarations: [...line('dim', symbols), ...line('function', ['g']), ...line('input', kinds('input')), ...line('param', kinds('param')), ...targets],
  }
}

const written = (t: Known): string => (t.axes.length > 0 ? `${t.name}[${t.axes.join(', ')}]` : t.name)

function begin(random: Random): Drawing {
  const draw = (n: number): number => below(n, random)
  const pick = <T>(items: readonly T[]): T => items[draw(items.length)]!
  const numbers = [['2', '3', '4'], ['3', '2', '4'], ['4', '3', '2']][draw(3)]!
  const sizes = draw(3) === 0 ? ['n', 'p', numbers[0]!] : numbers
  const pool: Known[] = []
  const leaves: Drawing['leaves'] = []
  const parameter = (axes: readonly string[]): Known => {
    const there = leaves.filter(l => l.kind === 'param' && l.tensor.axes.join() === axes.join())
    if (there.length > 0 && (draw(3) === 0 || there.length > 2)) return pick(there).tensor
    const base = ['w', 'b', 'W', 'A'][Math.min(axes.length * 2, 2) + draw(2)]!
    const tensor = { name: `${base}_${leaves.length}`, axes }
    leaves.push({ kind: 'param', tensor })
    pool.push(tensor)
    return tensor
  }
  const [a, b] = [pick(sizes), pick(sizes)]
  const inputs: readonly (readonly string[])[] = [[[a]], [[a], [b]], [[a], []], [[a, b]], [[]]][draw(5)]!
  inputs.forEach((axes, k) => { const tensor = { name: ['x', 'u'][k]!, axes }; leaves.push({ kind: 'input', tensor }); pool.push(tensor) })
  return { draw, pick, sizes, pool, leaves, parameter }
}

interface Readables { readonly last: Known; readonly unread: readonly Known[]; readonly alone: readonly Known[] }

/** What depends on parameters alone. */
function withoutData(d: Drawing, statements: readonly string[]): Known[] {
  const data = d.leaves.filter(l => l.kind === 'input').map(l => l.tensor.name)
  for (const text of statements) if (data.some(name => text.includes(name))) data.push(/^\w+/.exec(text)![0])
  return d.pool.filter(t => !data.includes(t.name))
}

type Expression = (axes: readonly string[], depth: number) => string

/** A scalar of `last` and of what no one else reads, summed over the data or not, now and then with a regulariser. */
function lossOf(d: Drawing, { last, unread, alone }: Readables, expression: Expression): { targets: string[]; loss: string } {
  const { name: z, axes } = last
  const target = axes.length > 0 ? `t[${axes.join(', ')}]` : 't'
  const plain = (fact = ''): string[] => [`target ${target}${fact}`]
  const [targets, body] = ((): [string[], string] => {
    if (axes.length !== 1 || d.draw(3) === 0) {
      switch (d.draw(4)) {
        case 0: return [[], axes.length === 0 ? `tanh(${z})` : `sum(tanh(${z}))`]
        case 1: return [plain(), axes.length === 0 ? `(${z} - t)^2` : `squared_error(${z}, t)`]
        case 2: return [plain(), axes.length === 0 ? `1/2 (${z} - t)^2` : `sum((${z} - t) .* (${z} - t))`]
        default: return [[], `${axes.length === 0 ? `cos(${z})` : `mean(${z})`} + ${expression([], 2)}`]
      }
    }
    switch (d.draw(8)) {
      case 0: return [plain(' one-hot'), `cross_entropy_logits(${z}, t)`]
      case 1: return [plain(' one-hot'), `cross_entropy(softmax(${z}), t)`]
      case 2: return [plain(' one-hot'), `-sum_c t[c] log(softmax(${z})[c])`]
      case 3: return [plain(), `huber(${z}, t, delta=1/2)`]
      case 4: return [plain(), `half_squared_error(${z}, t)`]
      case 5: return [plain(), `binary_cross_entropy_logits(${z}, t)`]
      case 6: return [plain(), `||${z} - t||^2`]
      default: return [plain(' one-hot'), `-sum(t .* log_softmax(${z}))`]
    }
  })()
  const decay = alone.length > 0 && d.draw(3) === 0 ? regulariser(d.pick(alone), d) : ''
  const over = d.pick(['mean over data: ', 'sum over data: ', 'mean over data: ', decay ? 'mean over data: ' : ''])
  return { targets, loss: `loss E = ${decay ? `${decay} + ` : ''}${over}${body}${unread.map(t => ` + ${t.axes.length > 0 ? `sum(sin(${t.name}))` : `sin(${t.name})`}`).join('')}` }
}

const regulariser = (w: Known, d: Drawing): string => {
  const size = w.axes.length === 0 ? `${w.name}^2` : d.pick([`||${w.name}||^2`, `sum(${w.name} .* ${w.name})`])
  return `1/${2 + d.draw(3)} ${size}`
}

/** The network without any statement whose absence leaves the fault there. */
export function smaller(n: RandomNetwork, fails: (n: RandomNetwork) => boolean): RandomNetwork {
  for (let k = n.statements.length - 1; k >= 0; k--) {
    const less = { ...n, statements: n.statements.filter((_, j) => j !== k) }
    if (fails(less)) return smaller(less, fails)
  }
  const terms = n.loss.split(' + ')
  for (let k = 1; k < terms.length; k++) {
    const less = { ...n, loss: terms.filter((_, j) => j !== k).join(' + ') }
    if (fails(less)) return smaller(less, fails)
  }
  return n
}
