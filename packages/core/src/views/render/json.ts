/** Data as JSON for people and programs: what fits on one line stays on one line. */
import type { Page } from '../page.ts'

const WIDTH = 100

/**
 * The value as JSON text. Numbers that JSON cannot hold (infinite, not a number) become null, big integers their digits
 * as a string, undefined members are left out.
 */
export function printJson(value: unknown, indent = ''): string {
  const flat = JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? v.toString() : v))
  if (flat === undefined) return 'null'
  if (flat.length + indent.length <= WIDTH || typeof value !== 'object' || value === null) return spaced(flat)
  const deeper = `${indent}  `
  if (Array.isArray(value)) return `[\n${value.map(v => deeper + printJson(v, deeper)).join(',\n')}\n${indent}]`
  const members = Object.entries(value).filter(([, v]) => v !== undefined && typeof v !== 'function' && typeof v !== 'symbol')
  return `{\n${members.map(([k, v]) => `${deeper}${JSON.stringify(k)}: ${printJson(v, deeper)}`).join(',\n')}\n${indent}}`
}

/** A blank after commas and colons outside of strings. */
const spaced = (json: string): string => json.replace(/"(?:[^"\\]|\\.)*"|[,:]/g, part => (part === ',' || part === ':' ? `${part} ` : part))

/** What `--json` prints. */
export const renderJsonPage = (page: Page): string => `${printJson(page.data)}\n`
