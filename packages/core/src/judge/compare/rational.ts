/** Whether an expression can have rational values: exact arithmetic is tried only where it can. */
import { children, type Expr } from '../../expression/index.ts'
import type { Network } from '../../network/types.ts'

const memo = new WeakMap<Network, WeakMap<Expr, boolean>>()
const NOWHERE = {} as Network

/** True unless the expression, or a node that it reads, holds a function or power that leaves the rationals. */
export function rational(e: Expr, network: Network = NOWHERE): boolean {
  const known = memo.get(network) ?? new WeakMap<Expr, boolean>()
  memo.set(network, known)
  const ask = (x: Expr): boolean => {
    const old = known.get(x)
    if (old !== undefined) return old
    known.set(x, true)
    const answer = own(x) && children(x).every(ask)
    known.set(x, answer)
    return answer
  }
  const own = (x: Expr): boolean => {
    switch (x.kind) {
      case 'apply': return !x.fn.abstract && (x.fn.whole !== undefined || x.fn.exact !== undefined && PIECEWISE.has(x.fn.name) || x.fn.definition !== undefined && PIECEWISE.has(x.fn.name))
      case 'power': return x.exponent.kind === 'number' && (x.exponent.value.d === 1n || x.exponent.value.d === 2n)
      case 'symbol': {
        if (x.tensor.constant !== undefined) return false
        const node = network === NOWHERE ? undefined : network.byTensor.get(x.tensor.key)
        return !node?.definition || ask(node.definition)
      }
      default: return true
    }
  }
  return ask(e)
}

/** Functions that map rationals to rationals everywhere. */
const PIECEWISE: ReadonlySet<string> = new Set(['relu', 'relu6', 'leaky_relu', 'max', 'min', 'abs', 'sign', 'step', 'floor', 'ceil'])
