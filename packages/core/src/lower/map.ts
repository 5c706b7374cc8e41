/** Functions of entries, simplified as they are built: few passes over memory, and stable for large arguments. */
import { argumentsOf, asKind, type Builder, foldedNumbers, type Labelled, nodeOf, numberIn, numberNode, rawKnown, rawMap, sameValue } from './builder.ts'
import { onePlusExp } from './logistic.ts'
import type { MapFunction } from './program.ts'
import { logOfSum } from './stable.ts'

type Rule = (b: Builder, args: readonly Labelled[]) => Labelled | undefined

/** fn(args), entry by entry, by the first rule that applies, else as it stands. */
export function map(b: Builder, fn: MapFunction, ...args: readonly Labelled[]): Labelled {
  const folded = foldedNumbers(b, fn, args)
  if (folded) return folded
  for (const rule of RULES[fn] ?? []) {
    const made = rule(b, args)
    if (made) return made
  }
  return rawMap(b, fn, COMMUTE.has(fn) ? [...args].sort((x, y) => x.node - y.node) : args)
}

const COMMUTE: ReadonlySet<MapFunction> = new Set<MapFunction>(['add', 'mul', 'max', 'min'])

/** The rule with its two arguments in either order. */
const either = (rule: (b: Builder, x: Labelled, y: Labelled) => Labelled | undefined): Rule =>
  (b, [x, y]) => rule(b, x!, y!) ?? rule(b, y!, x!)

const one = (rule: (b: Builder, x: Labelled) => Labelled | undefined): Rule => (b, [x]) => rule(b, x!)
const inside = (b: Builder, x: Labelled, fn: MapFunction): Labelled | undefined => argumentsOf(b, x, fn)?.[0]

const RULES: Readonly<Partial<Record<MapFunction, readonly Rule[]>>> = {
  add: [
    // x + 0 = x
    either((b, x, y) => (numberIn(b, x) === 0 ? y : undefined)),
    // x + (-y) = x - y
    either((b, x, y) => { const z = inside(b, y, 'neg'); return z && map(b, 'sub', x, z) }),
  ],
  sub: [
    (b, [x, y]) => (numberIn(b, y!) === 0 ? x : numberIn(b, x!) === 0 ? map(b, 'neg', y!) : undefined),
    (b, [x, y]) => { const z = inside(b, y!, 'neg'); return z && map(b, 'add', x!, z) },
    (b, [x, y]) => { const z = inside(b, x!, 'neg'); return z && map(b, 'neg', map(b, 'add', z, y!)) },
    // y - x = -(x - y) where x - y is there
    (b, [x, y]) => { const turned = rawKnown(b, 'sub', y!, x!); return turned && map(b, 'neg', turned) },
  ],
  mul: [
    either((b, x, y) => { const z = inside(b, x, 'neg'); return z && map(b, 'neg', map(b, 'mul', z, y)) }),
    either((b, x, y) => (numberIn(b, x) === 1 ? y : numberIn(b, x) === -1 ? map(b, 'neg', y) : undefined)),
    either((b, x) => (numberIn(b, x) === 0 ? numberNode(b, 0) : undefined)),
    // a (b c) = (a b) c where a and b are small
    either((b, x, y) => {
      const parts = argumentsOf(b, y, 'mul')
      if (!parts) return undefined
      const [small, large] = volumeOf(b, parts[0]!) <= volumeOf(b, parts[1]!) ? parts : [parts[1]!, parts[0]!]
      const together = [...new Set([...x.axes, ...small!.axes])].reduce((v, i) => v * b.sizeOf(i), 1)
      return together < volumeOf(b, large!) ? map(b, 'mul', map(b, 'mul', x, small!), large!) : undefined
    }),
    // c (a/b) = a (c/b) where b is small
    either((b, x, y) => {
      const parts = numberIn(b, x) === undefined ? undefined : argumentsOf(b, y, 'div')
      return parts && volumeOf(b, parts[1]!) < volumeOf(b, parts[0]!) ? map(b, 'mul', parts[0]!, map(b, 'div', x, parts[1]!)) : undefined
    }),
    // x (1/y) = x/y
    either((b, x, y) => { const z = inside(b, y, 'reciprocal'); return z && map(b, 'div', x, z) }),
    // [x > 0] y = y where x > 0, else 0
    either((b, x, y) => { const z = inside(b, x, 'step'); return z && asKind(b, z, 'number') === undefined ? rawMap(b, 'gate', [positivePart(b, z), y]) : undefined }),
    (b, [x, y]) => (sameValue(x!, y!) ? map(b, 'square', x!) : undefined),
  ],
  div: [(b, [x, y]) => { const z = inside(b, x!, 'neg'); return z && map(b, 'neg', map(b, 'div', z, y!)) }, (b, [x, y]) => { const d = numberIn(b, y!); return d === undefined ? undefined : map(b, 'mul', numberNode(b, 1 / d), x!) }],
  neg: [
    one((b, x) => inside(b, x, 'neg')),
    one((b, x) => {
      const sum = b.kept.has(x.node) ? undefined : asKind(b, x, 'contract')
      return sum && { node: nodeOf(b, { ...sum, coefficient: -sum.coefficient }), axes: x.axes }
    }),
  ],
  reciprocal: [
    one((b, x) => inside(b, x, 'reciprocal')),
    // 1/exp(x) = exp(-x)
    one((b, x) => { const u = inside(b, x, 'exp'); return u && map(b, 'exp', map(b, 'neg', u)) }),
    // 1/(1 + exp(x)) = sigma(-x)
    one((b, x) => { const u = onePlusExp(b, x); return u && map(b, 'sigmoid', map(b, 'neg', u)) }),
  ],
  pow: [(b, [x, y]) => {
    switch (numberIn(b, y!)) {
      case 0: return numberNode(b, 1)
      case 1: return x
      case 2: return map(b, 'square', x!)
      case 3: return map(b, 'mul', x!, map(b, 'square', x!))
      case 4: return map(b, 'square', map(b, 'square', x!))
      case -1: return map(b, 'reciprocal', x!)
      case -2: return map(b, 'reciprocal', map(b, 'square', x!))
      case 0.5: return map(b, 'sqrt', x!)
      case -0.5: return map(b, 'reciprocal', map(b, 'sqrt', x!))
      case 1.5: return map(b, 'mul', x!, map(b, 'sqrt', x!))
      case -1.5: return map(b, 'reciprocal', map(b, 'mul', x!, map(b, 'sqrt', x!)))
      default: return undefined
    }
  }],
  square: [one((b, x) => { const z = inside(b, x, 'neg'); return z && map(b, 'square', z) })],
  max: [either((b, x, y) => (numberIn(b, x) === 0 ? map(b, 'relu', y) : undefined))],
  exp: [one((b, x) => { const s = asKind(b, x, 'log-softmax'); return s && { node: nodeOf(b, { ...s, kind: 'softmax' }), axes: x.axes } })],
  log: [
    one((b, x) => { const s = asKind(b, x, 'softmax'); return s && !s.mask ? { node: nodeOf(b, { ...s, kind: 'log-softmax' }), axes: x.axes } : undefined }),
    one((b, x) => logOfSum(b, x, map)),
    // log(sigma(x)) = -softplus(-x)
    one((b, x) => { const u = inside(b, x, 'sigmoid'); return u && map(b, 'neg', map(b, 'softplus', map(b, 'neg', u))) }),
    // log(1 - sigma(x)) = -softplus(x)
    one((b, x) => {
      const parts = argumentsOf(b, x, 'sub')
      const u = parts && numberIn(b, parts[0]!) === 1 ? inside(b, parts[1]!, 'sigmoid') : undefined
      return u && map(b, 'neg', map(b, 'softplus', u))
    }),
    one((b, x) => { const u = onePlusExp(b, x); return u && map(b, 'softplus', u) }),
    one((b, x) => inside(b, x, 'exp')),
  ],
}

const volumeOf = (b: Builder, x: Labelled): number => x.axes.reduce((v, i) => v * b.sizeOf(i), 1)

/** relu(z) where it is computed anyway: it is positive where z is, and z need not be kept. */
function positivePart(b: Builder, z: Labelled): Labelled {
  return rawKnown(b, 'relu', z) ?? z
}
