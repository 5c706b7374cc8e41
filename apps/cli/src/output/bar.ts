/** A progress bar on standard error, where that is a terminal. */

export interface Bar { readonly show: (text: string) => void; readonly above: (write: () => void) => void; readonly stop: () => void }

const SILENT: Bar = { show: () => undefined, above: write => { write() }, stop: () => undefined }
const WIDTH = 24

/** A bar where standard error is a terminal; a terminal that says it has no columns gets none. */
export async function barOn(stream: NodeJS.WriteStream = process.stderr): Promise<Bar> {
  if (!stream.isTTY || !(stream.columns > 0) || process.env['TERM'] === 'dumb') return SILENT
  const { default: ora } = await import('ora')
  // ora's own way with Ctrl-C and the input is left out: the command ends by itself
  const spinner = ora({ stream, discardStdin: false, text: '' }).start()
  return {
    show: text => { spinner.text = text },
    // what is written meanwhile stands above the bar
    above: write => { spinner.clear(); write(); spinner.render() },
    stop: () => { spinner.stop() },
  }
}

/** `██████░░░░░░` for a share from 0 to 1. */
export function filled(share: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * WIDTH)
  return `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}`
}

/** `8 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'a while'
  const s = Math.max(0, Math.round(seconds))
  if (s < 60) return `${s} s`
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`
  return `${Math.floor(s / 3600)} h ${Math.round((s % 3600) / 60)} min`
}
