/** Every lab of the list: complete, repeatable, in every format, as its schema says, and clear about wrong settings. */
import { readFileSync } from 'node:fs'
import { renderHtmlBody, renderJsonPage, renderLatexPage, renderMarkdownPage, renderTextPage } from '@chainrule/core'
import { svgOf } from '@chainrule/plot'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { cards, type GivenSettings, findLab, type LabCard, type LabOption, type LabValue, labs } from './index.ts'

/** Settings that make a lab quick. */
const small = (card: LabCard): GivenSettings => Object.fromEntries(card.options.flatMap((o): [string, LabValue][] =>
  (o.kind === 'count' ? [[o.name, Math.min(o.default, 4)]] : o.kind === 'counts' ? [[o.name, o.default.map(n => Math.min(n, 4))]] : [])))

const rounded = (data: unknown): string => JSON.stringify(data, (_, v: unknown) => (typeof v === 'number' ? Number(v.toPrecision(9)) : v))

const wrong: Readonly<Record<LabOption['kind'], LabValue>> = { count: 0, counts: [], whole: 0.5, positive: -1, name: '', names: [''], switch: 'on' }

const networks = {
  'a classifier': 'dim n0 = 3, n1 = 4, n2 = 5\ninput x[n0]\ntarget t[n2] one-hot\nparam W[n1, n0], b[n1], V[n2, n1]\na = sigmoid(W x + b)\ny = softmax(V a)\nloss E = mean over data: -sum_c t[c] log y[c]',
  'a small CNN': 'input x[1, 6, 6]\ntarget t[3] one-hot\nc = conv(x, filters=2, kernel=3)\nn = batchnorm(c)\nr = relu(n)\np = maxpool(r, window=2)\nd = dense(p, 3)\nloss E = mean over data: cross_entropy_logits(d, t)',
  'a deep one with an open activation': 'dim n = 3\nfunction g\ninput a^[0][n]\ntarget y[n]\nlayers l = 1..L\nparam W^[l][n, n]\na^[l] = g(W^[l] a^[l-1])\nloss J = sum over data: squared_error(a^[L], y)',
  'one with a mask': 'input x[3], m[4]\ntarget t\nparam W[4, 3], v[4]\nh = dropout(tanh(W x), m, rate=1/2)\ny = v . h\nloss E = mean over data: (y - t)^2',
}

it('has a card for every lab', () => {
  expect(cards).toEqual(labs.map(l => l.card))
  expect(() => findLab('vanshing')).toThrow('There is no lab vanshing. The labs are vanishing, init, pooling, conv-dense. Did you mean vanishing?')
})

describe.each(labs.map(l => [l.card.name, l] as const))('lab %s', (name, lab) => {
  const schema = JSON.parse(readFileSync(new URL(`../../../docs/schema/lab-${name}.json`, import.meta.url), 'utf8')) as object
  const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema)

  it('holds, as its schema says, and comes out the same again', async () => {
    const { page } = await lab.run(small(lab.card))
    expect(page.ok).toBe(true)
    const json = renderJsonPage(page)
    validate(JSON.parse(json))
    expect(validate.errors).toBe(null)
    // in one process the second reading of a network has younger indices, so that sums may run in another order
    expect(rounded((await lab.run(small(lab.card))).page.data)).toBe(rounded(page.data))
    expect((await lab.run({ ...small(lab.card), seed: 7 })).page.data).not.toEqual(page.data)
  })

  it('can be written in every format and drawn', async () => {
    const { page, figure } = await lab.run(small(lab.card))
    const texts = [renderTextPage(page), renderLatexPage(page), renderMarkdownPage(page), renderHtmlBody(page, latex => latex)]
    for (const text of texts) expect(text).not.toMatch(/undefined|NaN|\[object/)
    expect(renderLatexPage(page).replace(/%.*/g, '')).not.toMatch(/[^ -~\s]/)
    const svg = await svgOf(figure)
    for (const chart of figure.charts) if (chart.title !== undefined) expect(svg).toContain(chart.title.replaceAll('<', '&lt;').slice(0, 12))
  })

  it.each(lab.card.options.map(o => [o.name, o] as const))('says what --%s can be', async (option, o) => {
    await expect(lab.run({ [option]: wrong[o.kind] })).rejects.toThrow(new RegExp(`^${option} cannot be .*\\. (It is|They are) `))
  })

  it('names the nearest setting', async () => {
    await expect(lab.run({ sede: 2 })).rejects.toThrow(`The lab ${name} has no setting sede.`)
  })

  const { network } = lab.card
  it.runIf(network === undefined)('takes no network', async () => {
    await expect(lab.run({}, { text: '', path: 'a.chain', options: {} })).rejects.toThrow(`The lab ${name} takes no network.`)
  })

  it.runIf(network !== undefined).each(Object.entries(networks))('takes %s', async (what, text) => {
    const open = what.includes('open') && !lab.card.options.some(o => o.name === 'depth')
    const { page, figure } = await lab.run(small(lab.card), { text, path: 'own.chain', options: open ? { depth: 2, functions: { g: 'tanh' } } : {} })
    expect(page.ok).toBe(true)
    validate(JSON.parse(renderJsonPage(page)))
    expect(validate.errors).toBe(null)
    expect(renderTextPage(page)).not.toMatch(/undefined|\[object/)
    expect(await svgOf(figure)).toMatch(/<\/svg>$/)
  })

  it.runIf(network !== undefined)('says what a network lacks', async () => {
    const run = (text: string) => lab.run(small(lab.card), { text, path: 'own.chain', options: {} })
    await expect(run('input x[2]\nparam w[2]\ny = w . x')).rejects.toThrow('own.chain declares no loss, so there is no gradient to look at.')
    await expect(run('input x[2]\nloss E = sum over data: sum(x)')).rejects.toThrow('own.chain has no parameters.')
    await expect(run('dim n\ninput x[n]\nparam w[n]\nloss E = sum over data: w . x')).rejects.toThrow('The size n has no number. Give it with --dim n=8, or write it into the text.')
  })
})
