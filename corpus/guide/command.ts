/** The command line that prints the page of a case. */
import type { Filed } from '../support/case.ts'

/** Quoted for a shell where it has to be. */
const quoted = (text: string): string => (/^[\w.,:/=-]+$/.test(text) ? text : `'${text.replaceAll('\'', '\'\\\'\'')}'`)

const pairs = (flag: string, list: Readonly<Record<string, unknown>> | undefined): string[] =>
  Object.entries(list ?? {}).flatMap(([k, v]) => [flag, quoted(`${k}=${String(v)}`)])

const one = (flag: string, value: string | number | boolean | undefined): string[] =>
  (value === undefined || value === false ? [] : value === true ? [flag] : [flag, quoted(String(value))])

/** `npx chainrule derive corpus/sheet-a/softmax.chain --of 's[i]' --wrt 'z[j]' --view index` */
export function commandOf({ ask, path, values }: Filed): string {
  const net = `corpus/${path}`
  const common = [...pairs('--let', ask.functions), ...pairs('--dim', ask.dims)]
  const at = values?.[0]?.at
  const words = ask.forward ? ['show', net, ...common]
    : ask.report === 'values' ? ['values', net, ...common, ...(at ? ['--at', quoted(JSON.stringify(at))] : [])]
    : ask.report === 'summary' ? ['summary', net, ...common, ...one('--readings', ask.readings), ...one('--batch', ask.batch)]
    : [
      'derive', net, ...one('--of', ask.of), ...(ask.wrt ? one('--wrt', ask.wrt.join(',')) : []), ...one('--second', ask.second), ...one('--view', ask.view),
      ...one('--layout', ask.layout), ...one('--detail', ask.detail), ...one('--differential', ask.differential), ...one('--route', ask.route), ...one('--update', ask.update), ...one('--rate', ask.rate), ...common,
    ]
  return ['npx chainrule', ...words].join(' ')
}
