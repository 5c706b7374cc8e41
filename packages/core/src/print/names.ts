/**
 * Names as on paper. The canonical text of a name is base, subscript label, layer label, marks:
 * `W^(1)`, `z^[l]`, `w_{1,3}`, `w_{1,2}^(1)`, `y^*`, `xw_0`, `c1.W`, `yhat`; it is read into parts and written as text or LaTeX.
 */

/** The parts of a canonical name. `path` is the scope before the last dot (`c1` of `c1.W`). */
export interface NameParts {
  readonly path: readonly string[]
  readonly base: string
  readonly accent?: Accent
  readonly sub?: string
  /** Labels above: `(1)`, `[l]`, `*`, and primes. */
  readonly sup: readonly string[]
  readonly primes: number
}
export type Accent = 'hat' | 'bar' | 'tilde' | 'dot'

const greek: Readonly<Record<string, string>> = {
  alpha: 'α', beta: 'β', gamma: 'γ', delta: 'δ', epsilon: 'ε', zeta: 'ζ', eta: 'η', theta: 'θ', iota: 'ι', kappa: 'κ', lambda: 'λ', mu: 'μ',
  nu: 'ν', xi: 'ξ', pi: 'π', rho: 'ρ', sigma: 'σ', tau: 'τ', upsilon: 'υ', phi: 'φ', chi: 'χ', psi: 'ψ', omega: 'ω',
  Gamma: 'Γ', Delta: 'Δ', Theta: 'Θ', Lambda: 'Λ', Xi: 'Ξ', Pi: 'Π', Sigma: 'Σ', Upsilon: 'Υ', Phi: 'Φ', Psi: 'Ψ', Omega: 'Ω',
}
const greekLetters = new Map(Object.entries(greek).map(([name, letter]) => [letter, name]))
const combining: Readonly<Record<Accent, string>> = { hat: '\u0302', bar: '\u0304', tilde: '\u0303', dot: '\u0307' }
const accentOf = new Map(Object.entries(combining).map(([name, mark]) => [mark, name as Accent]))

const raised: Readonly<Record<string, string>> = {
  0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹', '+': '⁺', '-': '⁻', '−': '⁻', '(': '⁽', ')': '⁾',
  a: 'ᵃ', b: 'ᵇ', c: 'ᶜ', d: 'ᵈ', e: 'ᵉ', f: 'ᶠ', g: 'ᵍ', h: 'ʰ', i: 'ⁱ', j: 'ʲ', k: 'ᵏ', l: 'ˡ', m: 'ᵐ', n: 'ⁿ', o: 'ᵒ', p: 'ᵖ', r: 'ʳ', s: 'ˢ', t: 'ᵗ',
  u: 'ᵘ', v: 'ᵛ', w: 'ʷ', x: 'ˣ', y: 'ʸ', z: 'ᶻ', L: 'ᴸ', T: 'ᵀ', N: 'ᴺ', M: 'ᴹ', K: 'ᴷ',
}

/** The text in raised characters: `(2)` is `⁽²⁾`; undefined when a character has no raised form. */
export function raise(text: string): string | undefined {
  let result = ''
  for (const character of text) {
    const up = raised[character]
    if (up === undefined) return undefined
    result += up
  }
  return result
}

/** True for a Greek letter, spelt out or as the letter. */
export const isGreek = (base: string): boolean => base in greek || greekLetters.has(base)

/** Reads a canonical name. Every character of the name lands in one part. */
export function nameParts(name: string): NameParts {
  const dot = lastDot(name)
  const path = dot < 0 ? [] : name.slice(0, dot).split('.')
  const own = name.slice(dot + 1)
  const marks = /^([^_^']*)((?:_\{[^}]*\}|_[^_^']+|\^\([^)]*\)|\^\[[^\]]*\]|\^\{[^}]*\}|\^[^_^']|'|_)*)$/su.exec(own)
  if (!marks) return { path, base: own, sup: [], primes: 0 }
  const sub: string[] = []
  const sup: string[] = []
  let primes = 0
  let accent: Accent | undefined
  for (const [mark] of marks[2]!.matchAll(/_\{[^}]*\}|_[^_^']+|\^\([^)]*\)|\^\[[^\]]*\]|\^\{[^}]*\}|\^[^_^']|'|_/gsu)) {
    if (mark === "'") primes++
    else if (mark.startsWith('_')) {
      const label = mark.slice(1).replace(/^\{(.*)\}$/s, '$1')
      if (label in combining && sub.length === 0 && !accent) accent = label as Accent
      else sub.push(label)
    } else sup.push(mark.slice(1).replace(/^\{(.*)\}$/s, '$1'))
  }
  const plain = splitAccent(marks[1]!)
  accent ??= plain.accent
  return { path, base: plain.base, ...(accent ? { accent } : {}), ...(sub.length > 0 ? { sub: sub.join('_') } : {}), sup, primes }
}

function splitAccent(base: string): { base: string; accent?: Accent } {
  const apart = base.normalize('NFD')
  const mark = accentOf.get(apart.slice(-1))
  if (mark !== undefined && apart.length === 2) return { base: apart.slice(0, -1), accent: mark }
  const spelt = /^(.+)(hat|bar|tilde|dot)$/.exec(base)
  if (spelt && (spelt[1]!.length === 1 || isGreek(spelt[1]!))) return { base: spelt[1]!, accent: spelt[2] as Accent }
  return { base }
}

function lastDot(name: string): number {
  const end = name.search(/[_^]/)
  return name.lastIndexOf('.', end < 0 ? name.length : end)
}

// ---------------------------------------------------------------- text

/** One word in text: `sigma` is `σ`. */
const word = (text: string, unicode: boolean): string => (unicode ? greek[text] ?? text : greekLetters.get(text) ?? text)

/** The name in text, `W⁽¹⁾`, `z^[l]`, `n_4`, `w_{2,5}`, `y^*`, `ŷ`; with `unicode` false in ASCII, as a `.chain` text spells it. */
export function textName(name: string, unicode = true): string {
  if (!unicode && /^[\x20-\x7e]*$/.test(name)) return name
  const p = nameParts(name)
  const sub = p.sub === undefined ? '' : /^[\p{L}\p{N}]+$/u.test(p.sub) ? `_${word(p.sub, unicode)}` : `_{${p.sub}}`
  const sup = p.sup.map(s => (unicode && s.startsWith('(') ? raise(s) : undefined) ?? `^${/^([([].*|.)$/s.test(s) ? s : `{${s}}`}`).join('')
  const base = p.accent === undefined ? word(p.base, unicode) : unicode ? `${word(p.base, true)}${combining[p.accent]}`.normalize('NFC') : `${p.base}${p.accent}`
  return `${p.path.map(s => `${s}.`).join('')}${base}${sub}${sup}${"'".repeat(p.primes)}`
}

// ---------------------------------------------------------------- LaTeX

/** A name in LaTeX, scripts apart so that indices, samples and transposes can join them. */
export interface LatexName { readonly core: string; readonly sub: string; readonly sup: string }

const escape = (text: string): string => text.replace(/[#$%&_{}]/g, '\\$&').replace(/[~^\\](?![#$%&_{}])/g, '')

function latexWord(text: string): string {
  if (/^(\d+|[A-Za-z])$/.test(text) || text === '') return text
  const name = greekLetters.get(text) ?? text
  return name in greek ? `\\${name}` : `\\mathrm{${escape(text)}}`
}

/** The words of a label: `1,3`, `l-1`, `max` as `\mathrm{max}`. */
const latexLabel = (text: string): string => text.replace(/[\p{L}\p{N}]+|[^\p{L}\p{N}]/gu, part => (/^[\p{L}\p{N}]/u.test(part) ? (/^\d/.test(part) ? part : latexWord(part)) : /^[#$%&_{}\\~^]$/.test(part) ? escape(part) : part))

/** The name in LaTeX parts: `w_{1,2}^(1)` is core `w`, sub `1,2`, sup `(1)`. */
export function latexNameParts(name: string): LatexName {
  const p = nameParts(name)
  const bare = latexWord(p.base)
  const core = p.accent === undefined ? bare : `\\${p.accent}{${bare}}`
  const sup = [...p.sup.map(latexLabel), ...(p.primes > 0 ? ['\\prime'.repeat(p.primes)] : [])]
  return { core: `${p.path.map(s => `${latexWord(s)}.`).join('')}${core}`, sub: p.sub === undefined ? '' : latexLabel(p.sub), sup: sup.join('') }
}

/** Core with scripts: `n_7`, `w_{2,5}`, `W^{(1)}`. */
export function scripts({ core, sub, sup }: LatexName): string {
  return `${core}${sub === '' ? '' : `_${/^.$/su.test(sub) ? sub : `{${sub}}`}`}${sup === '' ? '' : `^{${sup}}`}`
}

/** The name in LaTeX: `W^{(1)}`, `z^{[l]}`, `w_{2,5}`, `y^{*}`, `\mathrm{Loss}`, `\sigma`, `\mathrm{c1}.W`, `\hat{y}`. */
export const latexName = (name: string): string => scripts(latexNameParts(name))
