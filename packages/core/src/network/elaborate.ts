/** From the syntax tree of a `.chain` text to a network. */
import { ChainError, lineAndColumn } from '../errors.ts'
import type { ChainFile, Expression, Statement } from '../language/ast.ts'
import { parseChain } from '../language/parse.ts'
import { children } from '../language/walk.ts'
import { type Size, sizeSymbol, substituteS, sizeSymbols } from '../shape/index.ts'
import { type Builder, finish, newBuilder } from './builder.ts'
import { expandCall, readCall } from './calls.ts'
import { declare } from './declare.ts'
import { define } from './define.ts'
import { assumption, ShapeOpen } from './frontier.ts'
import { runStatements } from './layers.ts'
import { collectHints } from './letters.ts'
import { inBlockOnly, notInBlock, unknownOption } from './messages.ts'
import { read } from './read.ts'
import { type Env, placeIn, type Scope } from './scope.ts'
import { SizeFound } from './sizes.ts'
import type { ElaborateOptions, Network } from './types.ts'

/** The network of a `.chain` text. Throws a ChainError. */
export const readNetwork = (source: string, path?: string, options?: ElaborateOptions): Network => elaborate(parseChain(source, path), options)

type Assumed = ReadonlyMap<string, readonly Size[]>

/** The network of a parsed text. Throws a ChainError with the place of the first fault. */
export function elaborate(file: ChainFile, options: ElaborateOptions = {}): Network {
  let attempts = 0
  const solve = (assumed: Assumed): Network => {
    try {
      const network = build(file, options, assumed)
      const open = [...assumed].find(([, sizes]) => sizes.some(isOpen))
      // nothing fixes the shape: a scalar will do, since scalars go with everything
      return open ? solve(new Map([...assumed, [open[0], []]])) : network
    } catch (e) {
      if (++attempts > 60) throw e
      if (e instanceof SizeFound) return solve(new Map([...assumed].map(([n, sizes]) => [n, sizes.map(s => substituteS(s, x => (x === e.symbol ? e.size : undefined)))])))
      if (e instanceof ShapeOpen) return byRank(e.layered, assumed, solve)
      throw e
    }
  }
  return solve(new Map())
}

const isOpen = (s: Size): boolean => [...sizeSymbols(s)].some(n => n.startsWith('?'))

/** The shape of a layered name from its use: a vector, else a scalar, a matrix, a map. */
function byRank(name: string, assumed: Assumed, solve: (a: Assumed) => Network): Network {
  let first: unknown
  for (const rank of [1, 0, 2, 3]) {
    try {
      return solve(new Map([...assumed, [name, assumption(name, rank)]]))
    } catch (e) {
      if (!(e instanceof ChainError)) throw e
      first ??= e
    }
  }
  throw first
}

function build(file: ChainFile, options: ElaborateOptions, assumed: Assumed): Network {
  const { statements, source, path } = file
  const samples = sizeSymbol(samplesName(statements))
  const builder = newBuilder({
    givenDims: options.dims ?? {}, replaced: new Map(Object.entries(options.functions ?? {})), attributeDefaults: options.attributeDefaults ?? {}, assumed, lines: declarationLines(file),
  }, samples)
  const scope: Scope = {
    prefix: '', outer: undefined, text: { source, path }, names: new Map(), sizes: new Map(), attributes: new Map(), functions: new Map(), blocks: new Map(),
    hints: collectHints(statements), outputs: new Map(), inline: false, layer: undefined, result: undefined, depth: 0,
  }
  const env: Env = {
    builder, scope, letters: new Map(), ellipsis: undefined, window: undefined, labels: new Map(), owner: '', loss: false, early: new Map(),
    read, call: readCall, whole: expandCall, statement: runStatement,
  }
  statements.forEach(s => { if (s.kind === 'block') scope.blocks.set(s.name.text, s) })
  runStatements(statements, options.depth, env)
  checkOptions(options, builder)
  const nodes = builder.drafts.map(d => finish(builder, d))
  return Object.freeze({
    nodes, byName: new Map(nodes.map(n => [n.name, n])), byTensor: new Map(nodes.map(n => [n.tensor.key, n])), samples, sample: builder.sample,
    dims: builder.dims, functions: [...builder.functions], loss: builder.loss, layers: builder.layers, depth: builder.depth, source, path, options,
  })
}

function runStatement(s: Statement, env: Env): void {
  switch (s.kind) {
    case 'declare': declare(s, env); break
    case 'define': define(s, env); break
    case 'block': env.scope.blocks.set(s.name.text, s); break
    case 'return': throw inBlockOnly(placeIn(env, s.span))
    case 'layers': throw notInBlock(placeIn(env, s.span), 'layers')
    case 'remark': break
  }
}

function checkOptions({ dims, functions }: ElaborateOptions, builder: Builder): void {
  for (const name of Object.keys(dims ?? {})) if (!builder.dims.has(name)) throw unknownOption('dim', name, [...builder.dims.keys()])
  for (const name of Object.keys(functions ?? {})) if (!builder.replacements.has(name)) throw unknownOption('function', name, [...builder.functions])
}

/** The symbol for the number of samples: m, unless the text uses m for something else. */
function samplesName(statements: readonly Statement[]): string {
  const axes = new Set<string>()
  const walk = (e: Expression): void => {
    if (e.kind === 'name') axes.add(e.name.text)
    children(e).forEach(walk)
  }
  for (const s of statements) {
    if (s.kind === 'declare') s.items.forEach(i => { axes.add(i.name.text); i.axes.forEach(walk) })
    if (s.kind === 'define') s.targets.forEach(t => axes.add(t.name.text))
  }
  return ['m', 'N', 'M', 'samples'].find(n => !axes.has(n)) ?? '#samples'
}

/** Where the text declares each name, for messages. */
function declarationLines({ statements, source }: ChainFile): ReadonlyMap<string, number> {
  const lines = new Map<string, number>()
  const note = (name: string, offset: number) => { if (!lines.has(name)) lines.set(name, lineAndColumn(source, offset).line) }
  for (const s of statements) {
    if (s.kind === 'declare') s.items.forEach(i => note(i.name.text, i.name.span.start))
    if (s.kind === 'define') s.targets.forEach(t => note(t.name.text, t.name.span.start))
  }
  return lines
}
