/** All ways to make or to mend mistakes in a line. */
import { type Latex, printLatex } from '../../language/latex/index.ts'
import { fitted } from './build.ts'
import { SLIPS } from './index.ts'
import { sitesOf } from './sites.ts'
import type { Edit, Role, Site, Slip, SlipContext } from './slip.ts'

/** An edit of a line at one of its nodes. */
export interface Tried { readonly slip: Slip; readonly edit: Edit; readonly site: Site }

const VALUES: readonly Role[] = ['value']

/** All edits of a line: those that change or take away what stands there first, then those that put something in. */
export function* editsOf(line: Latex, way: 'make' | 'mend', c: SlipContext, slips: readonly Slip[] = SLIPS): Generator<Tried> {
  const sites = sitesOf(line).map(site => ({ site, seen: new Set([printLatex(site.node)]) }))
  for (const adds of [false, true]) for (const slip of slips) for (const { site, seen } of sites) {
    if (!(slip.roles ?? VALUES).includes(site.role)) continue
    for (const edit of slip[way](site, c)) {
      if ((edit.adds === true) !== adds) continue
      const put = fitted(edit.put, site.parent)
      const text = printLatex(put)
      if (seen.has(text)) continue
      seen.add(text)
      yield { slip, edit: { ...edit, put }, site }
    }
  }
}

/** The line that an edit makes. */
export const lineOf = ({ edit, site }: Tried): Latex => site.replace(edit.put)
