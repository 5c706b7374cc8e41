/** `chainrule equal`: the verdict on A = B. */
import { printJson } from '@chainrule/core'
import { renderVerdict } from '@chainrule/pages'
import { loadNetwork } from '../commands/common.ts'
import { EXIT } from '../exit-codes.ts'
import { columnsOf, VERDICT_COLOURS, wantsColour } from '../output/terminal.ts'
import { writeOut } from '../output/write.ts'
import { UsageError } from '../usage-error.ts'
import { type EqualOptions, formatOfName } from './formats.ts'
import { type ClaimVerdict, type EqualVerdict, judgeEqual } from '@chainrule/core'

/** Compares and sets the exit code. Throws a ChainError for a formula that cannot be read. */
export async function equal(a: string, b: string, options: EqualOptions): Promise<void> {
  if (options.json && options.format === 'text') throw new UsageError('--json and --format text contradict each other')
  const network = options.network === undefined ? undefined : await loadNetwork(options.network, options.let ? { let: options.let } : {})
  const verdict = judgeEqual(a, b, {
    ...(network ? { network } : {}), ...(options.let ? { let: options.let } : {}), ...(options.seed === undefined ? {} : { seed: options.seed }),
    now: () => performance.now(),
  })
  const asJson = options.json ?? (options.format ?? formatOfName(options.output ?? '')) === 'json'
  writeOut(asJson ? `${printJson({ a, b, ...verdict })}\n` : asText(a, b, verdict, options.output), options.output)
  process.exitCode = { refuted: EXIT.checkFailed, unreadable: EXIT.wrongUse, undecided: EXIT.fine, conditional: EXIT.fine, agrees: EXIT.fine, proved: EXIT.fine }[verdict.verdict]
}

function asText(a: string, b: string, verdict: EqualVerdict, output: string | undefined): string {
  const stream = output === undefined || output === '-' ? process.stdout : {}
  return renderVerdict(asClaim(a, b, verdict), { width: columnsOf(stream), ...(wantsColour(stream, process.env) ? { style: VERDICT_COLOURS } : {}) })
}

/** The verdict as a claim `a = b` of one link. */
function asClaim(a: string, b: string, { slip, ...link }: EqualVerdict): ClaimVerdict {
  const shift = a.length + 3
  return {
    line: 1, offset: 0, latex: `${a} = ${b}`, verdict: link.verdict, firstWrong: link.verdict === 'refuted' ? 1 : null,
    links: [{ ...link, left: { start: 0, end: a.length }, right: { start: shift, end: shift + b.length } }],
    ...(slip ? { slip: { ...slip, where: { start: slip.where.start + shift, end: slip.where.end + shift } } } : {}),
  }
}
