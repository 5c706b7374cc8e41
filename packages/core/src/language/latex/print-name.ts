/** Symbols as LaTeX: words upright, Greek letters by their commands, fonts and accents around them. */
import type { Accent, Font, SymbolNode } from './ast.ts'
import { spellingOf } from './commands.ts'
import { functionWords } from './words.ts'

const fonts: Readonly<Record<Font, string>> = { cal: 'mathcal', bold: 'mathbf', blackboard: 'mathbb', roman: 'mathrm', fraktur: 'mathfrak', sans: 'mathsf', script: 'mathscr' }
const accents: Readonly<Record<Accent, string>> = { hat: 'hat', bar: 'bar', tilde: 'tilde', dot: 'dot', ddot: 'ddot', vec: 'vec', overline: 'overline', underline: 'underline' }

/** Functions that LaTeX has no command for. */
const unknown: ReadonlySet<string> = new Set('diag tr Tr softmax sigmoid logistic relu ReLU softplus sign sgn vec rank abs sqrt argmax argmin var cov Var Cov logistic lg'.split(' '))

/** A symbol with its font and accent; d stands in braces, where it is no differential. */
export function printSymbol({ name, font, accent }: SymbolNode): string {
  if (name === 'd' && accent === undefined && (font === undefined || font === 'roman')) return font === undefined ? '{d}' : '{\\mathrm{d}}'
  const plain = printName(name)
  const inFont = font === undefined ? plain : `\\${font === 'bold' && plain.startsWith('\\') ? 'boldsymbol' : fonts[font]}{${plain}}`
  return accent === undefined ? inFont : `\\${accents[accent]}{${inFont}}`
}

function printName(name: string): string {
  if (/^(?:[A-Za-z*]|[0-9.]+)$/.test(name)) return name
  if (name.startsWith('#')) return `\\${name}`
  if (functionWords.has(name)) return unknown.has(name) ? `\\operatorname{${name}}` : `\\${name}`
  const command = spellingOf(name)
  if (command?.kind === 'name' && command.text === name && !unknown.has(name)) return `\\${name}`
  return `${/^d[A-Za-z]$/.test(name) ? '\\text' : '\\mathrm'}{${name.replaceAll('_', '\\_')}}`
}
