/** Settings of generated sets, as `moons?noise=0.2&count=500` names them. */
import { badSetting } from '../messages.ts'

/** Numbers by name, each with its default. */
export type Settings = Readonly<Record<string, number>>

/** The defaults with what was given put in. Throws a ChainError for a name that is not among them and for what is no number. */
export function settingsOf(set: string, defaults: Settings, given: Readonly<Record<string, string | number>>): Settings {
  const out: Record<string, number> = { ...defaults }
  for (const [key, text] of Object.entries(given)) {
    const value = typeof text === 'number' ? text : text.trim() === '' ? NaN : Number(text)
    const whole = Number.isInteger(defaults[key])
    if (!(key in defaults) || !Number.isFinite(value) || value < 0 || (whole && !Number.isInteger(value))) throw badSetting(set, key, String(text), Object.keys(defaults))
    out[key] = value
  }
  return out
}
