/** Functions and what they are taken of, in the lines of a page. */
import { latexChildren, type Latex, type Lexicon, printLatex, readLatex, withoutSpans } from '../../language/latex/index.ts'
import type { Env } from '../meaning/env.ts'
import { functionOf, type FunctionRef } from '../meaning/functions.ts'

/** Functions that students take for one another. */
const USUAL = ['sigmoid', 'softmax', 'tanh', 'log', 'exp', 'sin', 'cos']

interface Calls { readonly heads: readonly Latex[]; readonly arguments: readonly Latex[] }

/** Everything that is called in these lines, each once and without primes. */
export function callsIn(lines: readonly Latex[]): Calls {
  const [heads, args] = [new Map<string, Latex>(), new Map<string, Latex>()]
  const walk = (e: Latex): void => {
    if (e.kind === 'applied' || e.kind === 'prefix') {
      const head = withoutSpans(e.head.kind === 'scripted' && e.head.primes > 0 ? unprimed(e.head) : e.head)
      heads.set(printLatex(head), head)
      const [arg, ...more] = e.kind === 'applied' ? e.group.items : [e.argument]
      if (arg && more.length === 0) args.set(printLatex(withoutSpans(arg)), withoutSpans(arg))
    }
    latexChildren(e).forEach(walk)
  }
  lines.forEach(walk)
  return { heads: [...heads.values()], arguments: [...args.values()] }
}

const unprimed = (e: Latex & { kind: 'scripted' }): Latex => (e.sub || e.sup.length > 0 ? { ...e, primes: 0 } : e.base)

/** Functions by what they stand in for; all of them for a piece that stands without one. */
export function functionsFor(heads: readonly Latex[], env: Env, lexicon: Lexicon): (head?: Latex) => readonly Latex[] {
  const known = new Map<string, { head: Latex; ref: FunctionRef }>()
  const note = (head: Latex): void => {
    const ref = functionOf(head, env)
    if (ref && ref.items.length === 0 && ref.sup.length === 0 && !known.has(idOf(ref))) known.set(idOf(ref), { head, ref })
  }
  heads.forEach(note)
  for (const name of [...env.scene.network.functions, ...USUAL]) {
    const [tree] = readLatex(/^[A-Za-z]{2,}$/.test(name) ? `\\operatorname{${name}}` : name, { lexicon }).statements
    if (tree) note(withoutSpans(tree))
  }
  const all = [...known.values()]
  return head => {
    const own = head && functionOf(head, env)
    return all.filter(f => (own ? idOf(f.ref) !== idOf(own) && (own.primes === 0 || !isWhole(f.ref)) : !isWhole(f.ref))).map(f => f.head)
  }
}

const idOf = (f: FunctionRef): string => (f.fn.kind === 'abstract' ? `g:${f.fn.name}` : `o:${f.fn.operation.name}`)
/** Of a whole tensor, so that it has no derivative by one number. */
const isWhole = (f: FunctionRef): boolean => f.fn.kind === 'operation' && f.fn.operation.kind !== 'scalar'
