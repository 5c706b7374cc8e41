import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readNetwork } from '../../packages/core/src/network/index.ts'
import { summaryData } from '../../packages/core/src/views/summary.ts'

interface Expected {
  readonly network: string
  readonly parameters: number
  readonly macs?: number
  readonly receptiveField?: number | null
  readonly layers?: Readonly<Record<string, number>>
}

const read = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8')
const table = JSON.parse(read('counts.json')) as readonly Expected[]

test.each(table)('$network: $parameters parameters, $macs MACs, receptive field $receptiveField', ({ network, parameters, macs, receptiveField, layers }) => {
  const path = `${network}.chain`
  const { total, layers: rows } = summaryData(readNetwork(read(path), path))
  expect({
    parameters: total!.parameters,
    ...(macs === undefined ? {} : { macs: total!.macs, flops: total!.flops }),
    ...(receptiveField === undefined ? {} : { receptiveField: total!.receptiveField }),
    ...(layers ? { layers: Object.fromEntries(rows.map(r => [r.name, r.parameters])) } : {}),
  }).toEqual({
    parameters,
    ...(macs === undefined ? {} : { macs, flops: 2 * macs }),
    ...(receptiveField === undefined ? {} : { receptiveField }),
    ...(layers ? { layers } : {}),
  })
})
