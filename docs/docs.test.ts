/** The pages tell the truth: every network can be read, every session prints what it shows, every path exists. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readNetwork } from '@chainrule/core'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { chainBlocks } from '@chainrule/pages'
import { buildOnce } from '../apps/cli/test/run.ts'
import { exampleOf, fences, isSession, pages, refreshed, textOf } from '../scripts/refresh-docs.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const hasBash = process.platform !== 'win32'

vi.setConfig({ testTimeout: 60_000 })
beforeAll(buildOnce)

const decisions = readdirSync(join(root, 'docs/decisions')).map(file => `docs/decisions/${file}`)

describe.each([...pages, ...decisions])('%s', page => {
  const text = textOf(page)
  const blocks = fences(text)

  const networks = chainBlocks(text).map(b => [`${page}:${b.line}`, b.source] as const)
  test.runIf(networks.length > 0).each(networks)('the network at %s can be read', (place, source) => {
    expect(readNetwork(source, place).nodes.length).toBeGreaterThan(0)
  })

  const runs = blocks.flatMap((block, k) => (isSession(block.body) || exampleOf(block.body) !== undefined || exampleOf(blocks[k - 1]?.body ?? '') !== undefined
    ? [[block.body.split('\n')[0]!, block, blocks[k - 1]] as const] : []))
  test.runIf(hasBash && runs.length > 0).concurrent.each(runs)('%s prints what is shown (node scripts/refresh-docs.mjs)', async (_, block, before) => {
    expect(await refreshed(block, before)).toBe(block.body)
  })

  test('its links lead somewhere', () => {
    const targets = [...withoutBlocks(text).matchAll(/\]\(([^)\s]+)\)/g)].map(m => m[1]!).filter(t => !/^[a-z]+:/.test(t))
    const missing = targets.filter(t => !leadsSomewhere(t, page))
    expect(missing).toEqual([])
  })

  test('the paths that it names exist', () => {
    const named = [...withoutBlocks(text).matchAll(/`([\w.@-]+(?:\/[\w.*@-]+)*\/?)`/g)].map(m => m[1]!).filter(isPath)
    expect(named.filter(path => !['', 'packages/core/src/'].some(base => existsSync(join(root, base, path))))).toEqual([])
  })
})

test('npm start asks what the README shows', () => {
  const list = /const DEFAULT_ARGS = \[(.*)\]/.exec(readFileSync(join(root, 'scripts/start.mjs'), 'utf8'))![1]!
  const args = [...list.matchAll(/'([^']*)'/g)].map(m => m[1]!)
  const first = fences(textOf('README.md')).find(b => isSession(b.body))!
  expect(first.body.split('\n')[0]!.replaceAll("'", '')).toBe(`$ npx chainrule ${args.join(' ')}`)
})

function withoutBlocks(markdown: string): string {
  let text = markdown
  for (const { start, end } of fences(markdown).reverse()) text = text.slice(0, start) + text.slice(end)
  return text
}

/** Something with a slash that begins at the root or in the core, or the name of a file. */
const isPath = (text: string): boolean => {
  if (text.includes('*')) return false
  if (/\.(?:ts|mjs|js|json|md|chain)$/.test(text)) return text.includes('/') || existsSync(join(root, text)) || /^[A-Z]/.test(text)
  return /^(?:apps|bench|corpus|docs|packages|scripts|shape|expression|evaluate|print|operations|language|network|calculus|views)\//.test(text)
}

/** A file, and a heading in it where the link has one. */
function leadsSomewhere(target: string, page: string): boolean {
  const [path, anchor] = target.split('#')
  const file = path === '' ? join(root, page) : join(root, dirname(page), path!)
  if (!existsSync(file)) return false
  if (anchor === undefined) return true
  const headings = [...withoutBlocks(readFileSync(file, 'utf8')).matchAll(/^#+ (.*)$/gm)].map(m => m[1]!.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'))
  return headings.includes(anchor)
}
