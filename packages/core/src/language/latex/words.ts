/**
 * Letters side by side, split into names: `xw_0` is one name where xw is declared, `Wx` is W and x, `dLoss` is d and Loss.
 *
 * Two designs were weighed. Splitting while parsing sees what a product or a script expects, but has to split the same run again
 * and again, and `y_iP(y=i)` depends on where the parser happens to stand. Splitting in the tokenizer sees a run once and whole,
 * and all that it needs to know lies to its left: whether it stands in a script, or directly behind ^ or _. So the tokenizer splits.
 */
import type { Lexicon } from './ast.ts'

/** Functions: they apply to what follows without brackets, `\log y`. */
export const functionWords: ReadonlySet<string> = new Set(('log ln lg exp sin cos tan cot tanh sinh cosh arctan arcsin arccos max min argmax argmin diag tr Tr det softmax sigmoid logistic relu ReLU'
  + ' sign sgn abs sqrt softplus vec rank').split(' '))

/** Letters that stand for functions more often than for numbers. */
export const functionLetters: ReadonlySet<string> = new Set(['f', 'g', 'h', 'sigma', 'phi', 'psi'])

/** Words that nobody writes as a product of letters; they are whole runs, or stand behind d. */
const nouns: ReadonlySet<string> = new Set(('loss Loss cost Cost error Error data Data net out total Total logit logits label labels score scores signal trace MSE BCE NLL SSE RMSE MAE new old neu alt pred true test train val reg').split(' '))

/** Words that stand between formulas wherever they stand, and those that do so only where a clause may begin. */
export const sureTexts: ReadonlySet<string> = new Set('otherwise where when else then such since because hence thus therefore whenever unless'.split(' '))
export const texts: ReadonlySet<string> = new Set([...sureTexts, ...'if for and or with by so as is are all each every some any the of to we let from that iff falls sonst wenn und oder mit'.split(' ')])

const longest = 40
const longestRun = 400

/** Where a run stands: `single` directly behind _ or ^ without a brace, `script` anywhere in a script. */
export type RunPlace = 'line' | 'script' | 'single'

/**
 * The names in a run of letters.
 * A word of the page or a known word wins; else the letters that known words cover best; else, for four letters or more
 * that read like a word (`Weights`; five in a script, where `ijkl` are indices), the whole; else single letters.
 */
export function splitRun(run: string, lexicon: Lexicon, place: RunPlace): readonly string[] {
  if (run.length === 1 || lexicon.words.has(run)) return [run]
  if (run.length > longestRun) return Array.from(run)
  if (nouns.has(run) && !isDeclared(run, lexicon)) return [run]
  if (run.startsWith('d') && nouns.has(run.slice(1)) && place === 'line') return ['d', run.slice(1)]
  if (place === 'single') return isWord(run, lexicon, place) ? [run] : [run[0]!, ...splitRun(run.slice(1), lexicon, 'line')]
  const pieces = cover(run, lexicon, place)
  if (isCovered(pieces, lexicon)) return pieces
  if (readsLikeWord(run, place === 'line' ? 4 : 5) && !isDeclared(run, lexicon)) return [run]
  return Array.from(run)
}

function isWord(text: string, lexicon: Lexicon, place: RunPlace): boolean {
  if (lexicon.words.has(text)) return true
  if (place !== 'line' && text.length < 3) return false
  return functionWords.has(text)
}

const isDeclared = (letters: string, lexicon: Lexicon): boolean => Array.from(letters).every((letter) => lexicon.letters.has(letter))

/** The split with the fewest letters outside words, then the fewest pieces. */
function cover(run: string, lexicon: Lexicon, place: RunPlace): readonly string[] {
  const best: { readonly cost: number; readonly length: number }[] = new Array(run.length + 1)
  best[run.length] = { cost: 0, length: 0 }
  for (let at = run.length - 1; at >= 0; at--) {
    let choice = { cost: best[at + 1]!.cost + 1001, length: 1 }
    for (let length = Math.min(longest, run.length - at); length > 1; length--) {
      const cost = best[at + length]!.cost + 1
      if (cost < choice.cost && isWord(run.slice(at, at + length), lexicon, place)) choice = { cost, length }
    }
    best[at] = choice
  }
  const pieces: string[] = []
  for (let at = 0; at < run.length; at += best[at]!.length) pieces.push(run.slice(at, at + best[at]!.length))
  return pieces
}

/** Whether words explain the run: what is left are declared letters, or few letters beside more that are covered. */
function isCovered(pieces: readonly string[], lexicon: Lexicon): boolean {
  const rest = pieces.filter((piece) => piece.length === 1)
  if (rest.length === pieces.length) return false
  if (isDeclared(rest.join(''), lexicon)) return true
  const letters = pieces.reduce((sum, piece) => sum + piece.length, 0)
  return rest.length * 2 < letters && !pieces.some((_, k) => pieces.slice(k, k + 3).length === 3 && pieces.slice(k, k + 3).every((piece) => piece.length === 1))
}

function readsLikeWord(run: string, least: number): boolean {
  return run.length >= least && /^[A-Za-z][a-z]+$/.test(run) && /[aeiou]/.test(run) && !/^(?:d[A-Za-z])+$/.test(run)
}
