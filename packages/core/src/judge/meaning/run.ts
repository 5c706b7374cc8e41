/**
 * One way of reading a piece of a page. Where the text leaves a choice, the run asks its oracle; `readings` runs the reader
 * again for every choice, the usual one first, up to a bound.
 */
import type { Expr, Index } from '../../expression/index.ts'
import type { Span } from '../../language/ast.ts'
import type { Budget } from '../budget.ts'

/**
 * Why a piece cannot be read this way. `shape`: the pieces do not fit; `name`: a name that nothing declares;
 * `form`: a notation that has no meaning here; `budget`: too much work.
 */
export class ReadingProblem extends Error {
  readonly sort: 'shape' | 'name' | 'form' | 'budget'
  readonly span: Span
  constructor(sort: ReadingProblem['sort'], message: string, span: Span) {
    super(message)
    this.name = 'ReadingProblem'
    this.sort = sort
    this.span = span
  }
}

export interface Run {
  /** Which of `ways` alternatives to take, 0 the usual one. */
  readonly choose: (ways: number) => number
  /** A choice that is made once for all of a piece: the same answer whenever it is asked again. */
  readonly once: (about: string, ways: number) => number
  /** Says how something was read, where that is not plain. */
  readonly note: (text: string) => void
  /** Says what has to be granted for a reading. */
  readonly grant: (text: string) => void
  /** Says that nothing is claimed where this is 0. */
  readonly only: (where: Expr, words: string) => void
  readonly budget: Budget
  /** Free index letters of the claim, one index for each letter and size. */
  readonly free: Map<string, Index>
  /** The size that each free letter has in this piece. */
  readonly sizes: Map<string, Index>
  /** How many choices were made and things said so far: a piece without any has one plain reading. */
  readonly marks: () => number
}

/** What a run came to. */
export interface Reading<T> { readonly value: T; readonly notes: readonly string[]; /** What this reading takes for granted. */ readonly granted: readonly string[]; /** Where it says something, in words. */ readonly only: readonly { readonly where: Expr; readonly words: string }[]; readonly letters: ReadonlyMap<string, Index> }

/** All readings of a piece, the usual one first, made when asked for; the first problem where there is none. */
export function* readings<T>(read: (run: Run) => T, budget: Budget, free: Map<string, Index>, most = 24): Generator<Reading<T> | ReadingProblem> {
  let script: number[] = []
  for (let k = 0; k < most; k++) {
    const taken: { choice: number; ways: number }[] = []
    const notes = new Set<string>()
    const granted = new Set<string>()
    const only: { where: Expr; words: string }[] = []
    const choose = (ways: number): number => {
      const choice = taken.length < script.length ? Math.min(script[taken.length]!, ways - 1) : 0
      taken.push({ choice, ways })
      return choice
    }
    const made = new Map<string, number>()
    const run: Run = {
      choose,
      once: (about, ways) => {
        const choice = made.get(about) ?? choose(ways)
        made.set(about, choice)
        return choice
      },
      note: text => { notes.add(text) },
      grant: text => { granted.add(text) },
      only: (where, words) => { only.push({ where, words }) },
      budget, free, sizes: new Map(), marks: () => taken.length + notes.size + granted.size + only.length,
    }
    try {
      yield { value: read(run), notes: [...notes], granted: [...granted], only, letters: run.sizes }
    } catch (error) {
      if (!(error instanceof ReadingProblem) || error.sort === 'budget') throw error
      yield error
    }
    // the next script: the last choice that has another way is moved on, what follows it begins anew
    let last = taken.length - 1
    while (last >= 0 && taken[last]!.choice + 1 >= taken[last]!.ways) last--
    if (last < 0) return
    script = [...taken.slice(0, last).map(t => t.choice), taken[last]!.choice + 1]
  }
}
