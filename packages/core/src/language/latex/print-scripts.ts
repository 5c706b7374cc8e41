/** Scripts as LaTeX: below, then primes, then what stands above, as few braces as read back the same. */
import type { Latex, Raised } from './ast.ts'
import { level, levelOf } from './print-levels.ts'

type Print = (node: Latex) => string

interface Scripts { readonly base?: Latex; readonly sub?: readonly Latex[]; readonly sup: readonly Raised[]; readonly primes: number }

/** `_{2,5}'^{(1)\top}` */
export function printScripts({ base, sub, sup, primes }: Scripts, print: Print): string {
  const numeric = base !== undefined && (base.kind === 'number' || (base.kind === 'symbol' && base.name === 'e' && base.font === undefined && base.accent === undefined))
  return (sub === undefined ? '' : printSub(sub, print)) + "'".repeat(primes) + segments(sup).map((parts, k) => `${k > 0 ? '{}' : ''}^{${parts.map((part) => printRaised(part, numeric, print)).join('').replace(/\\top(?=[A-Za-z])/g, '$& ')}}`).join('')
}

/** `_{i = 1, j}` */
export function printSub(items: readonly Latex[], print: Print): string { return `_{${items.map(print).join(', ')}}` }

/** Runs that may stand in one pair of braces: labels and transposes; what would run into the next ends its run. */
function segments(sup: readonly Raised[]): readonly (readonly Raised[])[] {
  const runs: Raised[][] = []
  let open = false
  for (const part of sup) {
    const alone = part.kind === 'power'
    if (open && !alone) runs.at(-1)!.push(part)
    else runs.push([part])
    open = part.kind === 'label' || (part.kind === 'transpose' && part.letter === undefined)
  }
  return runs
}

function printRaised(part: Raised, numeric: boolean, print: Print): string {
  switch (part.kind) {
    case 'label': return part.bracket === '(' ? `(${print(part.inner)})` : `[${print(part.inner)}]`
    case 'transpose': return part.letter ?? '\\top'
    case 'star': return '*'
    case 'power': return (part.entrywise ? '\\odot ' : '') + printExponent(part.exponent, numeric, print)
  }
}

/** Braces around an exponent that would be read as a label or a transpose. */
function printExponent(exponent: Latex, numeric: boolean, print: Print): string {
  const text = print(exponent)
  const last = exponent.kind === 'sum' && exponent.terms.length === 1 ? exponent.terms[0]!.body : exponent
  const isMark = last.kind === 'symbol' && (last.name === 'T' || last.name === 't')
  const isBracket = numeric ? /^\([i-nLNt0-9]\)$/.test(text) : /^(?:\\left)?[([]/.test(text)
  return (isMark && !(numeric && last === exponent)) || isBracket || levelOf(exponent) < level.sum ? `{${text}}` : text
}
