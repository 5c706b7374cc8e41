/** Which question of the exercise a formula answers, and which networks it may speak of. */
import type { Exercise, ExerciseNetwork, Question } from './exercise/exercise.ts'
import type { ClaimSource } from './types.ts'

/** By its id (`B1.n4` answers B1), or by the nearest heading that names a question. */
export function questionOf(source: Pick<ClaimSource, 'id' | 'headings'>, exercise: Exercise): Question | undefined {
  const { id } = source
  if (id !== undefined) {
    const found = exercise.questions.filter(q => id === q.id || id.startsWith(`${q.id}.`) || id.startsWith(`${q.id}-`)).sort((a, b) => b.id.length - a.id.length)[0]
    if (found) return found
  }
  for (const heading of [...source.headings].reverse()) {
    const found = exercise.questions.filter(q => [q.id, ...q.also].some(w => names(heading, w))).sort((a, b) => b.id.length - a.id.length)[0]
    if (found) return found
  }
  return undefined
}

const names = (heading: string, word: string): boolean => new RegExp(`(^|[^\\p{L}\\p{N}.])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}($|[^\\p{L}\\p{N}])`, 'iu').test(heading)

/** The network of the question, or all of them. */
export function networksFor(question: Question | undefined, exercise: Exercise): readonly ExerciseNetwork[] {
  const own = question?.network === undefined ? undefined : exercise.networks.find(n => n.name === question.network)
  return own ? [own] : exercise.networks
}
