/** What `--json` prints of the lab. */
import { renderText } from '@chainrule/core'
import type { InitSettings } from './card.ts'
import { writerOf } from './formulas.ts'
import { agrees } from './observe.ts'
import type { Findings } from './page.ts'
import { nodesThatStay, zeroAtStart } from './prove.ts'

/** The findings as data; axes count from 1. */
export function initData(f: Findings, settings: InitSettings): object {
  const w = writerOf(f.network, f.derivation)
  const axes = (along: readonly boolean[]): number[] => along.flatMap((is, k) => (is ? [k + 1] : []))
  return {
    lab: 'init', settings, network: f.network.source,
    starts: f.starts.map(({ proved: p, seen }) => {
      const { constant, alike } = nodesThatStay(p)
      return {
        name: p.start.name, agrees: agrees(p.stays.claims, seen),
        parameters: f.problem.parameters.map(({ name, shape }) => {
          const claim = p.stays.claims.get(name)!
          const { entry, spread } = seen.most.get(name)!
          return {
            name, shape, gradientAtStart: { zero: zeroAtStart(p, name), norm: seen.firstNorms[name] },
            proved: { zero: claim.zero, equalAlong: axes(claim.same) }, seen: { largest: entry, differences: spread },
          }
        }),
        constantNodes: constant.map(c => ({ name: c.node.name, value: renderText(w.write(c.after, c.indices)) })),
        equalNodes: alike.map(a => ({ name: a.node, along: axes(a.along) })),
        proof: p.stays.proof.map(c => ({ kind: c.kind, node: c.node.name, before: renderText(w.write(c.before, c.indices)), after: renderText(w.write(c.after, c.indices)) })),
        loss: seen.loss, rowsDiffer: seen.apart,
      }
    }),
    signals: f.signals,
  }
}
