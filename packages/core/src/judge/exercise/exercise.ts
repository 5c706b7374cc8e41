/** An exercise: its networks, what the page's names mean, its conventions and its questions. */
import type { Place } from '../../errors.ts'
import { type Network, readNetwork } from '../../network/index.ts'
import type { ExerciseBlock, ExerciseSource } from '../exercise-source.ts'
import { lineOfQuestion, namedTwice, noNetwork } from '../messages.ts'
import { type NotationLine, readNotation } from './notation.ts'

/** A network of the exercise with the notation that applies to it. */
export interface ExerciseNetwork {
  readonly name: string
  readonly source: string
  readonly path: string
  /** As the text has it, nothing chosen. */
  readonly network: Network
  readonly notation: readonly NotationLine[]
  /** Functions given from outside: `{ g: 'sigmoid' }`. */
  readonly functions?: Readonly<Record<string, string>>
}

export interface Question {
  readonly id: string
  /** The network that it is about; undefined: any of the exercise. */
  readonly network?: string
  /** Words that name it on a page: `Figure 1`. */
  readonly also: readonly string[]
  readonly marks?: number
  /** The quantity that a formula without a left side states: `weights(c1)`. */
  readonly claims?: { readonly text: string; readonly place: Place }
}

export interface Exercise {
  readonly path: string
  readonly networks: readonly ExerciseNetwork[]
  readonly questions: readonly Question[]
}

/** The exercise of its blocks. Throws a ChainError with the place of the first fault. */
export function readExercise({ path, blocks }: ExerciseSource): Exercise {
  const chains = blocks.filter(b => b.kind === 'chain')
  if (chains.length === 0) throw noNetwork(undefined, '', [])
  const names = chains.map((b, k) => b.name ?? (chains.length === 1 ? 'network' : `network ${k + 1}`))
  names.forEach((n, k) => { if (names.indexOf(n) < k) throw namedTwice(headOf(chains[k]!, path), 'networks', n) })
  const notation = blocks.filter(b => b.kind === 'notation').map(b => {
    if (b.name !== undefined && !names.includes(b.name)) throw noNetwork(headOf(b, path), b.name, names)
    return { network: b.name, lines: readNotation(b.source, path) }
  })
  const networks = chains.map((b, k): ExerciseNetwork => ({
    name: names[k]!, source: b.source, path, network: readNetwork(b.source, path),
    notation: notation.filter(n => n.network === undefined || n.network === names[k]).flatMap(n => n.lines),
  }))
  const questions = blocks.filter(b => b.kind === 'question').map(b => readQuestion(b, names, blocks, path))
  questions.forEach((q, k) => { if (questions.findIndex(p => p.id === q.id) < k) throw namedTwice(undefined, 'questions', q.id) })
  return { path, networks, questions }
}

const headOf = (b: ExerciseBlock, path: string): Place => ({ path, source: b.source, span: { start: Math.max(0, b.source.search(/\S/)), end: Math.max(1, b.source.search(/\S/) + 1) } })

const KEYS = ['network', 'also', 'marks', 'claims'] as const

/** `network graph-1`, `also Figure 1`, `marks 2`, `claims weights(c1)` */
function readQuestion(b: ExerciseBlock, names: readonly string[], blocks: readonly ExerciseBlock[], path: string): Question {
  let [network, marks, claims]: [string | undefined, number | undefined, Question['claims']] = [above(b, blocks), undefined, undefined]
  const also: string[] = []
  let offset = 0
  for (const raw of b.source.split('\n')) {
    const start = offset
    offset += raw.length + 1
    const text = raw.replace(/(^|\s)#.*$/, '').trim()
    if (text === '') continue
    const from = start + raw.search(/\S/)
    const place: Place = { path, source: b.source, span: { start: from, end: from + text.length } }
    const match = /^(\w+)\s+(.+)$/.exec(text)
    const key = KEYS.find(k => k === match?.[1])
    const rest = match?.[2] ?? ''
    switch (key) {
      case 'network':
        if (!names.includes(rest)) throw noNetwork(place, rest, names)
        network = rest
        break
      case 'also': also.push(rest); break
      case 'marks':
        if (!/^\d+(\.\d+)?$/.test(rest)) throw lineOfQuestion(place, ['marks with a number'])
        marks = Number(rest)
        break
      case 'claims': claims = { text: rest, place }; break
      case undefined: throw lineOfQuestion(place, KEYS)
    }
  }
  if (b.name === undefined) throw lineOfQuestion(headOf(b, path), ['an id behind ```question'])
  return { id: b.name, also, ...(network === undefined ? {} : { network }), ...(marks === undefined ? {} : { marks }), ...(claims ? { claims } : {}) }
}

/** The network block that stands nearest above a question. */
function above(b: ExerciseBlock, blocks: readonly ExerciseBlock[]): string | undefined {
  const before = blocks.slice(0, blocks.indexOf(b)).filter(x => x.kind === 'chain')
  return before.at(-1)?.name
}
