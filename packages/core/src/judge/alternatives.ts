/** What a page may take for granted: other scenes of the same network, and conditions on index letters. */
import { type Expr, type Index, ONE_E, selector, subtract } from '../expression/index.ts'
import { size } from '../shape/index.ts'
import { readingsOf } from '../network/readings.ts'
import type { ExerciseNetwork } from './exercise/exercise.ts'
import type { Variant } from './exercise/scenes.ts'
import type { Choice } from './scene.ts'

/** Scenes that are equals: every reading of what the text leaves open. One scene for a text that leaves nothing open. */
export function peersOf(entry: ExerciseNetwork): readonly Omit<Variant, 'layout'>[] {
  let list: Omit<Variant, 'layout'>[] = readingsOf(entry.network).map(r => ({
    attributes: r.defaults,
    choices: Object.entries(r.choices).map(([name, value]): Choice => ({ name, value: String(value), words: wordsOf(name, value) })),
  }))
  for (const line of entry.notation) {
    if (line.kind !== 'open' || !line.ways.every(w => /^\d+$/.test(w.value))) continue
    list = list.flatMap(v => line.ways.map(w => ({ ...v, dims: { ...v.dims, [line.name]: Number(w.value) }, choices: [...v.choices, { name: line.name, value: w.value, words: w.words }] })))
  }
  return list.slice(0, 32)
}

function wordsOf(name: string, value: unknown): string {
  if (name === 'bias') return value === true ? 'with biases' : 'no biases'
  if (name === 'padding') return `${String(value)} padding`
  return `${name} ${String(value)}`
}

const USUAL: readonly { readonly operation: string; readonly words: string }[] = [
  { operation: 'sigmoid', words: 'the logistic function' }, { operation: 'tanh', words: 'tanh' }, { operation: 'relu', words: 'ReLU' },
]

/** Most functions that are given a meaning at once. */
const MOST_FUNCTIONS = 3

/** Meanings for abstract functions, few at a time: `g_2 is the logistic function`. */
export function functionChoices(entry: ExerciseNetwork, used: readonly string[]): readonly Pick<Variant, 'functions' | 'choices'>[] {
  if (used.length === 0 || used.length > 8) return []
  const said = new Map(entry.notation.flatMap(l => (l.kind === 'open' ? splitNames(l.name).map(n => [n, l.ways] as const) : [])))
  const ways = (name: string) => said.get(name)?.map(w => ({ operation: w.value, words: w.words })) ?? USUAL.map(u => ({ operation: u.operation, words: `${name} is ${u.words}` }))
  const found: Pick<Variant, 'functions' | 'choices'>[] = []
  const kinds = Math.max(...used.map(n => ways(n).length))
  for (let n = 1; n <= Math.min(MOST_FUNCTIONS, used.length); n++) {
    for (const group of subsets(used, n)) {
      // the same meaning for all of them
      for (let k = 0; k < kinds; k++) {
        const picked = group.map(name => ({ name, way: ways(name)[k] }))
        if (picked.some(p => !p.way)) continue
        found.push({
          functions: Object.fromEntries(picked.map(p => [p.name, p.way!.operation])),
          choices: [{ name: group.join(', '), value: picked[0]!.way!.operation, words: said.size > 0 || group.length === 1 ? [...new Set(picked.map(p => p.way!.words))].join(' and ') : `${group.slice(0, -1).join(', ')} and ${group.at(-1)} are ${USUAL[k]!.words}s`.replace(/the logistic functions/, 'logistic').replace(/(tanh|ReLU)s/, '$1') }],
        })
      }
    }
  }
  return found
}

const splitNames = (text: string): readonly string[] => text.split(',').map(s => s.trim())

function subsets<T>(items: readonly T[], n: number): T[][] {
  if (n === 0) return [[]]
  return items.flatMap((x, k) => subsets(items.slice(k + 1), n - 1).map(rest => [x, ...rest]))
}

/** Conditions between free index letters of one size: i ≠ j, i = j. */
export function letterConditions(letters: readonly Index[]): readonly { readonly words: string; readonly expr: Expr }[] {
  const found: { words: string; expr: Expr }[] = []
  letters.forEach((a, k) => letters.slice(k + 1).forEach(b => {
    if (a.size !== b.size || a.sample !== b.sample) return
    const equal = selector('eq', [{ coefficient: size(1), index: a }, { coefficient: size(-1), index: b }])
    const [p, q] = [a.name, b.name].sort()
    found.push({ words: `${p} ≠ ${q}`, expr: subtract(ONE_E, equal) }, { words: `${p} = ${q}`, expr: equal })
  }))
  return found
}

/** Names of abstract functions for the options of a network: layers of one function together. */
export const functionKeys = (entry: ExerciseNetwork): readonly string[] => [...new Set(entry.network.functions.map(f => f.replace(/\^[[(].*$/, '')))].filter(f => !isFunctional(f, entry))

/** A function of several whole tensors, such as an abstract cost, stays abstract. */
const isFunctional = (name: string, entry: ExerciseNetwork): boolean => new RegExp(`\\b${name}(\\^[\\[(][^)\\]]*[)\\]])?\\([^()]*,`).test(entry.source)
