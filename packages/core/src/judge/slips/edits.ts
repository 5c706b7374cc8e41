/** All ways to make or to mend mistakes in a line. */
import { type Latex, printLatex } from '../../language/latex/index.ts'
import { fitted } from './build.ts'
import { SLIPS } from './index.ts'
import { sitesOf } from './sites.ts'
import type { Edit, Role, Slip, SlipContext } from './slip.ts'

/** An edit with the line that it makes, and the node that it changed. */
export interface Tried { readonly slip: Slip; readonly edit: Edit; readonly tree: Latex; readonly site: Latex }

const VALUES: readonly Role[] = ['value']

/** All edits of a line, each line once: those that change or take away what stands there first, then those that put something in. */
export function* editsOf(line: Latex, way: 'make' | 'mend', c: SlipContext, slips: readonly Slip[] = SLIPS): Generator<Tried> {
  const sites = sitesOf(line)
  const seen = new Set<string>([printLatex(line)])
  for (const adds of [false, true]) for (const slip of slips) for (const site of sites) {
    if (!(slip.roles ?? VALUES).includes(site.role)) continue
    for (const edit of slip[way](site, c)) {
      if ((edit.adds === true) !== adds) continue
      const put = fitted(edit.put, site.parent)
      const tree = site.replace(put)
      const text = printLatex(tree)
      if (seen.has(text)) continue
      seen.add(text)
      yield { slip, edit: { ...edit, put }, tree, site: site.node }
    }
  }
}
