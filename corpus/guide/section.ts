/** A case as a section of a guide page: question, network, derivation, numbers. */
import { renderMarkdownPage } from '../../packages/core/src/views/render/index.ts'
import type { Filed, Numbers, ValueCheck } from '../support/case.ts'
import { reportOf } from '../support/report.ts'
import { commandOf } from './command.ts'

const shown = (n: Numbers): string => (typeof n === 'object' ? `[${n.map(shown).join(', ')}]` : String(n).replace('-', '−'))
const list = (values: Readonly<Record<string, Numbers>>): string => Object.entries(values).map(([name, v]) => `\`${name}\` = ${shown(v)}`).join(', ')

/** The numbers of a case in words. They are those of its tests. */
function numbers(c: Filed, { at, nodes, answer, tolerance }: ValueCheck): string {
  const where = at ? `At ${list(at)}: ` : 'With the numbers of the network: '
  const parts = [nodes ? list(nodes) : '', answer === undefined ? '' : `the derivative by \`${c.ask.wrt![0]!}\` is ${shown(answer)}`].filter(p => p !== '')
  return `${where}${parts.join('; ')}${tolerance === undefined ? ', exactly' : ''}.`
}

/** The rendered page under the heading of its case: without its own title, headings two levels down. */
function body(c: Filed): string {
  const page = renderMarkdownPage(reportOf(c, c.ask.report === 'values' ? c.values?.[0]?.at : undefined))
  return page.split('\n').slice(1).join('\n').trim().replace(/^### (.*)$/gm, '**$1**')
}

/** The section; the network is written where it is used for the first time. */
export function sectionOf(c: Filed, seen: Set<string>): string {
  const network = seen.has(c.path) ? [] : ['```chain', c.source.trim(), '```', '']
  seen.add(c.path)
  return [
    `### ${c.title}`, '', `> ${c.question}`, '', ...network, '```sh', commandOf(c), '```', '', body(c), '',
    ...(c.values ?? []).flatMap(v => [numbers(c, v), '']),
  ].join('\n').trimEnd()
}
