import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { expect, it } from 'vitest'
import * as train from './index.ts'
import { nodeFiles } from './node.ts'

it('can be bundled for a browser', async () => {
  const path = (p: string): string => fileURLToPath(new URL(p, import.meta.url))
  const made = await build({ entryPoints: [path('./index.ts')], bundle: true, write: false, platform: 'browser', format: 'esm', logLevel: 'silent', alias: { '@chainrule/core': path('../../core/src/index.ts') } })
  expect(made.outputFiles[0]!.text).not.toMatch(/from ?["']node:|require\(["'](fs|path|zlib)["']\)/)
})

it('has files on disk apart', () => {
  expect([Object.keys(train).includes('nodeFiles'), typeof nodeFiles.open]).toEqual([false, 'function'])
})
