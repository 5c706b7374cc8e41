/** Known networks lower and are planned in seconds, with the multiply-adds that the counts say. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readNetwork } from '../network/index.ts'
import { forwardProgram, gradientProgram, planOf, type Program } from './index.ts'

const folder = new URL('../../../../corpus/networks/', import.meta.url)
const published: Readonly<Record<string, number>> = { 'lenet5.chain': 416_520, 'alexnet.chain': 714_188_480, 'resnet18.chain': 1_814_073_344, 'vgg16.chain': 15_470_264_320, 'vit-b16.chain': 17_563_828_224 }
const products = (p: Program): number => p.nodes.reduce((s, n) => s + (n.kind === 'contract' && n.operands.length === 2 ? n.loops.reduce((a, b) => a * b, 1) : 0), 0)

it.each(readdirSync(folder).filter(f => f.endsWith('.chain') && f !== 'd5.chain'))('%s', file => {
  const network = readNetwork(readFileSync(new URL(file, folder), 'utf8'), file)
  const open = [...network.dims].filter(([, n]) => n === undefined).map(([name]) => [name, 16])
  const program = forwardProgram(network, { samples: 1, dims: Object.fromEntries(open) as Record<string, number>, ...(network.byName.has('ids') && { classes: ['ids'] }) })
  const { plan } = planOf(program)
  expect(plan.nodes.length).toBeLessThan(4 * program.nodes.length)
  // batch norm's variances are products too, a few in a hundred
  if (published[file] !== undefined) { expect(products(program)).toBeGreaterThanOrEqual(published[file]); expect(products(program)).toBeLessThan(1.03 * published[file]) }
}, 20_000)

it('the gradients of ResNet-18 take about twice the products of its values', () => {
  const text = readFileSync(new URL('resnet18.chain', folder), 'utf8')
  const values = products(forwardProgram(readNetwork(text), { samples: 2 }))
  const network = readNetwork(`${text}\ntarget t[1000] one-hot\nloss E = mean over data: cross_entropy_logits(y, t)`)
  const all = products(gradientProgram(network, { samples: 2, classes: ['t'] }))
  expect(all / values).toBeGreaterThan(2.8)
  expect(all / values).toBeLessThan(3.1)
}, 20_000)
