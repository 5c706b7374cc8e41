/** The operations as pages: the list of all, and the sheet of one with its definition and derivative. */
import { ChainError, nearestName } from '../errors.ts'
import { differentiate } from '../calculus/index.ts'
import { apply, entry, type Expr, type Sym } from '../expression/index.ts'
import { type BlockParameter, parseChain, printExpression } from '../language/index.ts'
import { type Attribute, findOperation, type Operation, operationNames, operations, type ScalarOperation, type TensorOperation } from '../operations/index.ts'
import { type Formula, indexForm, renderLatex, renderText } from '../print/index.ts'
import { textR } from '../shape/index.ts'
import type { Line, Page, Section } from './page.ts'

/** How a call is written: `leaky_relu(z, slope=1/100)`. */
export const signatureOf = (o: Operation): string => (o.kind === 'scalar'
  ? `${o.name}(${o.arguments.map(a => (a.default ? `${a.name}=${textR(a.default)}` : a.name)).join(', ')})` : o.signature)

const summary = (o: Operation): { name: string; kind: string; aliases: readonly string[]; signature: string; doc: string } =>
  ({ name: o.name, kind: o.kind, aliases: o.aliases ?? [], signature: signatureOf(o), doc: o.doc })

/** All operations as a table. */
export function operationsReport(): Page {
  return {
    title: [`${operations.length} operations`], preamble: [], footer: [], ok: true,
    sections: [{ kind: 'table', columns: ['operation', 'what it is'], align: ['left', 'left'], rows: operations.map(o => [[o.name, o.aliases ?? []].flat().join(', '), o.doc]) }],
    data: { operations: operations.map(summary) },
  }
}

/** One operation. Throws a ChainError with the nearest name when there is none. */
export function operationReport(name: string): Page {
  const o = findOperation(name)
  if (!o) throw new ChainError({ problem: `There is no operation ${name}.`, expected: '`chainrule operations` lists all.', nearest: nearestName(name, operationNames) })
  const lines = o.kind === 'scalar' ? scalarLines(o) : []
  const definition = o.kind === 'tensor' ? definitionText(o) : undefined
  const sample = o.kind === 'scalar' ? undefined : o.samples[0]
  const sections: Section[] = [
    ...(lines.length > 0 ? [{ kind: 'lines' as const, lines }] : []),
    ...(definition === undefined ? [] : [code('definition', definition)]),
    ...(sample === undefined ? [] : [code('in a network', sample)]),
  ]
  return {
    title: [signatureOf(o)], preamble: [[o.doc], ...(o.aliases?.length ? [[`also written ${o.aliases.join(', ')}`]] : [])], sections, footer: [], ok: true,
    data: { ...summary(o), ...(definition === undefined ? {} : { definition }), ...(o.kind === 'tensor' || o.kind === 'matrix' ? { samples: o.samples } : {}), equations: lines.map(l => (l.left ? { left: renderText(l.left), text: renderText(l.right), latex: renderLatex(l.right) } : {})) },
  }
}

const code = (heading: string, text: string): Section => ({ kind: 'text', paragraphs: [[`${heading}:`], ...text.trimEnd().split('\n').map(line => [`    ${line.replaceAll(' ', '\u00a0')}`])] })

/** f(x) = its definition, and its derivative by each argument. */
function scalarLines(o: ScalarOperation): Line[] {
  const args = o.arguments.map((a, k): Sym => entry({ key: `argument ${a.name}`, name: a.name, axes: [], sample: false, rank: k }, []))
  const call = apply(o.fn, args)
  const left = indexForm(call)
  const lines: Line[] = []
  const add = (of: Formula, e: Expr, note: string): void => {
    const right = indexForm(e)
    if (renderText(right) !== renderText(of)) lines.push({ left: of, right, notes: [[note]] })
  }
  if (o.fn.definition) add(left, o.fn.definition(args), 'definition')
  for (const by of args) {
    const partial: Formula = { kind: 'partial', of: left, by: indexForm(by) }
    add(partial, differentiate(call, by), 'derivative')
  }
  return lines
}

/** The body of a block for arguments of the smallest rank that it takes; undefined when it takes none of those tried. */
function definitionText(o: TensorOperation): string | undefined {
  const [block] = parseChain(`block ${o.signature}:\n  return 0\n`, o.name).statements
  if (block?.kind !== 'block') return undefined
  for (const lead of [[], ['d'], ['c', 'd'], ['c', 'h', 'w'], ['a', 'c', 'h', 'w']]) {
    try {
      return o.definition(attributesOf(block.parameters), sizesOf(block.parameters), shapesOf(block.parameters, lead))
    } catch (error) {
      if (!(error instanceof ChainError)) throw error
    }
  }
  return undefined
}

function attributesOf(parameters: readonly BlockParameter[]): Record<string, Attribute> {
  return Object.fromEntries(parameters.filter(p => p.axes === undefined).map(p => [p.name.text, valueOf(p)]))
}

/** A default as a definition sees it; an attribute without one stands for itself. */
function valueOf({ name, value }: BlockParameter): Attribute {
  if (value === undefined) return name.text
  const text = printExpression(value)
  return value.kind === 'number' ? Number(value.text) : text === 'true' ? true : text === 'false' ? false : text
}

const axisNames = (p: BlockParameter, lead: readonly string[]): string[] =>
  (p.axes ?? []).flatMap(a => (a.kind === 'ellipsis' ? lead : [printExpression(a.value)]))

const sizesOf = (parameters: readonly BlockParameter[]): Record<string, string> =>
  Object.fromEntries(parameters.flatMap(p => axisNames(p, []).map(axis => [axis, axis])))

const shapesOf = (parameters: readonly BlockParameter[], lead: readonly string[]): Record<string, string[]> =>
  Object.fromEntries(parameters.filter(p => p.axes !== undefined).map(p => [p.name.text, axisNames(p, lead)]))
