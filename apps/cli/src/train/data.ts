/** Data as the options name them. */
import { type Dataset, openData, type Opened, type OpenOptions, type Precision } from '@chainrule/train'
import { nodeFiles } from '@chainrule/train/node'
import { nearestName } from '@chainrule/core'
import { UsageError } from '../usage-error.ts'
import type { DataFlags } from './options.ts'

/** How the library should read what the options name. */
export function openOptions(f: DataFlags, precision: Precision): OpenOptions {
  const { target, inputs, separator, header, classes, numbers } = f
  const csv = {
    ...(target ? { target: target.join() === 'none' ? [] : target } : {}), ...(inputs ? { inputs } : {}), ...(separator === undefined ? {} : { separator: separator === '\\t' ? '\t' : separator }),
    ...(header === undefined ? {} : { header }), ...(classes ? { classes: true } : numbers ? { classes: false } : {}),
  }
  return {
    precision, csv, ...(f.channels ? { images: { channels: f.channels === '3' ? 3 : 1 } } : {}), ...(f.coarse ? { coarse: true } : {}),
    ...(f.memory === undefined ? {} : { memory: f.memory * 2 ** 20 }),
  }
}

/** Opens a source. Throws a ChainError for what cannot be read. */
export const opened = (source: string, f: DataFlags, precision: Precision): Promise<Opened> => openData(source, nodeFiles, openOptions(f, precision))

/** One part of a data set by its name. Throws a UsageError for a part that it does not have. */
export function partOf(o: Opened, source: string, part: string): Dataset {
  const found = (o as unknown as Readonly<Record<string, Dataset | undefined>>)[part]
  if (found) return found
  const known = Object.keys(o)
  const nearest = nearestName(part, known)
  throw new UsageError(`${source} has no part ${part}. It has ${known.join(', ')}.${nearest === undefined ? '' : ` Did you mean ${nearest}?`}`)
}
