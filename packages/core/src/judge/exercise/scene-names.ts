/** The page's names in one network: notation lines become patterns with a meaning. */
import { ChainError } from '../../errors.ts'
import type { Lexicon } from '../../language/latex/index.ts'
import { type ElaborateOptions, type Network, readNetwork } from '../../network/index.ts'
import { noQuantity, notInNetwork } from '../messages.ts'
import { ReadingProblem } from '../meaning/run.ts'
import type { PageName } from '../scene.ts'
import type { ExerciseNetwork } from './exercise.ts'
import type { NotationLine } from './notation.ts'
import { indexLetters, labelLetters, patternOf } from './patterns.ts'
import { countOf, derivativeContent, expressionContent, nodeContent, type Quantity, quantityOf } from './quantities.ts'

type NameLine = Extract<NotationLine, { kind: 'name' }>

/** A right side that is an expression, as a line of the network: one for each value of its label letter. */
interface Added { readonly line: NameLine; readonly letters: readonly string[]; readonly label: string | undefined; readonly node: string; readonly text: string }

/** The network with the notation's expressions added as nodes of their own, and the names of the page. */
export function withNames(entry: ExerciseNetwork, options: ElaborateOptions, lexicon: Lexicon): { network: Network; pageNames: PageName[] } {
  const plain = readNetwork(entry.source, entry.path, options)
  const lines = entry.notation.filter((l): l is NameLine => l.kind === 'name')
  const quantities = new Map(lines.map(l => [l, quantityOf(l.right, plain)]))
  const added = lines.flatMap((l, k) => (quantities.get(l)!.kind === 'expression' ? addedLines(l, k, plain) : []))
  const { network, missing } = readWith(entry, options, plain, added)
  const pageNames = lines.flatMap(l => l.left.map((left): PageName => {
    const q = quantities.get(l)!
    const open = new Set([...indexLetters(l.right), ...labelLetters(l.right)])
    const pattern = patternOf(left, open, lexicon, l.place)
    return { pattern, text: left, means: meansOf(q, l, network, added, missing) }
  }))
  return { network, pageNames }
}

/** The numbers that layer labels of the network have. */
const layersOf = (n: Network): readonly string[] => [...new Set(n.nodes.flatMap(x => /\^[[(](\d+)[\])]/.exec(x.name)?.[1] ?? []))].sort((a, b) => Number(a) - Number(b))

function addedLines(line: NameLine, k: number, network: Network): Added[] {
  const letters = indexLetters(line.right).filter(l => !network.byName.has(l) && line.left.some(x => new RegExp(`(?<![A-Za-z\\\\])${l}(?![A-Za-z])`).test(x)))
  const [label] = labelLetters(line.right)
  const left = (node: string): string => (letters.length > 0 ? `${node}[${letters.join(', ')}]` : node)
  if (label === undefined) return [{ line, letters, label: undefined, node: `page_${k}`, text: `${left(`page_${k}`)} = ${line.right}` }]
  return layersOf(network).map(v => ({ line, letters, label: v, node: `page_${k}_${v}`, text: `${left(`page_${k}_${v}`)} = ${atLayer(line.right, label, v)}` }))
}

/** The right side with the label letter replaced by a number: `z^[l+1]` is `z^[3]` for l = 2. */
export const atLayer = (text: string, letter: string, value: string): string =>
  text.replace(new RegExp(`(\\^[[(])\\s*${letter}(?:\\s*([+-])\\s*(\\d+))?\\s*([\\])])`, 'g'), (_, open: string, sign: string | undefined, n: string | undefined, close: string) =>
    `${open}${Number(value) + (sign === undefined ? 0 : (sign === '-' ? -1 : 1) * Number(n))}${close}`)

/** All lines at once; where one does not fit (no layer 0), each for itself. */
function readWith(entry: ExerciseNetwork, options: ElaborateOptions, plain: Network, added: readonly Added[]): { network: Network; missing: ReadonlySet<string> } {
  const make = (list: readonly Added[]): Network => readNetwork(`${entry.source}\n${list.map(a => a.text).join('\n')}\n`, entry.path, options)
  if (added.length === 0) return { network: plain, missing: new Set() }
  try {
    return { network: make(added), missing: new Set() }
  } catch (error) {
    if (!(error instanceof ChainError)) throw error
    const good = added.filter(a => {
      try { make([a]); return true } catch (e) {
        if (!(e instanceof ChainError)) throw e
        if (a.label === undefined) throw noQuantity(a.line.place, a.line.right, e.problem)
        return false
      }
    })
    return { network: make(good), missing: new Set(added.filter(a => !good.includes(a)).map(a => a.node)) }
  }
}

function meansOf(q: Quantity, line: NameLine, network: Network, added: readonly Added[], missing: ReadonlySet<string>): PageName['means'] {
  const nowhere = { start: 0, end: 0 }
  switch (q.kind) {
    case 'function': return { kind: 'function', name: q.name }
    case 'count': {
      const value = countOf(q.what, q.args, network)
      if (typeof value === 'string') throw noQuantity(line.place, line.right, value)
      return { kind: 'content', read: () => value }
    }
    case 'node': {
      const [letter] = labelLetters(line.right)
      if (letter !== undefined && functionAt(q.name, letter, network)) return { kind: 'function', name: q.name.replace(/\^[[(].*$/, '') }
      return {
        kind: 'content',
        read: (captures, env) => {
          const label = letter === undefined ? undefined : captures.labels.get(letter)
          const node = env.scene.network.byName.get(letter !== undefined && label !== undefined ? atLayer(q.name, letter, label) : q.name)
          if (!node) throw new ReadingProblem('name', `${line.left[0]} has no layer ${label ?? ''} here.`, nowhere)
          return nodeContent(node, env)
        },
      }
    }
    case 'derivative': {
      const [letter] = labelLetters(line.right)
      const find = (name: string, label: string | undefined) => network.byName.get(letter !== undefined && label !== undefined ? atLayer(name, letter, label) : name)
      if (letter === undefined) for (const n of [q.of, q.by]) if (!network.byName.has(n)) throw notInNetwork(line.place, n, 'of this exercise', [...network.byName.keys()])
      return {
        kind: 'content',
        read: (captures, env) => {
          const label = letter === undefined ? undefined : captures.labels.get(letter)
          const [of, by] = [find(q.of, label), find(q.by, label)]
          if (!of || !by) throw new ReadingProblem('name', `${line.left[0]} has no layer ${label ?? ''} here.`, nowhere)
          return derivativeContent(of, by, env)
        },
      }
    }
    case 'expression': {
      const own = added.filter(a => a.line === line && !missing.has(a.node))
      const [letter] = labelLetters(line.right)
      return {
        kind: 'content',
        read: (captures, env) => {
          const chosen = letter === undefined ? own[0] : own.find(a => a.label === captures.labels.get(letter))
          const node = chosen && env.scene.network.byName.get(chosen.node)
          if (!chosen || !node) throw new ReadingProblem('name', `${line.left[0]} has no such layer here.`, nowhere)
          return expressionContent(node, chosen.letters, captures, env)
        },
      }
    }
  }
}

/** Whether a name with a layer is a function of the network: `g^[l]`. */
const functionAt = (name: string, letter: string, network: Network): boolean => layersOf(network).some(v => network.functions.includes(atLayer(name, letter, v)))
