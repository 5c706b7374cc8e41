/** Lines of the table: what was measured, or why an engine has no numbers. */
interface About { readonly work: string; readonly batch: number; readonly threads: number; readonly engine: string }
interface Numbers {
  readonly version: string; readonly stepsPerSecond: number; readonly best: number; readonly stepsPerCpuSecond: number; readonly ratioToPyTorch: number | null
  readonly gflops: number; readonly shareOfBlas: number | null; readonly peakMemoryMB: number; readonly secondsToFirstStep: number
}
export type Line = About & (Numbers | { readonly why: string })

/** Four figures. */
const figures = (x: number): number => Number(x.toPrecision(4))

/** The line as JSON has it. */
export const printed = (line: Line): Record<string, unknown> => Object.fromEntries(Object.entries(line).map(([k, v]: [string, unknown]) => [k, typeof v === 'number' ? figures(v) : v]))

export function printLine(line: Line): void {
  const head = `${line.work.padEnd(28)} batch ${String(line.batch).padStart(3)}  threads ${line.threads}  ${line.engine.padEnd(20)}`
  if ('why' in line) { console.log(`${head} not measured here: ${line.why}`); return }
  const ratio = line.ratioToPyTorch === null ? '' : `${line.ratioToPyTorch.toFixed(2)} x PyTorch  `
  const share = line.shareOfBlas === null ? '' : ` (${(100 * line.shareOfBlas).toFixed(0)} % of sgemm)`
  console.log(`${head} ${String(figures(line.stepsPerSecond)).padStart(9)} steps/s  ${ratio}${line.gflops.toFixed(1)} GFLOP/s${share}  ${line.peakMemoryMB.toFixed(0)} MB  first step ${line.secondsToFirstStep.toFixed(2)} s  [${figures(line.best)} best, ${figures(line.stepsPerCpuSecond)} per CPU s]`)
}

const HEADS = ['work', 'batch', 'threads', 'engine', 'steps/s', 'x PyTorch', 'GFLOP/s', 'of sgemm', 'peak MB', 'first step, s'] as const

/** The rows of a JSON file as a table in Markdown. */
export function markdown(rows: readonly Line[]): string {
  const cells = (line: Line): readonly (string | number)[] => {
    const about = [line.work, line.batch, line.threads, line.engine]
    if ('why' in line) return [...about, line.why, '', '', '', '', '']
    const share = line.shareOfBlas === null ? '' : `${(100 * line.shareOfBlas).toFixed(0)} %`
    return [...about, figures(line.stepsPerSecond), line.ratioToPyTorch?.toFixed(2) ?? '', line.gflops < 0.05 ? '' : line.gflops.toFixed(1), line.gflops < 0.05 ? '' : share, line.peakMemoryMB.toFixed(0), line.secondsToFirstStep.toFixed(2)]
  }
  return [HEADS, HEADS.map((_, k) => (k === 0 || k === 3 ? '---' : '--:')), ...rows.map(cells)].map(row => `| ${row.join(' | ')} |`).join('\n')
}
