/** A bar on standard error while many pages are judged. */
import type { JudgedPage } from '@chainrule/pages'

export interface Progress { readonly page: (page: JudgedPage, pages: number) => void; readonly stop: () => void }

const SILENT: Progress = { page: () => undefined, stop: () => undefined }
const WIDTH = 24

/** A bar where standard error is a terminal and there is something to wait for; a terminal that says it has no columns gets none. */
export async function progressOf(total: number, stream: NodeJS.WriteStream = process.stderr): Promise<Progress> {
  if (!stream.isTTY || !(stream.columns > 0) || process.env['TERM'] === 'dumb' || total < 2) return SILENT
  const { default: ora } = await import('ora')
  const tally = { done: 0, refuted: 0, problems: 0 }
  // ora's own way with Ctrl-C and the input is left out: the command ends by itself
  const spinner = ora({ stream, discardStdin: false, text: barText(tally, total) }).start()
  return {
    page: (page, pages) => {
      tally.done += pages
      if (page.counts.refuted > 0) tally.refuted += pages
      if (page.problem) tally.problems += pages
      spinner.text = barText(tally, total)
    },
    stop: () => { spinner.stop() },
  }
}

/** `██████░░░░░░ 37 of 1000 pages, 12 with a refuted line, 1 with a problem` */
export function barText({ done, refuted, problems }: { readonly done: number; readonly refuted: number; readonly problems: number }, total: number): string {
  const full = Math.round((done / total) * WIDTH)
  const parts = [`${done} of ${total} pages`, ...(refuted > 0 ? [`${refuted} with a refuted line`] : []), ...(problems > 0 ? [`${problems} with a problem`] : [])]
  return `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${parts.join(', ')}`
}
