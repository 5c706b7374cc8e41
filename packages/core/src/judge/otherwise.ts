/** What comes out where a conditional line does not hold: `with biases: 2600`. */
import { evaluate, exact, isExact } from '../evaluate/index.ts'
import { textR } from '../shape/index.ts'
import { hasTensor } from './compare/prove.ts'
import { sizeAssignments, sizePoint } from './compare/sizes.ts'
import type { LinkOutcome } from './chain-verdict.ts'
import type { Choice } from './scene.ts'
import type { SceneChain } from './scene-chain.ts'

/** The other readings, each with the value that the left side has there. */
export function otherwiseOf(o: LinkOutcome): string {
  const own = o.chain.scene.choices
  const said = new Map<string, string>()
  for (const f of o.failing) {
    const value = leftValue(f.chain)
    const differing = f.choices.filter(c => own.some(d => d.name === c.name && d.value !== c.value))
    const words = (differing.length > 0 ? differing : f.choices).map((c: Choice) => c.words).join(', ')
    // the fewest differences say most
    if (value !== undefined && words !== '' && !said.has(words) && differing.length <= 1) said.set(words, value)
  }
  return [...said].map(([words, value]) => `${words}: ${value}`).join('; ')
}

/** The number that the first part has in a scene, where it is one. */
function leftValue(chain: SceneChain): string | undefined {
  const content = chain.parts[0]?.at(0)?.value
  if (content?.kind !== 'tensor' || content.axes.length > 0 || hasTensor(content.expr) || content.expr.free.length > 0) return undefined
  const sizes = sizeAssignments(chain.scene.network)
  if (sizes.length !== 1) return undefined
  const v = evaluate(content.expr, sizePoint(sizes[0]!).exact(), exact, []).data[0]
  return v !== undefined && isExact(v) ? textR(v, true) : undefined
}
