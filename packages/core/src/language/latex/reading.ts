/** How a formula is read, in one line, with every invariant of the reader that it breaks: for tests and for looking. */
import { ChainError } from '../../errors.ts'
import type { LatexFormula, Lexicon } from './ast.ts'
import { latexChildren } from './children.ts'
import { uncovered } from './cover.ts'
import { dumpLatex } from './dump.ts'
import { printLatex } from './print.ts'
import { readLatex } from './read.ts'
import { sameLatex } from './same.ts'

export interface Reading {
  /** The trees of the statements, parted by `;`, or the message behind `!`. */
  readonly tree: string
  /** What should not be: tokens owned by none or by two, parts outside of their whole, prints that are read as something else. */
  readonly faults: readonly string[]
  /** The statements printed. */
  readonly prints: readonly string[]
}

/** Reads a formula and checks what was read. */
export function readingOf(source: string, lexicon?: Lexicon): Reading {
  let formula: LatexFormula
  try {
    formula = readLatex(source, lexicon && { lexicon })
  } catch (error) {
    if (!(error instanceof ChainError)) throw error
    return { tree: `! ${error.message}`, faults: error.place === undefined ? ['no place'] : [], prints: [] }
  }
  const formulas = formula.statements.filter(({ kind }) => kind !== 'text')
  return {
    tree: formula.statements.map(dumpLatex).join(' ; '),
    faults: [...lostTokens(formula), ...lostCharacters(formula), ...outsideParts(formula), ...otherPrints(formula)],
    prints: formulas.map(printLatex),
  }
}

function lostTokens(formula: LatexFormula): readonly string[] {
  return uncovered(formula).map(({ start, end }) => `not owned once: ${formula.source.slice(start, end)}`)
}

/** Every character but blanks is in a token. */
function lostCharacters({ source, tokens }: LatexFormula): readonly string[] {
  let at = 0
  const between = tokens.map(({ start, end }) => {
    const text = source.slice(at, start)
    at = end
    return text
  })
  return [...between, source.slice(at)].filter((text) => text.trim() !== '').map((text) => `in no token: ${text}`)
}

function outsideParts(formula: LatexFormula): readonly string[] {
  const found: string[] = []
  const open = [...formula.statements]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const part of latexChildren(node)) {
      if (part.span.start < node.span.start || part.span.end > node.span.end) found.push(`${dumpLatex(part)} stands outside of ${dumpLatex(node)}`)
      open.push(part)
    }
  }
  return found
}

/** The print of a statement reads back to the same tree; words alone have no print as a formula. */
function otherPrints(formula: LatexFormula): readonly string[] {
  return formula.statements.flatMap((statement) => {
    if (statement.kind === 'text') return []
    const print = printLatex(statement)
    try {
      const again = readLatex(print).statements
      return again.length === 1 && sameLatex(again[0], statement) ? [] : [`${print} is read as ${again.map(dumpLatex).join(' ; ')}`]
    } catch (error) {
      return [`${print} is refused: ${(error as Error).message}`]
    }
  })
}
