/** Random statements and expressions of a given shape, as text. */
/** A tensor that later statements may read. Its axes are sizes as they are written: `n`, `3`. */
export interface Known { readonly name: string; readonly axes: readonly string[] }

/** What one draw of a network has made so far. */
export interface Drawing {
  readonly draw: (n: number) => number
  readonly pick: <T>(items: readonly T[]) => T
  readonly sizes: readonly string[]
  /** What expressions read; leaves and nodes. */
  readonly pool: Known[]
  readonly leaves: { readonly kind: 'input' | 'param'; readonly tensor: Known }[]
  /** A parameter of this shape: a new one, or one that is there. */
  readonly parameter: (axes: readonly string[]) => Known
}

type Axes = readonly string[]

/** Smooth or bent functions that are defined everywhere and grow slowly. */
const functions = ['gelu_tanh', 'tanh', 'sigmoid', 'sin', 'cos', 'softplus', 'relu', 'gelu', 'silu', 'erf', 'abs', 'leaky_relu', 'elu', 'relu6', 'g', 'g']
/** Those whose derivatives stay short when the argument is a whole sum: gelu_tanh has the cube of it. */
const short = functions.slice(1)

export interface Expressions {
  readonly expression: (axes: Axes, depth: number) => string
  /** A statement that defines `name`. */
  readonly statement: (name: string) => { readonly text: string; readonly tensor?: Known }
}

const isAtom = (text: string): boolean => /^[\w.]+$|^\w+\([^()]*\)$/.test(text)
const group = (text: string): string => (isAtom(text) ? text : `(${text})`)
const same = (a: Axes, b: Axes): boolean => a.join() === b.join()

export function makeExpressions(d: Drawing): Expressions {
  const { draw, pick } = d
  /** Something that is there, with this shape, the latest first; a parameter when there is none. */
  const leaf = (axes: Axes): string => {
    const there = d.pool.filter(t => same(t.axes, axes))
    return (there.length > 0 && draw(6) > 0 ? pick(there.slice(-2)) : d.parameter(axes)).name
  }
  /** A size, mostly one of the latest tensors, so that they are read. */
  const axis = (): string => {
    const latest = d.pool.slice(-3).flatMap(t => t.axes).filter(a => d.sizes.includes(a))
    return latest.length > 0 && draw(4) > 0 ? pick(latest) : pick(d.sizes)
  }
  const expression = (axes: Axes, depth: number): string => {
    if (depth <= 0) return leaf(axes)
    if (draw(3) === 0) return anyShape(axes, depth)
    return axes.length === 0 ? scalar(depth) : axes.length === 1 ? vector(axes[0]!, depth) : axes.length === 2 ? matrix(axes[0]!, axes[1]!, depth) : anyShape(axes, depth)
  }
  const inner = (axes: Axes, depth: number): string => group(expression(axes, depth - 1))
  const call = (name: string, ...args: string[]): string => `${name}(${args.join(', ')})`

  const anyShape = (axes: Axes, depth: number): string => {
    const [a, b] = [(): string => inner(axes, depth), (): string => leaf(axes)]
    const times = axes.length === 0 ? ' ' : ' .* '
    switch (draw(13)) {
      case 0: case 1: return `${a()} + ${b()}`
      case 2: return `${a()} - ${b()}`
      case 3: return `${a()}${times}${b()}`
      case 4: return axes.length === 0 ? `${a()}^${2 + draw(2)}` : `${a()}${times}${a()}`
      case 5: return call('exp', `1/4 ${a()}`)
      case 6: return `${pick(['2', '1/3', '-1', leaf([])])} ${a()}`
      case 7: return axes.length === 0 ? `${b()}/(1 + ${a()}^2)` : `${b()} ./ (2 + tanh(${expression(axes, depth - 1)}))`
      case 8: return axes.length === 0 ? pick([`sqrt(1 + ${a()}^2)`, `log(2 + ${a()}^2)`]) : call(pick(['max', 'min']), b(), expression(axes, depth - 1))
      default: {
        const f = pick(functions)
        return call(f, expression(axes, depth - 1))
      }
    }
  }

  const scalar = (depth: number): string => {
    const n = axis()
    const v = (): string => expression([n], depth - 1)
    switch (draw(12)) {
      case 0: return `${group(v())} . ${leaf([n])}`
      case 1: return call('sum', v())
      case 2: return call('mean', v())
      case 3: return call('logsumexp', v())
      // a norm has no derivative at zero, where relu6 of a node may stay
      case 4: return draw(2) ? call('norm', d.parameter([n]).name) : `sqrt(1/10 + ||${v()}||^2)`
      case 5: return `||${v()}||^2`
      case 6: { const a = leaf([n]); return `sum_i ${a}[i] ${leaf([n])}[i]` }
      case 7: return `max_i ${leaf([n])}[i]`
      case 8: return call('sum', expression([n, axis()], depth - 1))
      case 9: return `${leaf([n])}[${1 + draw(2)}]`
      case 10: return call('var', v())
      default: return call('trace', expression([n, n], depth - 1))
    }
  }

  const vector = (n: string, depth: number): string => {
    const p = axis()
    switch (draw(12)) {
      case 0: case 1: return `${leaf([n, p])} ${inner([p], depth)}`
      case 2: return `${d.parameter([n, p]).name} ${inner([p], depth)} + ${d.parameter([n]).name}`
      case 3: return `${leaf([p, n])}^T ${inner([p], depth)}`
      case 4: return call('softmax', expression([n], depth - 1))
      case 5: return call('log_softmax', expression([n], depth - 1))
      case 6: return `${inner([n, p], depth)} ${leaf([p])}`
      case 7: return call('sum', expression([n, p], depth - 1), 'axis=2')
      case 8: return call('mean', expression([p, n], depth - 1), 'axis=1')
      case 9: return call('logsumexp', expression([n, p], depth - 1))
      case 10: return `${inner([n], depth)} - mean(${leaf([n])})`
      default: return call('diag', expression([n, n], depth - 1))
    }
  }

  const matrix = (n: string, p: string, depth: number): string => {
    const q = axis()
    switch (draw(8)) {
      case 0: case 1: return `${leaf([n, q])} ${inner([q, p], depth)}`
      case 2: return `${inner([n, q], depth)} ${leaf([p, q])}^T`
      case 3: return call('outer', expression([n], depth - 1), leaf([p]))
      case 4: return call('softmax', expression([n, p], depth - 1))
      case 5: return `${inner([p, n], depth)}^T`
      case 6: return n === p ? call('diag', expression([n], depth - 1)) : leaf([n, p])
      default: return call('transpose', expression([p, n], depth - 1))
    }
  }

  /** Equations entry by entry: deltas, windows, triangles, sums with several letters. */
  const inLetters = (name: string): { text: string; tensor?: Known } => {
    const [n, p] = [axis(), axis()]
    const made = (axes: Axes, left: string, right: string): { text: string; tensor: Known } => ({ text: `${name}[${left}] = ${right}`, tensor: { name, axes } })
    const f = (text: string): string => (draw(2) ? `${pick(short)}(${text})` : text)
    switch (draw(12)) {
      case 0: return made([n], 'i', f(`sum_j ${leaf([n, p])}[i,j] ${leaf([p])}[j] + ${leaf([n])}[i]`))
      case 1: return made([n, p], 'i,j', f(`${leaf([n])}[i] ${leaf([p])}[j] - ${leaf([p, n])}[j,i]`))
      case 2: return made([n, n], 'i,j', `[i = j] ${f(`${leaf([n])}[i]`)} + ${leaf([n, n])}[i,j]`)
      case 3: return made([n], 'i', f(`sum_j [j <= i] ${leaf([n, n])}[i,j] ${leaf([n])}[j]`))
      case 4: return made([n], `i: ${n}`, f(`sum_{u: 2} ${leaf(['2'])}[u] ${leaf([n])}[i + u - 1]`))
      case 5: return made([n], 'i', `${leaf([n])}[i] - ${leaf([n])}[i - 1]`)
      case 6: return made([n], `i: ${n}`, `max_{u: 2} ${leaf([n])}[i + u - 1]`)
      case 7: return made([n], 'i', `max_j ${leaf([n, p])}[i,j]`)
      case 8: return made([n], 'i', `exp(tanh(${leaf([n])}[i]))/(sum_k exp(tanh(${leaf([n])}[k])))`)
      case 9: return { text: `${name} = sum_{i,j} ${leaf([n, p])}[i,j] ${leaf([n])}[i] ${leaf([p])}[j]`, tensor: { name, axes: [] } }
      case 10: return made([n, p], 'i,j', `sum_k ${leaf([n, n])}[i,k] ${leaf([p, n])}[j,k] ${leaf([n])}[k]`)
      default: return made([n], 'i', `${f(`${leaf([n])}[i]`)} (1 - ${leaf([n])}[i]) + mean_j ${leaf([n, p])}[i,j]`)
    }
  }

  /** Layers that bring their own parameters, on small tensors. */
  const layer = (name: string): { text: string; tensor?: Known } => {
    const [n, p] = [axis(), axis()]
    const numbers = d.sizes.filter(s => /^\d+$/.test(s))
    const k = pick(numbers)
    const made = (axes: Axes, right: string): { text: string; tensor: Known } => ({ text: `${name} = ${right}`, tensor: { name, axes } })
    switch (draw(8)) {
      case 0: return made(['2'], `dense(${leaf([n])}, 2)`)
      case 1: return made([n], `layernorm(${leaf([n])}, eps=1/10)`)
      case 2: return made([n], `rmsnorm(${leaf([n])}, eps=1/10)`)
      case 3: return made([n], `batchnorm(${leaf([n])}, eps=1/10)`)
      case 4: return made(['2', k], `conv1d(${leaf([k, k])}, 2, 3, padding=1)`)
      case 5: return made(['2', '1'], `${pick(['maxpool1d', 'avgpool1d'])}(${leaf(['2', '3'])}, 2)`)
      case 6: return made([n, p], `attention(${leaf([n, '2'])}, ${leaf([k, '2'])}, ${leaf([k, p])})`)
      default: return made([k, '3', '3'], `conv(${leaf(['2', '3', '3'])}, ${k}, 3, padding=1, bias=false)`)
    }
  }

  const residual = (name: string): { text: string; tensor?: Known } => {
    const { axes, name: of } = pick(d.pool)
    return { text: `${name} = ${of} + ${expression(axes, 2)}`, tensor: { name, axes } }
  }

  const statement = (name: string): { text: string; tensor?: Known } => {
    const kind = draw(10)
    if (kind < 4) {
      const axes = pick([[], [axis()], [axis()], [axis(), axis()]])
      return { text: `${name} = ${expression(axes, 1 + draw(2))}`, tensor: { name, axes } }
    }
    if (kind < 5) return residual(name)
    return kind < 9 ? inLetters(name) : layer(name)
  }
  return { expression, statement }
}
