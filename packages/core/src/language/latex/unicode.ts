/** Characters beyond ASCII, by the LaTeX that they stand for. */
import type { Accent } from './ast.ts'
import { spellingOf } from './commands.ts'
import { asciiLetters } from '../letters.ts'
import type { Spelling } from './token.ts'

const commands: Readonly<Record<string, string>> = {
  '∂': 'partial', '∇': 'nabla', '∑': 'sum', '∏': 'prod', '√': 'sqrt', '∞': 'infty', ℓ: 'ell', '⊤': 'top', '∅': 'emptyset',
  '·': 'cdot', '⋅': 'cdot', '∙': 'cdot', '•': 'cdot', '×': 'times', '⨯': 'times', '∗': 'ast', '⊙': 'odot', '∘': 'circ', '⊗': 'otimes', '÷': 'div', '∕': 'slash', '⊘': 'oslash', '⋆': 'star', '★': 'star',
  '≠': 'ne', '≤': 'le', '≥': 'ge', '⩽': 'le', '⩾': 'ge', '≈': 'approx', '≃': 'simeq', '≅': 'cong', '≡': 'equiv', '≔': 'coloneqq', '←': 'gets', '⟵': 'gets', '→': 'to', '⟶': 'to', '↦': 'mapsto',
  '∈': 'in', '∝': 'propto', '∼': 'sim', '∣': 'mid', '⇒': 'Rightarrow', '⟹': 'Rightarrow', '⇔': 'iff', '⟺': 'iff', '∀': 'forall', '∴': 'therefore', '∵': 'because', '∧': 'land', '∨': 'lor',
  '⌊': 'lfloor', '⌋': 'rfloor', '⌈': 'lceil', '⌉': 'rceil', '‖': '|', '∥': '|', '⟦': 'llbracket', '⟧': 'rrbracket', '…': 'dots', '⋯': 'cdots', '⋮': 'vdots', '⋱': 'ddots', '′': 'prime', '’': 'prime', '´': 'prime',
}

/** Characters that stand for one of ASCII. */
const plain: Readonly<Record<string, string>> = { '−': '-', '–': '-', '—': '-', '（': '(', '）': ')', '，': ',', '：': ':', '；': ';', '＝': '=', '＋': '+', '∶': ':', '＊': '*', '⟨': '\\langle', '＜': '<', '＞': '>' }

/** Blanks beyond ASCII, by their width; marks that nobody sees count as none. */
export const wideBlanks: Readonly<Record<string, '' | 'blank' | 'thin' | 'quad'>> = {
  '\u00a0': 'blank', '\u2002': 'blank', '\u2003': 'quad', '\u2004': 'thin', '\u2005': 'thin', '\u2006': 'thin', '\u2008': 'thin', '\u2009': 'thin', '\u200a': 'thin', '\u202f': 'thin', '\u205f': 'thin', '\u3000': 'quad',
  '\u200b': '', '\u200c': '', '\u200d': '', '\u2060': '', '\u2061': '', '\u2062': '', '\u2063': '', '\ufeff': '',
}

const marks: Readonly<Record<string, Accent>> = { '\u0302': 'hat', '\u0304': 'bar', '\u0305': 'overline', '\u0303': 'tilde', '\u0307': 'dot', '\u0308': 'ddot', '\u20d7': 'vec', '\u0332': 'underline' }

/** The ASCII character that a character stands for, as a minus sign for a hyphen. */
export function plainCharacter(character: string): string | undefined { return plain[character] }

/** What a character beyond ASCII stands for: a command or a letter, `σ` or `ŷ`; marks that belong to a letter are part of `character`. */
export function spellingOfCharacter(character: string): Spelling | undefined {
  const command = commands[character]
  if (command !== undefined) return spellingOf(command)
  const [letter = '', ...above] = character.normalize('NFD')
  const ascii = asciiLetters(letter)
  const name = /^[A-Za-z]+$/.test(ascii) ? ascii : letter.normalize('NFKC')
  if (!/^[A-Za-z]+$/.test(name) || above.length > 1) return undefined
  const accent = above.length === 0 ? undefined : marks[above[0]!]
  if (above.length === 1 && accent === undefined) return undefined
  return { kind: 'name', text: name, ...(accent && { accent }), ...(styles(letter) && { font: styles(letter)! }) }
}

/** The font of a mathematical letter: `ℒ` is calligraphic, `𝔼` blackboard; bold and italic say nothing. */
function styles(letter: string): 'cal' | 'blackboard' | undefined {
  if ('ℒℋℱℰℛℬℐℳ'.includes(letter) || /[\u{1D49C}-\u{1D4CF}]/u.test(letter)) return 'cal'
  return 'ℝℕℤℂℙℚ'.includes(letter) || /[\u{1D538}-\u{1D551}]/u.test(letter) ? 'blackboard' : undefined
}
