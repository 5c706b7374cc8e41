/** The exercises of the corpus, and right answers to their questions. */
import { readFileSync } from 'node:fs'
import { type ClaimSource, type Exercise, readExercise } from '@chainrule/core'
import { exerciseSource } from '@chainrule/pages'

export interface RightResult { readonly exercise: string; readonly question: string; readonly latex: string }

const folder = new URL('../exercises/', import.meta.url)
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8')

/** Right results of the sheets and of known derivatives, in several notations. */
export const rightResults = JSON.parse(read('right-results.json')) as readonly RightResult[]

const made = new Map<string, Exercise>()

export function exerciseOf(name: string): Exercise {
  let exercise = made.get(name)
  if (!exercise) made.set(name, exercise = readExercise(exerciseSource(read(`${name}.md`), `corpus/exercises/${name}.md`)))
  return exercise
}

export const claimOf = (latex: string, id: string): ClaimSource => ({ id, latex, line: 1, offset: 0, conditions: [], headings: [] })
