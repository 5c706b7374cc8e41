/** What the letter of a sum runs over: the data, an axis, or labels of names, seen from how its body uses it. */
import { latexChildren } from '../../language/latex/index.ts'
import type { Latex, Raised } from '../../language/latex/ast.ts'
import type { Size } from '../../shape/index.ts'
import { itemsOf } from '../names/labels.ts'
import { type Env, labelValue } from './env.ts'
import { candidates, writtenOf } from './symbols.ts'

/** How a body uses a letter. */
export interface Use {
  /** As the sample of something: `y^{(i)}`, `y_i` of a number. */
  readonly data: boolean
  /** In the slot of an axis of these sizes. */
  readonly axes: readonly Size[]
  /** As a label, with the values that exist at every place. */
  readonly labels: readonly string[] | undefined
}

/** Every use of a letter in a body. */
export function usesOf(letter: string, body: Latex, env: Env): Use {
  let data = false
  const axes = new Set<Size>()
  let labels: string[] | undefined
  const note = (values: readonly string[]): void => { labels = labels ? labels.filter(v => values.includes(v)) : [...values] }
  const visit = (e: Latex): void => {
    const sup: readonly Raised[] = e.kind === 'scripted' || e.kind === 'applied' ? e.sup : []
    if (sup.some(r => r.kind === 'label' && r.inner.kind === 'symbol' && r.inner.name === letter)) data = true
    if (e.kind === 'scripted' && e.sub && e.sub.some(s => mentions(s, letter))) {
      const w = writtenOf(e)
      if (w) {
        const found = labelValues(letter, w, env)
        if (found.length > 0) note(found)
        else {
          const slots = slotSizes(letter, w, env)
          slots.sizes.forEach(s => axes.add(s))
          if (slots.sample) data = true
        }
      }
    }
    latexChildren(e).forEach(visit)
  }
  visit(body)
  return { data, axes: [...axes], labels }
}

/** Whether a letter occurs in a piece. */
export function mentions(e: Latex, letter: string): boolean {
  return (e.kind === 'symbol' && e.name === letter) || latexChildren(e).some(c => mentions(c, letter))
}

/** The values of the letter for which a name with these labels exists: 5 for k in `w_{k,7}`. */
function labelValues(letter: string, w: NonNullable<ReturnType<typeof writtenOf>>, env: Env): string[] {
  const items = itemsOf(w.sub, labelValue(env))
  const at = items.findIndex(i => i.tree.kind === 'symbol' && i.tree.name === letter)
  if (at < 0) return []
  const values: string[] = []
  for (const n of env.scene.table.byBase.get(w.base) ?? []) {
    if (n.sub.length === 0 || n.sub.length > items.length || at >= n.sub.length) continue
    if (n.sub.every((part, k) => k === at || part === items[k]!.text || isOpenLetter(items[k]!.text, items[k]!.tree, env))) values.push(n.sub[at]!)
  }
  return [...new Set(values)]
}

const isOpenLetter = (text: string, tree: Latex, env: Env): boolean => tree.kind === 'symbol' && tree.name === text && !env.letters.has(text) && /^[a-z]$/.test(text)

/** The sizes of the axes in whose slots the letter stands, and whether it can be the sample. */
function slotSizes(letter: string, w: NonNullable<ReturnType<typeof writtenOf>>, env: Env): { sizes: readonly Size[]; sample: boolean } {
  const sizes: Size[] = []
  let sample = false
  for (const c of candidates(w, env)) {
    if (!c.node) continue
    const { tensor } = c.node
    const axes = tensor.axes.slice(tensor.sample ? 1 : 0)
    const at = c.match.items.findIndex(i => i.tree.kind === 'symbol' && i.tree.name === letter)
    if (at < 0) continue
    if (c.match.items.length === axes.length) sizes.push(axes[at]!)
    else if (tensor.sample && c.match.items.length === axes.length + 1) sample = true
    break
  }
  return { sizes, sample }
}
