/** What a question asks for, where a formula states only its value: `64 \times 64 \times 96 \times 2 + 96`. */
import type { Env } from './meaning/env.ts'
import type { Content } from './meaning/meaning.ts'
import { noQuantity, notInNetwork } from './messages.ts'
import type { ExerciseNetwork, Question } from './exercise/exercise.ts'
import { countOf, derivativeContent, nodeContent, quantityOf } from './exercise/quantities.ts'
import { atLayer } from './exercise/scene-names.ts'

/** The quantity of the question, read in whatever scene it is asked in. Throws a ChainError at its place where it is none. */
export function targetOf(question: Question | undefined, entry: ExerciseNetwork): ((env: Env) => Content) | undefined {
  const claims = question?.claims
  if (!claims) return undefined
  const q = quantityOf(claims.text, entry.network)
  switch (q.kind) {
    case 'count': return env => {
      const value = countOf(q.what, q.args.map(a => withLabels(a, env)), env.scene.network)
      if (typeof value === 'string') throw noQuantity(claims.place, claims.text, value)
      return value
    }
    case 'derivative': return env => {
      const [of, by] = [q.of, q.by].map(n => env.scene.network.byName.get(n))
      if (!of || !by) throw notInNetwork(claims.place, of ? q.by : q.of, entry.name, [...env.scene.network.byName.keys()])
      return derivativeContent(of, by, env)
    }
    case 'node': case 'function': case 'expression': return env => {
      const node = env.scene.network.byName.get(withLabels(claims.text, env))
      if (!node) throw notInNetwork(claims.place, claims.text, entry.name, [...env.scene.network.byName.keys()])
      return nodeContent(node, env)
    }
  }
}

/** Letters of layers as the numbers that they have in the scene. */
const withLabels = (text: string, env: Env): string => [...env.scene.labels].reduce((t, [letter, value]) => atLayer(t, letter, value), text)
