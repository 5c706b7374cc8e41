/** Signs that a scan takes for others: 6 for σ, 2 for z, ξ and E for Σ, ! for a prime. One row for each. */
import type { Lexicon } from './ast.ts'
import type { Change, RepairChoice } from './repair-choice.ts'

interface Rule {
  /** What is found; the first group stays, if there is one, and the change is behind it. */
  readonly find: RegExp
  readonly now: string | ((found: RegExpExecArray) => string)
  /** How likely it is damage, alone and on a page that shows other damage; 0 and 1 are never reached. */
  readonly likely: number
  readonly beside?: number
  /** Only where the source, or what is declared, allows it. */
  readonly when?: (source: string, lexicon: Lexicon | undefined) => boolean
}

const index = '_?(?:\\{([ijklmn])\\}|([ijklmn]))'
const letterOf = (found: readonly (string | undefined)[]): string => found.at(-2) ?? found.at(-1)!
const speaksOf = (letter: string) => (source: string, lexicon: Lexicon | undefined): boolean =>
  lexicon?.letters.has(letter) === true || new RegExp(`(?<![A-Za-z\\\\])${letter}(?:_|\\^\\{?[([])`).test(source)

const rules: readonly Rule[] = [
  // a sum sign
  { find: /()\\(?:xi|Xi|zeta|varepsilon|epsilon|mathcal\{E\}|Sigma)(?=\s*_\s*\{\s*[a-z]\s*[=:\\])/g, now: '\\sum', likely: 0.96 },
  { find: /()\\(?:xi|Xi|Sigma)(?=\s*_\s*(?:[ijkl](?![a-z])|\{\s*[ijkl](?:\s*,\s*[ijkl])*\s*\}))/g, now: '\\sum', likely: 0.9 },
  { find: /()(?<![A-Za-z\\])[EZS](?=\s*_\s*\{\s*[a-z]\s*[=:])/g, now: '\\sum', likely: 0.95 },
  { find: /(_\s*\{?\s*[a-z]\s*):(?=\s*[0-9])/g, now: '=', likely: 0.95 },
  // an equals sign between two steps
  { find: /([)\]}]\s*):(?!=)(?=\s*[\\A-Za-z0-9(-])/g, now: '=', likely: 0.8 },
  { find: /()=\s*$/g, now: '', likely: 0.8 },
  { find: /([A-Za-z0-9)\]}])\s*!/g, now: "'", likely: 0.97 },
  // sigma
  { find: new RegExp(`()6\\s*\\(\\s*2\\s*\\)\\s*${index}`, 'g'), now: (found) => `\\sigma(z)_${letterOf(found)}`, likely: 0.96 },
  { find: /()(?<![0-9.])6(?='?\s*\(\s*(?:[a-z]|\\))/g, now: '\\sigma ', likely: 0.85 },
  { find: /()(?<![A-Za-z0-9.\\])[oO0](?='?\s*\(\s*z)/g, now: '\\sigma ', likely: 0.6 },
  // z
  { find: new RegExp(`(e\\s*\\^\\s*\\{\\s*-?\\s*)2\\s*${index}(?=\\s*\\})`, 'g'), now: (found) => `z_${letterOf(found)}`, likely: 0.45, beside: 0.92 },
  { find: new RegExp(`((?:\\\\partial|(?<![A-Za-z\\\\])d)\\s*)2\\s*${index}(?![A-Za-z])`, 'g'), now: (found) => `${found[1]!.endsWith('partial') ? ' ' : ''}z_${letterOf(found)}`, likely: 0.9 },
  { find: /()(?<![0-9._^{])2(?=_)/g, now: 'z', likely: 0.9 },
  { find: /((?:\\sigma|softmax|(?<![A-Za-z\\])[gf])(?:_\{?[0-9]\}?)?'?\s*\(\s*)2(?=\s*\))/g, now: 'z', likely: 0.7, beside: 0.9 },
  { find: /(\^\s*\{\s*\(\s*)z(?=\s*\))/g, now: '2', likely: 0.8 },
  { find: /()\\(?:varepsilon|epsilon|xi)(?=\s*_\s*\{?[0-9])/g, now: 'z', likely: 0.55, beside: 0.65, when: speaksOf('z') },
  // other letters
  { find: /()\\gamma(?=\s*(?:_|\^|\())/g, now: 'y', likely: 0.3, beside: 0.75 },
  { find: /()\\(?:nu|upsilon)(?=\s*_)/g, now: 'v', likely: 0.3, when: speaksOf('v') },
  { find: /()\\omega(?=\s*_)/g, now: 'w', likely: 0.4, when: speaksOf('w') },
  { find: /(_\s*\{?\s*)4(?=\s*\}|(?![0-9]))/g, now: '1', likely: 0.3, beside: 0.4, when: (source) => /_\s*\{?\s*[12](?![0-9])/.test(source) && !/_\s*\{?\s*3(?![0-9])/.test(source) },
  { find: /(_\s*\{?\s*)l(?=\s*\}|(?![A-Za-z]))/g, now: '1', likely: 0.2, when: (source) => /_\s*\{?\s*[12]/.test(source) },
  { find: /(\^\s*)(?:\{\s*(?:\\tau|\+)\s*\}|\\tau(?![A-Za-z])|\+)/g, now: '{T}', likely: 0.6 },
  { find: /((?<![A-Za-z\\])[gfh](?:_\{?[0-9]\}?)?)\^\{?(?:1|\\?,)\}?(?=\s*\()/g, now: "'", likely: 0.6 },
  // operators
  { find: /(\\frac\s*\{\s*)\\delta(?=\s*[A-Z][^{}]*\}\s*\{\s*\\delta)/g, now: '\\partial', likely: 0.8 },
  { find: /(\\frac\s*\{[^{}]*\}\s*\{\s*)\\delta(?=\s*[a-zA-Z])/g, now: '\\partial', likely: 0.8 },
  { find: /([0-9])\s*[xX]\s*(?=[0-9])/g, now: ' \\times ', likely: 0.95 },
  { find: /((?<![0-9,.])[0-9]+),(?=[0-9]+(?![0-9,]))/g, now: '.', likely: 0.6 },
  { find: /([)}\]A-Za-z0-9]\s*)\\(?:Theta|circledcirc|bigodot|otimes)(?=\s*[(\\A-Za-z])/g, now: '\\odot', likely: 0.35 },
]

/** What each rule finds, as a choice of its own; rules that change the same place are one choice. */
export function signRepairs(source: string, lexicon: Lexicon | undefined): readonly RepairChoice[] {
  const found = rules.flatMap((rule) => {
    if (rule.when !== undefined && !rule.when(source, lexicon)) return []
    const changes = [...source.matchAll(rule.find)].map((match) => changeOf(match, rule))
    return changes.length === 0 ? [] : [{ rule, changes }]
  })
  const damaged = found.some(({ rule }) => rule.likely >= 0.85)
  return found.map(({ rule, changes }) => [{ likely: damaged ? rule.beside ?? rule.likely : rule.likely, changes }])
}

function changeOf(match: RegExpExecArray, { now }: Rule): Change {
  const start = match.index + (match[1] ?? '').length
  const end = match.index + match[0].length
  return { span: { start, end }, was: match[0].slice((match[1] ?? '').length), now: typeof now === 'string' ? now : now(match) }
}
