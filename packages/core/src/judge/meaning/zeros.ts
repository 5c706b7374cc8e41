/** Divisions by what the exercise says is zero somewhere: the entries of a one-hot vector. */
import { evaluate, floats } from '../../evaluate/index.ts'
import { inside } from '../../evaluate/depends.ts'
import type { Span } from '../../language/ast.ts'
import type { Env } from './env.ts'
import type { Meaning } from './meaning.ts'
import { ReadingProblem } from './run.ts'

/** Refuses a denominator that is zero where the facts of the network hold. */
export function refuseZero({ expr }: Meaning, span: Span, env: Env): void {
  const { network, points } = env.scene
  if (![...inside(expr)].some(x => x.kind === 'symbol' && network.byTensor.get(x.tensor.key)?.facts.includes('one-hot'))) return
  const p = points.random()[0]!.floats
  // a line with a hole has no values yet, and is judged again with what is put in
  if ([...inside(expr)].some(x => x.kind === 'symbol' && !x.tensor.size && x.tensor.constant === undefined && !p.values.has(x.tensor.key))) return
  const { data } = evaluate(expr, p, floats, expr.free)
  for (let k = 0; k < data.length; k++) if (data[k] === 0) throw new ReadingProblem('form', 'This is zero at some entries, so nothing can be divided by it.', span)
}
