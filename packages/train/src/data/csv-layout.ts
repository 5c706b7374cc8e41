/** Which columns of a CSV file are inputs, which targets, and what the classes are. */
import type { Field } from './dataset.ts'
import { noSuchColumn } from './messages.ts'

export interface CsvOptions {
  /** Default: the first of comma, semicolon and tab that the first line has. */
  readonly separator?: string
  /** Whether the first row has names. Default: yes when none of its fields is a number. */
  readonly header?: boolean
  /** Columns of the target, by name or number from 1. Default: the last. */
  readonly target?: readonly string[]
  /** Columns of the inputs. Default: all others. */
  readonly inputs?: readonly string[]
  /** Columns grouped as fields of their own, instead of one input x and one target t. */
  readonly fields?: readonly { readonly name: string; readonly role: 'input' | 'target'; readonly columns: readonly string[] }[]
  /**
   * Whether a target of one column is a class. Default: yes for words, and for the whole numbers 0 .. K-1 when each occurs;
   * a column with words and numbers is taken for numbers.
   */
  readonly classes?: boolean
}

/** One field, and the columns (from 0) that it is made of. */
export interface Part {
  readonly field: Field
  readonly columns: readonly number[]
  /** While the file is read for the first time: the texts of a column that may be a class. */
  readonly seen?: Texts
  /** A target with numbers and words, taken for numbers. */
  readonly mixed?: boolean
  /** The number of each class by its text. */
  readonly numbers?: ReadonlyMap<string, number>
}

/** Different texts, numbered as they come. */
export interface Texts { readonly numberOf: (text: string) => number; readonly all: () => readonly string[] }

/** More texts than this are no classes, and are not all kept. */
export const MOST_CLASSES = 10_000

function texts(): Texts {
  const found = new Map<string, number>()
  return {
    numberOf: text => {
      let k = found.get(text)
      if (k === undefined) { k = found.size; if (k <= MOST_CLASSES) found.set(text, k) }
      return k
    },
    all: () => [...found.keys()],
  }
}

export interface Layout {
  readonly separator: string
  readonly header: boolean
  /** One per column; numbers from 1 without a header. */
  readonly names: readonly string[]
  readonly parts: readonly Part[]
}

const isNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text))

/** The layout as the first row shows it. Throws a ChainError for a column that does not exist. */
export function layoutOf(path: string, first: readonly string[], separator: string, options: CsvOptions): Layout {
  const header = options.header ?? !first.some(isNumber)
  const names = header ? first.map(f => f.trim()) : first.map((_, k) => String(k + 1))
  const find = (given: string): number => {
    const named = names.indexOf(given)
    const k = named >= 0 ? named : /^\d+$/.test(given) ? Number(given) - 1 : -1
    if (k < 0 || k >= names.length) throw noSuchColumn(path, given, names)
    return k
  }
  const wanted = options.fields?.map(f => ({ ...f, columns: f.columns.map(find) })) ?? plain(names.length, options, find)
  return { separator, header, names, parts: wanted.map(({ name, role, columns }) => part(name, role, columns, options)) }
}

function plain(width: number, { target, inputs }: CsvOptions, find: (given: string) => number) {
  const targets = target?.map(find) ?? [width - 1]
  const chosen = inputs?.map(find) ?? Array.from({ length: width }, (_, k) => k).filter(k => !targets.includes(k))
  const all = [{ name: 'x', role: 'input' as const, columns: chosen }, { name: 't', role: 'target' as const, columns: targets }]
  return all.filter(f => f.columns.length > 0)
}

function part(name: string, role: 'input' | 'target', columns: readonly number[], { classes }: CsvOptions): Part {
  const single = role === 'target' && columns.length === 1
  return {
    field: { name, role, shape: columns.length === 1 && role === 'target' ? [] : [columns.length] }, columns,
    ...(single && classes !== false ? { seen: texts() } : {}),
  }
}

/** The layout once the whole file was seen: a target column is settled as class or number. */
export function settled(layout: Layout, count: number, { classes }: CsvOptions): Layout {
  return {
    ...layout, parts: layout.parts.map(({ seen, ...p }) => {
      const names = seen && classNames(seen.all(), count, classes)
      return names ? { ...p, field: { ...p.field, classes: names }, numbers: new Map(names.map((n, k) => [n, k])) } : { ...p, ...(seen?.all().some(t => !isNumber(t)) ? { mixed: true } : {}) }
    }),
  }
}

/** The class names in order, or undefined when the column holds numbers. Whole numbers are ordered as numbers, texts as texts. */
function classNames(seen: readonly string[], count: number, asked: boolean | undefined): readonly string[] | undefined {
  const numeric = seen.every(isNumber)
  const whole = numeric && seen.every(s => /^\d+$/.test(s))
  if (!asked && !numeric && seen.some(isNumber)) return undefined
  const run = whole && seen.every(s => Number(s) < seen.length) && new Set(seen.map(Number)).size === seen.length
  if (!asked && numeric && !(run && seen.length >= 2 && seen.length <= count / 2)) return undefined
  if (seen.length > MOST_CLASSES) return undefined
  return [...seen].sort(numeric ? (a, b) => Number(a) - Number(b) : (a, b) => (a < b ? -1 : 1))
}
