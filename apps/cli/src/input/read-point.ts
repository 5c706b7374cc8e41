/** The values of `--at`: a JSON file, `-` for standard input, or the JSON itself. */
import { UsageError } from '../usage-error.ts'
import { readText } from './read-text.ts'

/** An object from names to numbers, decimal strings or nested arrays. Throws a UsageError. */
export function readPoint(at: string | undefined): Record<string, unknown> | undefined {
  if (at === undefined) return undefined
  const inline = at.trimStart().startsWith('{')
  const where = inline ? '--at' : at === '-' ? 'standard input' : at
  let point: unknown
  try {
    point = JSON.parse(inline ? at : readText(at))
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${where} is not JSON: ${(error as Error).message}`)
  }
  if (typeof point !== 'object' || point === null || Array.isArray(point)) {
    throw new UsageError(`${where} holds ${Array.isArray(point) ? 'an array' : String(point)}. Expected an object from names to values, such as {"x": [1, 2], "W^(1)": [["0.5", 1]]}`)
  }
  return point as Record<string, unknown>
}
