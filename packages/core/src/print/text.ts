/** Formulas as one line of text: Unicode (`Σ_k W⁽¹⁾_uk x_k`) or ASCII as in a `.chain` text (`sum_k W^(1)[u,k] x[k]`). */
import { printSize, textR } from '../shape/index.ts'
import type { Formula } from './formula.ts'
import { nameParts, raise, textName } from './names.ts'
import { fit, isPlain, LEVEL, letterIndices, negativePiece, type Notation, operatorPiece, type Piece, productPiece, simpleIndices, sizeLevel, sumPiece } from './pieces.ts'

export interface TextOptions { readonly unicode?: boolean }

/** The formula as one line; with `unicode` false in ASCII only. */
export const renderText = (f: Formula, options: TextOptions = {}): string => printer(options.unicode ?? true)(f).text

const wrap = (p: Piece, square = false): Piece => ({ text: square ? `[${p.text}]` : `(${p.text})`, level: LEVEL.atom })

const notation = (unicode: boolean): Notation => ({
  minus: unicode ? '−' : '-',
  wrap,
  operator: unicode ? { dot: ' · ', times: ' × ', hadamard: ' ⊙ ', quotient: ' ⊘ ' } : { dot: ' * ', times: ' * ', hadamard: ' .* ', quotient: ' ./ ' },
  beside: (before, after, first) => {
    if (after.digit || (before.whole && /^\d/.test(after.text))) return unicode ? ' · ' : ' * '
    if (after.text.startsWith('(') && (before.text.endsWith(')') || (first && before.whole))) return ''
    return unicode && first && before.whole && /^(?:(?!Σ|Π)\p{L}(?![\p{Lu}\p{Ll}])|[√‖|∂])/u.test(after.text) ? '' : ' '
  },
})

const printers = new Map<boolean, (f: Formula) => Piece>()
function printer(unicode: boolean): (f: Formula) => Piece {
  let made = printers.get(unicode)
  if (!made) printers.set(unicode, made = make(unicode))
  return made
}

const atom = (text: string, more: Partial<Piece> = {}): Piece => ({ text, level: LEVEL.atom, ...more })
const bare = new Set(['log', 'ln'])
const relations: Readonly<Record<string, string>> = { '≤': '<=', '≥': '>=', '≠': '!=', '←': '<-', '≈': '~', '∈': 'in' }

function make(unicode: boolean): (f: Formula) => Piece {
  const n = notation(unicode)
  const relation = (r: string): string => (unicode ? r : relations[r] ?? r)
  const name = (x: string): Piece => {
    const text = textName(x, unicode)
    return atom(text, { ...(/[\^)⁾⁰-⁹ᵀ*\]'}]$/.test(text) && /[\^⁽']/.test(text) ? { raised: true } : {}), ...(nameParts(x).sub !== undefined ? { lowered: true } : {}) })
  }
  const list = (items: readonly Formula[]): string => items.map(i => piece(i).text).join(', ')
  const pair = (x: { left: Formula; relation: string; right: Formula }): string => `${piece(x.left).text} ${relation(x.relation)} ${piece(x.right).text}`
  const sampleMark = (s: Formula): string => {
    const text = `(${compact(s)})`
    return (unicode ? raise(text) : undefined) ?? `^${text}`
  }
  const compact = (f: Formula): string => {
    if (f.kind === 'sum') return sumPiece(f.terms, n, t => ({ ...piece(t), text: compact(t) }), true).text
    if (f.kind === 'product') return f.factors.map((x, k) => fit({ ...piece(x), text: compact(x) }, LEVEL.product, n, k === f.factors.length - 1).text).join('·').replace(/^(\d+)·(?=\p{L})/u, unicode ? '$1' : '$1*').replaceAll('·', unicode ? '·' : '*')
    if (f.kind === 'negative') return n.minus + compact(f.body)
    return piece(f).text.replaceAll(' ', '')
  }
  const entry = (f: Extract<Formula, { kind: 'entry' }>): Piece => {
    const base = fit(piece(f.base), LEVEL.atom, n)
    const sample = f.sample ? sampleMark(f.sample) : ''
    if (f.indices.length === 0) return atom(`${base.text}${sample}`, { raised: true })
    if (!unicode) return atom(`${base.text}${sample}[${f.indices.map(compact).join(',')}]`)
    if (!simpleIndices(f.indices)) return atom(`${base.text}${sample}[${f.indices.map(compact).join(', ')}]`, sample ? { raised: true } : {})
    const texts = f.indices.map(i => piece(i).text)
    const below = letterIndices(f.indices) || (texts.length === 1 && /^[\p{L}\d]+$/u.test(texts[0]!)) ? texts.join('') : `{${texts.join(',')}}`
    return atom(`${base.lowered ? `(${base.text})` : base.text}_${below}${sample}`, { ...(sample || base.raised ? { raised: true } : {}), lowered: true })
  }
  const call = (f: Extract<Formula, { kind: 'call' }>): Piece => {
    const marks = (f.partials ?? []).map(k => `${unicode ? '∂' : 'd'}_${k + 1} `).join('')
    const head = `${marks}${f.symbol ? textName(f.symbol.text, unicode) : textName(f.name, unicode)}${"'".repeat(f.primes)}`
    const closed = `${head}(${list(f.args)})`
    const only = f.args.length === 1 ? piece(f.args[0]!) : undefined
    const level = marks === '' ? LEVEL.atom : LEVEL.power
    if (!unicode || !only || !bare.has(f.name) || only.level < LEVEL.atom || only.open || f.args[0]!.kind === 'call') return { text: closed, level }
    return { text: `${head} ${only.text}`, level: LEVEL.product, open: true, closed }
  }
  const exponent = (p: Piece): string => {
    const up = unicode && /^[−-]?\d+$/.test(p.text) ? raise(p.text) : undefined
    return up ?? (/^[\p{L}\d]$/u.test(p.text) ? `^${p.text}` : `^{${p.text}}`)
  }
  const power = (base: Piece, mark: string): Piece =>
    ({ text: `${(base.raised || base.digit && base.slash || base.level < LEVEL.atom ? wrap(base) : base).text}${mark}`, level: LEVEL.power, raised: true, ...(base.digit ? { digit: true } : {}) })
  const quotient = (top: Formula, below: Formula): Piece => {
    const [a, b] = [piece(top), piece(below)]
    const tight = isPlain(top) && isPlain(below)
    const left = fit(a, a.slash ? LEVEL.atom : LEVEL.product, n, false)
    const right = b.open && b.level === LEVEL.product && below.kind === 'big' ? b : fit(b, LEVEL.power, n)
    return { text: `${left.text}${tight ? '/' : ' / '}${right.text}`, level: LEVEL.product, slash: tight ? 'tight' : 'loose', ...(right.open ? { open: true } : {}), ...(left.digit ? { digit: true } : {}) }
  }
  const differential = (f: Formula): string => {
    const d = unicode ? '∂' : 'd'
    const p = piece(f)
    return f.kind === 'name' || f.kind === 'entry' || f.kind === 'call' ? `${d}${p.text}` : `${d}${p.text.startsWith('(') && p.level === LEVEL.atom ? p.text : `(${p.text})`}`
  }
  const big = (f: Extract<Formula, { kind: 'big' }>): Piece => {
    const head = { sum: unicode ? 'Σ' : 'sum', product: unicode ? 'Π' : 'prod', max: 'max', argmax: 'argmax' }[f.operator]
    const letters = f.under.map(u => compact(u)).join(',')
    const where = f.condition === undefined ? '' : f.condition.kind === 'list' ? f.condition.items.map(c => piece(c).text).join(', ') : piece(f.condition).text
    const under = where === '' ? letters : letters === '' ? where.replaceAll(' ∈ ', '∈') : `${letters}: ${where}`
    const body = fit(piece(f.body), f.body.kind === 'product' && f.body.operator !== 'juxtapose' ? LEVEL.dot : LEVEL.product, n)
    return { text: `${head}_${/^\p{L}$/u.test(under) ? under : `{${under}}`} ${body.text}`, level: LEVEL.product, open: true }
  }
  const piece = (f: Formula): Piece => {
    switch (f.kind) {
      case 'number': {
        const text = textR({ n: f.value.n < 0n ? -f.value.n : f.value.n, d: f.value.d }, f.decimal)
        const plain: Piece = text.includes('/') ? { text, level: LEVEL.product, slash: 'tight', digit: true } : atom(text, { digit: true, ...(f.value.d === 1n ? { whole: true } : {}) })
        return f.value.n < 0n ? negativePiece(plain, n) : plain
      }
      case 'name': return name(f.name)
      case 'size': {
        const text = printSize(f.size, 'text')
        return { text: unicode ? text.replaceAll(' - ', ' − ').replace(/^-/, '−').replaceAll(' * ', ' · ') : text, level: sizeLevel(f) === LEVEL.product ? LEVEL.dot : sizeLevel(f), ...(/^\d/.test(text) ? { digit: true, ...(/^\d+$/.test(text) ? { whole: true } : {}) } : {}) }
      }
      case 'entry': return entry(f)
      case 'sum': return sumPiece(f.terms, n, piece)
      case 'negative': return negativePiece(piece(f.body), n)
      case 'product': return f.operator === 'juxtapose' ? productPiece(f.factors.map(piece), n) : operatorPiece(f.factors.map(piece), f.operator, n)
      case 'fraction': return quotient(f.numerator, f.denominator)
      case 'elementwise-quotient': return operatorPiece([piece(f.numerator), piece(f.denominator)], 'quotient', n)
      case 'power': return power(piece(f.base), `${f.elementwise && unicode ? '^⊙' : ''}${exponent(piece(f.exponent))}`.replace('^⊙^', '^⊙'))
      case 'exponential': return unicode ? { text: `e${/^\p{L}$/u.test(piece(f.exponent).text) ? `^${piece(f.exponent).text}` : `^{${piece(f.exponent).text}}`}`, level: LEVEL.atom, raised: true } : atom(`exp(${piece(f.exponent).text})`)
      case 'root': return unicode && isPlain(f.body) ? { text: `√${piece(f.body).text}`, level: LEVEL.power } : atom(`${unicode ? '√' : 'sqrt'}(${piece(f.body).text})`)
      case 'transpose': {
        const base = fit(piece(f.body), LEVEL.atom, n)
        return { text: `${base.text}${unicode ? 'ᵀ' : '^T'}`, level: LEVEL.power, raised: true }
      }
      case 'call': return call(f)
      case 'absolute': return atom(`|${piece(f.body).text}|`)
      case 'norm': return atom(unicode ? `‖${piece(f.body).text}‖` : `||${piece(f.body).text}||`)
      case 'big': return big(f)
      case 'ones': return atom('1')
      case 'identity': return atom('I')
      case 'partial': return { text: `${differential(f.of)}/${differential(f.by)}`, level: LEVEL.product, slash: 'loose' }
      case 'differential': {
        const p = piece(f.of)
        return atom(f.of.kind === 'name' && /^\p{L}(?!\p{L})/u.test(p.text) ? `d${p.text}` : f.of.kind === 'entry' ? `d${p.text}` : `d(${p.text})`)
      }
      case 'delta': {
        const both = [f.left, f.right]
        if (!unicode) return atom(`[${compact(f.left)} = ${compact(f.right)}]`)
        return atom(letterIndices(both) ? `δ_${both.map(compact).join('')}` : `δ_{${both.map(compact).join(',')}}`, { lowered: true })
      }
      case 'indicator': return atom(`${unicode ? '1' : ''}[${pair(f)}]`)
      case 'equation': case 'condition': return { text: pair(f), level: LEVEL.relation }
      case 'cases': return atom(`{ ${f.rows.map(r => `${piece(r.condition).text}: ${piece(r.value).text}`).join(';  ')} }`)
      case 'bracket': {
        const body = piece(f.body).text
        return atom(f.square ? `[ ${body} ]${f.sample ? `_${compact(f.sample)}` : ''}` : `(${body})${f.sample ? `_${compact(f.sample)}` : ''}`, f.sample ? { lowered: true } : {})
      }
      case 'list': return atom(`(${list(f.items)})`)
      case 'matrix': return atom(`[${f.rows.map(r => `[${list(r)}]`).join(', ')}]`)
    }
  }
  return piece
}
