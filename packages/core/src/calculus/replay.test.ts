/** Derivations replay whatever numbers their passing indices get: networks in which a step once came out in another form. */
import { describe, expect, it } from 'vitest'
import { readNetwork } from '../network/index.ts'
import { deriveAll, deriveSecond, replay } from './index.ts'

describe('a derivation made again and again replays', () => {
  it.each([
    ['a window of a maximum: its order was chosen by passing names', 'param W[3]\ny[i: 3] = max_{u: 2} W[i + u - 1]\nloss E = sum(sin(y))', 'W'],
    ['silu of a difference: the sign inside a factor was kept', 'param a[2], b[2], A[2, 2]\nh[i,j] = silu(a[i] b[j] - A[j,i])\nloss E = sum_{i,j} h[i,j]^2', 'a'],
    ['a variable twice in a product: signs decided which form is shorter', 'input x[4]\ny = outer(x - mean(x), x)\nloss E = sum over data: sum(sin(y))', 'x'],
  ])('%s', (_, text, by) => {
    const network = readNetwork(text)
    for (let round = 0; round < 20; round++) {
      const d = deriveAll(network, network.nodes, network.byName.get('E')!, network.byName.get(by)!)
      expect(replay(d)).toBe(d.result)
    }
  })

  it('a second derivative: deltas that share an index were told apart by which one', () => {
    const network = readNetwork('input x[4]\nparam W[4, 4]\ny[i] = sigmoid(sum_j [j <= i] W[i,j] x[j])\nz[i,j] = [i = j] sigmoid(y[i]) + W[i,j]\nloss E = mean over data: sum(sin(z))')
    const W = network.byName.get('W')!
    for (let round = 0; round < 8; round++) {
      const { second } = deriveSecond(network, network.byName.get('E')!, W, W)
      expect(replay(second)).toBe(second.result)
    }
  })
})
