/** Matrix expressions as formulas. Brackets by precedence are the renderer's; brackets that choose a reading are set here. */
import { eqR, ONE, type Rational, rational, signR } from '../../shape/index.ts'
import { numberForm } from '../forms.ts'
import type { Formula } from '../formula.ts'
import { leavesInside, type Mat, samplesInside, type SamplesM, type ScaledM, type ShowSample, tightness } from './algebra.ts'
import { scaleM } from './sums.ts'

const num = (value: Rational): Formula => numberForm(value)
const product = (operator: 'juxtapose' | 'dot' | 'hadamard', factors: readonly Formula[]): Formula =>
  factors.length === 1 ? factors[0]! : { kind: 'product', operator, factors }

/** More superscripts than this, or names that end in one, and the sample stands once behind the bracket. */
const SUPERSCRIPTS = 4

const labelled = (f: Formula): boolean => (f.kind === 'name' ? f.name.includes('^') : f.kind === 'partial' && (labelled(f.of) || labelled(f.by)))

/** The formula of a matrix expression; `show` gives the superscript of a sample. */
export function toFormula(m: Mat, show: ShowSample): Formula {
  const of = (x: Mat) => toFormula(x, show)
  switch (m.kind) {
    case 'number': return m.value.n < 0n ? { kind: 'negative', body: num({ n: -m.value.n, d: m.value.d }) } : num(m.value)
    case 'leaf': return m.write(show)
    case 'ones': return { kind: 'ones' }
    case 'identity': return { kind: 'identity' }
    case 'transpose': return { kind: 'transpose', body: of(m.body) }
    case 'diag': return { kind: 'call', name: 'diag', primes: 0, args: [of(m.body)] }
    case 'trace': return { kind: 'call', name: 'tr', primes: 0, args: [of(m.body)] }
    case 'inverse': return { kind: 'power', base: of(m.body), exponent: { kind: 'number', value: rational(-1) } }
    case 'square-norm': return { kind: 'power', base: { kind: 'norm', body: of(m.body) }, exponent: num(rational(2)) }
    case 'product': return product('juxtapose', m.factors.map(f => atom(f, show)))
    case 'hadamard': return hadamard(m.numerators, m.denominators, show)
    case 'sum': return { kind: 'sum', terms: m.terms.map(of) }
    case 'call': {
      const { name, primes, partials, symbol } = m.head
      if (name === 'sqrt' && m.args[0]?.kind === 'square-norm') return { kind: 'norm', body: of(m.args[0].body) }
      if (name === 'sqrt' && m.shape === 'scalar') return { kind: 'root', body: of(m.args[0]!) }
      return { kind: 'call', name, primes, args: m.args.map(of), ...(partials?.length ? { partials } : {}), ...(symbol ? { symbol } : {}) }
    }
    case 'power': return { kind: 'power', base: atom(m.base, show), exponent: of(m.exponent), ...(m.shape === 'scalar' ? {} : { elementwise: true }) }
    case 'scaled': return scaled(m, show)
    case 'samples': return samples(m, show)
  }
}

const bracket = (body: Formula): Formula => ({ kind: 'bracket', body })

/** A part of a product: a sum over samples gets brackets of its own. */
function atom(m: Mat, show: ShowSample): Formula {
  const f = toFormula(m, show)
  return m.kind === 'samples' ? bracket(f) : f
}

function hadamard(numerators: readonly Mat[], denominators: readonly Mat[], show: ShowSample): Formula {
  const above = product('hadamard', numerators.map(x => atom(x, show)))
  if (denominators.length === 0) return above
  return { kind: 'elementwise-quotient', numerator: above, denominator: product('hadamard', denominators.map(x => atom(x, show))) }
}

/** A scalar in front: an inner product gets brackets, so that no vector beside it joins it. */
const front = (m: Mat, show: ShowSample): Formula => (m.kind === 'product' || m.kind === 'samples' ? bracket(toFormula(m, show)) : toFormula(m, show))

function scaled(m: ScaledM, show: ShowSample): Formula {
  if (signR(m.coefficient) < 0) return { kind: 'negative', body: toFormula(scaleM(rational(-1), m), show) }
  const c = m.coefficient
  const alone = m.numerators.length + (m.body ? 1 : 0) === 1
  const above = [...(c.n === 1n ? [] : [num(rational(c.n))]), ...m.numerators.map(x => (alone && c.n === 1n ? toFormula(x, show) : front(x, show)))]
  const below = [...(c.d === 1n ? [] : [num(rational(c.d))]), ...m.denominators.map(x => front(x, show))]
  const { body } = m
  if (!body) return scalar(m, above, below, show)
  const rest = body.kind === 'ones' && above.length > 0 && below.length === 0 && m.numerators.length === 0 ? product('dot', [...above, { kind: 'ones' }]) : undefined
  if (rest) return rest
  const last = atom(body, show)
  const tail = body.kind === 'samples' ? toFormula(body, show) : last
  if (below.length === 0) return product('juxtapose', [...above, tail])
  const counts = m.denominators.every(x => x.kind === 'leaf' && x.size)
  const short = counts ? body.cost <= 2 && tightness(body) >= 2 : body.cost <= 6
  if (above.length === 0 && short && body.kind !== 'samples' && body.kind !== 'ones') return { kind: 'fraction', numerator: last, denominator: product('juxtapose', below) }
  return product('juxtapose', [{ kind: 'fraction', numerator: above.length > 0 ? product('juxtapose', above) : num(ONE), denominator: product('juxtapose', below) }, tail])
}

function scalar(m: ScaledM, above: readonly Formula[], below: readonly Formula[], show: ShowSample): Formula {
  const only = m.numerators.at(-1)
  const lastOpen = only?.kind === 'samples' ? [...above.slice(0, -1), toFormula(only, show)] : above
  if (below.length === 0) return product('juxtapose', lastOpen)
  // 1/2 (a − y)² and 1/m Σ_i …, not fractions with a square or a sum above
  const ahead = m.numerators.some(x => x.kind === 'samples' || x.kind === 'power' || x.kind === 'sum') && m.denominators.every(x => x.kind === 'leaf' && x.size)
  const long = ahead || m.numerators.reduce((c, x) => c + x.cost, 0) > 4
  if (!long || m.numerators.length === 0) return { kind: 'fraction', numerator: above.length > 0 ? product('juxtapose', above) : num(ONE), denominator: product('juxtapose', below) }
  const number = eqR({ n: m.coefficient.n, d: 1n }, ONE) ? num(ONE) : num(rational(m.coefficient.n))
  const rest = m.coefficient.n === 1n ? lastOpen : lastOpen.slice(1)
  return product('juxtapose', [{ kind: 'fraction', numerator: number, denominator: product('juxtapose', below) }, ...rest])
}

function samples(m: SamplesM, show: ShowSample): Formula {
  const shown = samplesInside(m.body)
  const crowded = shown.length > SUPERSCRIPTS || leavesInside(m.body).some(l => l.samples.length > 0 && labelled(l.write(() => undefined)))
  const own = m.over.length === 1 && shown.every(i => m.over[0] === i) && crowded
  const name = (i: Parameters<ShowSample>[0]) => (m.over.includes(i) ? (own ? undefined : m.names[m.over.indexOf(i)]) : show(i))
  const body = toFormula(m.body, name)
  const loose = tightness(m.body) < 2 && m.body.kind !== 'samples'
  return {
    kind: 'big', operator: 'sum', under: m.names,
    body: own ? { kind: 'bracket', body, square: true, sample: m.names[0]! } : loose ? { kind: 'bracket', body, square: true } : body,
  }
}

