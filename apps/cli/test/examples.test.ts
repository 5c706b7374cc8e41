import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import examples from '../src/examples.json' with { type: 'json' }
import { produce } from './examples.mjs'
import { buildOnce, folderWith } from './run.ts'

const folder = folderWith(examples.files)
vi.setConfig({ testTimeout: 30_000 })
beforeAll(buildOnce)
afterAll(() => rmSync(folder, { recursive: true }))

test.runIf(process.platform !== 'win32').concurrent.each(Object.values(examples.commands))('the help tells the truth: $command', async ({ command, output }) => {
  expect(await produce(command, folder)).toBe(output)
})
