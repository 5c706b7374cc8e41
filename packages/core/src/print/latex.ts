/** Formulas as LaTeX that KaTeX accepts; brackets grow only around what is higher than a line. */
import { printSize, textR } from '../shape/index.ts'
import type { Formula } from './formula.ts'
import { latexNameParts, nameParts, scripts } from './names.ts'
import { fit, LEVEL, letterIndices, negativePiece, type Notation, operatorPiece, type Piece, productPiece, sizeLevel, sumPiece } from './pieces.ts'

const wrap = (p: Piece, square = false): Piece => {
  const [a, b] = square ? ['[', ']'] : ['(', ')']
  return { text: p.tall ? `\\left${a} ${p.text} \\right${b}` : `${a}${p.text}${b}`, level: LEVEL.atom, ...(p.tall ? { tall: true } : {}) }
}

const notation: Notation = {
  minus: '-',
  wrap,
  operator: { dot: ' \\cdot ', times: ' \\times ', hadamard: ' \\odot ', quotient: ' \\oslash ' },
  beside: (before, after, first) => {
    if (after.digit) return ' \\cdot '
    if (first && before.whole) return ' '
    return /^\\(mathrm|mathbf|operatorname)/.test(after.text) || /^\\mathrm\{[^}]*\}$/.test(before.text) ? '\\,' : ' '
  },
}

/** The formula in LaTeX (maths mode, without dollar signs). */
export const renderLatex = (f: Formula): string => piece(f).text

const functions = new Set(['log', 'ln', 'exp', 'sin', 'cos', 'tan', 'sinh', 'cosh', 'tanh', 'max', 'min', 'det'])
const bare = new Set(['log', 'ln'])
const atom = (text: string, more: Partial<Piece> = {}): Piece => ({ text, level: LEVEL.atom, ...more })
const tallIf = (...parts: readonly Piece[]): { tall?: true } => (parts.some(p => p.tall) ? { tall: true } : {})

/** A piece with scripts; more superscripts can join. */
function scripted(core: string, sub: string, sup: string, more: Partial<Piece> = {}): Piece {
  return atom(scripts({ core, sub, sup }), { scripts: { core, sub, sup }, ...(sup === '' ? {} : { raised: true }), ...(sub === '' ? {} : { lowered: true }), ...more })
}

const separated = (items: readonly Formula[], by = ', '): string => items.map(i => piece(i).text).join(by)
const relations: Readonly<Record<string, string>> = { '≤': '\\le', '≥': '\\ge', '≠': '\\ne', '←': '\\leftarrow', '≈': '\\approx', '∈': '\\in' }
const pair = (x: { left: Formula; relation: string; right: Formula }): string => `${piece(x.left).text} ${relations[x.relation] ?? x.relation} ${piece(x.right).text}`
const braced = (text: string): string => (/^(.|\\[A-Za-z]+)$/su.test(text) ? text : `{${text}}`)

/** Indices below: `ij`, `1, 2`. */
const runTogether = (indices: readonly Formula[]): string =>
  (letterIndices(indices) ? separated(indices, indices.every(i => i.kind === 'name' && /^[A-Za-z]$/.test(i.name)) ? '' : ' ') : separated(indices))

function entry(f: Extract<Formula, { kind: 'entry' }>): Piece {
  const plain = fit(piece(f.base), LEVEL.atom, notation)
  // a label and a sample stand side by side as y^{(2),(i)}; indices go below a bracket when the place below is taken
  const base = plain.lowered && f.indices.length > 0 ? wrap(plain) : plain
  const own = base.scripts ?? { core: base.text, sub: '', sup: '' }
  const sample = f.sample ? `(${piece(f.sample).text})` : ''
  const below = f.indices.length === 0 ? own.sub : runTogether(f.indices)
  return scripted(own.core, below, own.sup === '' ? sample : sample === '' ? own.sup : `${own.sup},${sample}`, { ...tallIf(base) })
}

function functionName(f: Extract<Formula, { kind: 'call' }>): string {
  const primed = (core: string, sub: string, sup: string): string => (f.primes === 0 ? scripts({ core, sub, sup })
    : sup === '' ? `${scripts({ core, sub, sup })}${"'".repeat(f.primes)}` : scripts({ core, sub, sup: `${sup}${'\\prime'.repeat(f.primes)}` }))
  const partials = (f.partials ?? []).map(k => `\\partial_{${k + 1}} `).join('')
  if (f.symbol) return partials + primed(f.symbol.latex, '', '')
  if (functions.has(f.name)) return partials + primed(`\\${f.name}`, '', '')
  const own = latexNameParts(f.name)
  const operator = nameParts(f.name).path.length === 0 && own.core.startsWith('\\mathrm{') ? own.core.replace('\\mathrm', '\\operatorname') : own.core
  return partials + primed(operator, own.sub, own.sup)
}

function call(f: Extract<Formula, { kind: 'call' }>): Piece {
  const head = functionName(f)
  const args = f.args.map(piece)
  const inner: Piece = { text: args.map(a => a.text).join(', '), level: LEVEL.relation, ...tallIf(...args) }
  const closed = head + wrap(inner).text
  if (!bare.has(f.name) || args.length !== 1 || args[0]!.level < LEVEL.atom || args[0]!.open || f.args[0]!.kind === 'call') return atom(closed, tallIf(...args))
  return { text: `${head} ${args[0]!.text}`, level: LEVEL.product, open: true, closed, ...tallIf(...args) }
}

function power(base: Piece, exponent: string): Piece {
  const inner = base.raised || base.level < LEVEL.atom ? wrap(base) : base
  return { text: `${inner.text}^{${exponent}}`, level: LEVEL.power, raised: true, ...tallIf(inner), ...(inner.digit ? { digit: true } : {}) }
}

function transpose(f: Formula): Piece {
  const base = fit(piece(f), LEVEL.atom, notation)
  if (base.scripts) return { ...scripted(base.scripts.core, base.scripts.sub, `${base.scripts.sup}\\top`), level: LEVEL.power }
  return { ...(base.raised ? wrap(base) : base), text: `${(base.raised ? wrap(base) : base).text}^{\\top}`, level: LEVEL.power, raised: true }
}

function differential(f: Formula, d: string): string {
  const p = piece(f)
  const text = f.kind === 'name' || f.kind === 'entry' || f.kind === 'call' || (f.kind === 'transpose' && (f.body.kind === 'name')) ? p.text : p.text.startsWith('(') && p.level === LEVEL.atom ? p.text : wrap(p).text
  return d.endsWith('d') && text.startsWith('\\mathrm{') ? `${d}(${text})` : d.startsWith('\\') ? `${d} ${text}` : `${d}${text}`
}

function big(f: Extract<Formula, { kind: 'big' }>): Piece {
  const head = { sum: '\\sum', product: '\\prod', max: '\\max', argmax: '\\operatorname*{arg\\,max}' }[f.operator]
  const letters = separated(f.under, ',')
  const where = f.condition === undefined ? '' : f.condition.kind === 'list' ? separated(f.condition.items, ',\\, ') : piece(f.condition).text
  const under = where === '' ? letters : letters === '' ? where : `${letters}:\\, ${where}`
  const body = fit(piece(f.body), f.body.kind === 'product' && f.body.operator !== 'juxtapose' ? LEVEL.dot : LEVEL.product, notation)
  return { text: `${head}_${braced(under)} ${body.text}`, level: LEVEL.product, open: true, tall: true }
}

function rational(f: Extract<Formula, { kind: 'number' }>, text: string): Piece {
  const slash = /^(\d+)\/(\d+)$/.exec(text)
  const plain: Piece = slash ? { text: `\\frac{${slash[1]}}{${slash[2]}}`, level: LEVEL.product, tall: true } : atom(text, { digit: true, ...(f.value.d === 1n ? { whole: true } : {}) })
  return f.value.n < 0n ? negativePiece(plain, notation) : plain
}

function piece(f: Formula): Piece {
  switch (f.kind) {
    case 'number': return rational(f, decimalOf(f))
    case 'name': {
      const { core, sub, sup } = latexNameParts(f.name)
      return scripted(core, sub, sup)
    }
    case 'size': {
      const text = printSize(f.size, 'latex')
      return { text, level: sizeLevel(f), ...(text.includes('\\frac') ? { tall: true } : {}), ...(/^\d/.test(text) ? { digit: true } : {}), ...(/\^\{[^}]*\}$/.test(text) ? { raised: true } : {}) }
    }
    case 'entry': return entry(f)
    case 'sum': return sumPiece(f.terms, notation, piece)
    case 'negative': return negativePiece(piece(f.body), notation)
    case 'product': return f.operator === 'juxtapose' ? productPiece(f.factors.map(piece), notation) : operatorPiece(f.factors.map(piece), f.operator, notation)
    case 'fraction': return { text: `\\frac{${piece(f.numerator).text}}{${piece(f.denominator).text}}`, level: LEVEL.product, tall: true }
    case 'elementwise-quotient': return operatorPiece([piece(f.numerator), piece(f.denominator)], 'quotient', notation)
    case 'power': return power(piece(f.base), `${f.elementwise ? '\\odot ' : ''}${piece(f.exponent).text}`)
    case 'exponential': return atom(`e^{${piece(f.exponent).text}}`, { raised: true, ...tallIf(piece(f.exponent)) })
    case 'root': return atom(`\\sqrt{${piece(f.body).text}}`, { tall: true })
    case 'transpose': return transpose(f.body)
    case 'call': return call(f)
    case 'absolute': return atom(`\\left| ${piece(f.body).text} \\right|`, tallIf(piece(f.body)))
    case 'norm': return atom(`\\left\\| ${piece(f.body).text} \\right\\|`, tallIf(piece(f.body)))
    case 'big': return big(f)
    case 'ones': return atom('\\mathbf{1}')
    case 'identity': return atom('I')
    case 'partial': return { text: `\\frac{${differential(f.of, '\\partial')}}{${differential(f.by, '\\partial')}}`, level: LEVEL.product, tall: true }
    case 'differential': return atom(differential(f.of, 'd'))
    case 'delta': return scripted('\\delta', runTogether([f.left, f.right]), '')
    case 'indicator': return atom(`\\mathbf{1}${wrap({ text: pair(f), level: LEVEL.relation, ...tallIf(piece(f.left), piece(f.right)) }, true).text}`)
    case 'equation': case 'condition': return { text: pair(f), level: LEVEL.relation, ...tallIf(piece(f.left), piece(f.right)) }
    case 'cases': return atom(`\\begin{cases} ${f.rows.map(r => `${piece(r.value).text} & ${piece(r.condition).text}`).join(' \\\\ ')} \\end{cases}`, { tall: true })
    case 'bracket': {
      const body = wrap(piece(f.body), f.square)
      return f.sample ? scripted(body.text, piece(f.sample).text, '', tallIf(body)) : body
    }
    case 'list': return wrap({ text: separated(f.items), level: LEVEL.relation })
    case 'matrix': return atom(`\\begin{pmatrix} ${f.rows.map(r => separated(r, ' & ')).join(' \\\\ ')} \\end{pmatrix}`, { tall: true })
  }
}

function decimalOf(f: Extract<Formula, { kind: 'number' }>): string {
  const positive = { n: f.value.n < 0n ? -f.value.n : f.value.n, d: f.value.d }
  return textR(positive, f.decimal)
}

