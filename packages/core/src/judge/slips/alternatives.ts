/** What a written name could be mistaken for: other labels of the same quantity, other letters, other quantities. */
import { latexChildren, type Latex, printLatex, type Raised, type ScriptedNode, type SymbolNode } from '../../language/latex/index.ts'
import { type Env, labelValue } from '../meaning/env.ts'
import { candidates, writtenOf } from '../meaning/symbols.ts'
import type { Named } from '../names/table.ts'

const nowhere = { span: { start: 0, end: 0 }, own: [] as const }
const MOST = 24

/** Letters that stand as indices somewhere in these pieces. */
export function lettersIn(trees: readonly Latex[]): readonly string[] {
  const found = new Set<string>()
  const walk = (e: Latex): void => {
    if (e.kind === 'scripted' || e.kind === 'applied') for (const s of e.sub ?? []) plainLetters(s).forEach(l => found.add(l))
    latexChildren(e).forEach(walk)
  }
  trees.forEach(walk)
  return [...found]
}

const plainLetters = (e: Latex): string[] => (e.kind === 'symbol' && /^[a-z]$/.test(e.name) ? [e.name] : e.kind === 'product' ? e.factors.flatMap(plainLetters) : [])

const labelTree = (text: string): Latex => (/^\d+$/.test(text) ? { kind: 'number', text, ...nowhere } : { kind: 'symbol', name: text, ...nowhere })

/** Other names for a symbol: the same base under another label, exchanged or other index letters, another layer. */
export function alternativesOf(e: Latex, letters: readonly string[], env: Env): readonly Latex[] {
  const w = writtenOf(e)
  if (!w || w.primes > 0) return []
  const base: SymbolNode = e.kind === 'symbol' ? e : (e as ScriptedNode).base as SymbolNode
  const sup = e.kind === 'scripted' ? e.sup : []
  const sub = e.kind === 'scripted' ? e.sub ?? [] : []
  const found: Latex[] = []
  const make = (newSub: readonly Latex[], newSup: readonly Raised[]): void => {
    found.push(newSub.length === 0 && newSup.length === 0 ? base : { kind: 'scripted', base, ...(newSub.length > 0 ? { sub: newSub } : {}), sup: newSup, primes: 0, span: e.span, own: [] })
  }
  // other labels of the same base: w_1 for w_2
  const best = candidates(w, env)[0]
  const named = best?.node && [...env.scene.table.byBase.values()].flat().find(n => n.node === best.node)
  if (named) for (const n of env.scene.table.byBase.get(named.base) ?? []) if (n !== named && sameForm(n, named)) make(relabelled(sub, named, n), relayered(sup, named, n))
  // a_2 for a_1 as entries, exchanged letters
  for (const s of otherItems(sub, letters)) make(s, sup)
  for (const r of otherLayers(sup, env)) make(sub, r)
  const seen = new Set([printLatex(e)])
  return found.filter(f => { const text = printLatex(f); if (seen.has(text)) return false; seen.add(text); return true }).slice(0, MOST)
}

const sameForm = (a: Named, b: Named): boolean => a.sub.length === b.sub.length && (a.layer === undefined) === (b.layer === undefined)

function relabelled(sub: readonly Latex[], from: Named, to: Named): readonly Latex[] {
  if (to.sub.length === 0) return sub
  return [...to.sub.map(labelTree), ...sub.slice(from.sub.length)]
}

function relayered(sup: readonly Raised[], from: Named, to: Named): readonly Raised[] {
  if (!to.layer || from.layer?.text === to.layer.text) return sup
  return sup.map(r => (r.kind === 'label' ? { ...r, inner: labelTree(to.layer!.text) } : r))
}

/** The items of a subscript exchanged, or one of them another letter or number. */
function otherItems(sub: readonly Latex[], letters: readonly string[]): readonly (readonly Latex[])[] {
  const items = sub.flatMap(s => (s.kind === 'product' && s.operators.every(o => o === 'juxtapose') ? s.factors : s.kind === 'number' && /^\d{2}$/.test(s.text) ? Array.from(s.text, labelTree) : [s]))
  const found: (readonly Latex[])[] = []
  const joined = (list: readonly Latex[]): readonly Latex[] => (sub.length === 1 && list.length > 1 ? [list.every(i => i.kind === 'number') ? labelTree(list.map(i => (i.kind === 'number' ? i.text : '')).join('')) : { kind: 'product', factors: list, operators: list.slice(1).map(() => 'juxtapose' as const), ...nowhere }] : list)
  if (items.length === 2) found.push(joined([items[1]!, items[0]!]))
  items.forEach((item, k) => {
    const put = item.kind === 'number' ? ['1', '2', '3'].filter(n => n !== item.text) : item.kind === 'symbol' ? letters.filter(l => l !== item.name) : []
    for (const p of put) found.push(joined(items.map((x, j) => (j === k ? labelTree(p) : x))))
  })
  return found
}

/** l + 1 and l - 1 for l, and the other way round. */
function otherLayers(sup: readonly Raised[], env: Env): readonly (readonly Raised[])[] {
  const at = sup.findIndex(r => r.kind === 'label')
  const label = sup[at]
  if (label?.kind !== 'label') return []
  const letter = layerLetter(label.inner)
  if (letter === undefined || labelValue(env)(letter) === undefined) return []
  const own = printLatex(label.inner)
  const plus = (n: number): Latex => (n === 0 ? labelTree(letter) : { kind: 'sum', terms: [{ sign: '+', body: labelTree(letter) }, { sign: n > 0 ? '+' : '-', body: labelTree(String(Math.abs(n))) }], ...nowhere })
  return [-1, 0, 1].map(plus).filter(t => printLatex(t) !== own).map(inner => sup.map((r, k) => (k === at ? { ...label, inner } : r)))
}

const layerLetter = (e: Latex): string | undefined => (e.kind === 'symbol' ? e.name : e.kind === 'sum' && e.terms[0]?.body.kind === 'symbol' ? e.terms[0].body.name : undefined)

/** Other quantities with the same label: n_5 for z_5. */
export function siblingsOf(e: Latex, env: Env): readonly Latex[] {
  const w = writtenOf(e)
  const node = w && candidates(w, env)[0]?.node
  if (!w || !node) return []
  const all = [...env.scene.table.byBase.values()].flat()
  const own = all.find(n => n.node === node)
  if (!own) return []
  return all.filter(n => n.base !== own.base && n.sub.join() === own.sub.join() && n.layer?.text === own.layer?.text && n.node.tensor.axes.length === node.tensor.axes.length).slice(0, 8).map(n => {
    const base: SymbolNode = { kind: 'symbol', name: n.base, span: e.span, own: [] }
    return e.kind === 'scripted' ? { ...e, base } : base
  })
}
