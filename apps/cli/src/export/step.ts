/** A training step as a model. */
import { findOptimiser, lower } from '@chainrule/core'
import { stepModel, type Written } from '@chainrule/onnx'
import { groupSettings, parametersAt } from '@chainrule/train'
import { BATCH, type ExportFlags, sizesFor } from './flags.ts'
import type { Subject } from './subject.ts'

export interface ModelOptions { readonly doc: string; readonly beside?: string }
export interface Noted extends Written { readonly notes: readonly string[] }

/** Forward, backward and update. What is not a tensor is computed outside, in doubles; the notes say how. */
export function stepOf(s: Subject, f: ExportFlags, options: ModelOptions): Noted {
  const optimiser = findOptimiser(f.optimiser ?? 'adam')
  const dims = new Map([...[...s.network.dims].flatMap(([k, n]) => (n === undefined ? [] : [[k, n] as const])), ...Object.entries(s.dims)])
  const groups = groupSettings(parametersAt(s.network, dims), [], f.decay)
  const { scalars, ...written } = stepModel(s.network, sizesFor(s, f, BATCH), { optimiser, decay: p => groups.get(p)?.decay ?? 0, ...(f.clip ? { clip: f.clip.kind } : {}) }, options)
  return { ...written, notes: [`numbers of a step, from ${lower.inputsOf(scalars).map(i => i.name).join(', ')}:`, ...scalars.outputs.map(o => `  ${o.name} = ${formula(scalars, o.node)}`)] }
}

/** A number as a formula over the inputs of its program. */
function formula(p: lower.Program, at: number): string {
  const n = p.nodes[at]!
  const of = (node: number): string => { const text = formula(p, node); return / /.test(text) ? `(${text})` : text }
  switch (n.kind) {
    case 'input': return n.name
    case 'number': return String(n.value)
    case 'map': return lower.MAPS[n.fn].text(...n.args.map(a => of(a.node)))
    case 'contract': return [...(n.coefficient === 1 ? [] : [String(n.coefficient)]), ...n.operands.map(o => of(o.node))].join(' * ')
    default: throw new Error(`a number of a step is a ${n.kind}`)
  }
}
