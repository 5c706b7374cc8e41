/** Declared facts are held against the numbers that people give. */
import { ChainError } from '../errors.ts'
import { type Dense, type Exact, isExact } from '../evaluate/index.ts'
import type { NetworkNode } from '../network/types.ts'
import { asNumber, numberText } from './numbers.ts'

const near = (x: number, y: number): boolean => Math.abs(x - y) <= 1e-9 * Math.max(1, Math.abs(y))

/** The rows along the last axis. */
function rowsOf(d: Dense<Exact>): Exact[][] {
  const width = d.shape.at(-1) ?? 1
  return Array.from({ length: d.data.length / Math.max(width, 1) }, (_, r) => Array.from({ length: width }, (_, k) => d.data[r * width + k]!))
}

const shown = (row: readonly Exact[]): string => `[${row.slice(0, 8).map(numberText).join(', ')}${row.length > 8 ? ', …' : ''}]`

/** What each fact demands of a row, as a sentence; undefined when it holds. */
const ROW_FACTS: Readonly<Record<string, (row: readonly number[]) => string | undefined>> = {
  'one-hot': row => (row.filter(x => x === 1).length === 1 && row.filter(x => x === 0).length === row.length - 1 ? undefined : 'one entry of each row is 1 and the others are 0'),
  distribution: row => (row.every(x => x >= 0) && near(row.reduce((a, b) => a + b, 0), 1) ? undefined : 'the entries of each row are not negative and sum to 1'),
  positive: row => (row.every(x => x > 0) ? undefined : 'every entry is greater than 0'),
  binary: row => (row.every(x => x === 0 || x === 1) ? undefined : 'every entry is 0 or 1'),
}

/** Throws a ChainError that names the fact when the numbers do not fit what the network declares. */
export function holdFacts(n: NetworkNode, value: Dense<Exact>): void {
  for (const fact of n.facts) {
    const demand = ROW_FACTS[fact]
    if (demand) for (const row of rowsOf(value)) {
      const broken = demand(row.map(asNumber))
      if (broken) throw new ChainError({ problem: `${n.name} is declared ${fact}, but its value has the row ${shown(row)}.`, expected: `With ${fact}, ${broken}.` })
    }
    if (fact === 'symmetric') holdSymmetry(n, value)
  }
}

function holdSymmetry(n: NetworkNode, value: Dense<Exact>): void {
  const rows = rowsOf(value)
  for (let i = 0; i < rows.length; i++) for (let j = 0; j < i; j++) {
    const [a, b] = [rows[i]![j]!, rows[j]![i]!]
    const same = isExact(a) && isExact(b) ? a.n === b.n && a.d === b.d : asNumber(a) === asNumber(b)
    if (!same) throw new ChainError({ problem: `${n.name} is declared symmetric, but its entry (${i + 1}, ${j + 1}) is ${numberText(a)} and (${j + 1}, ${i + 1}) is ${numberText(b)}.` })
  }
}
