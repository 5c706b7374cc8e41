/** `chainrule lab NAME`: questions of a course, answered in numbers and pictures. The labs and their options are cards of the library. */
import type { Command } from 'commander'
import { cards, type LabCard, type LabOption, type LabValue } from '@chainrule/labs/cards'
import { NET_HELP, readSource } from '../input/read-source.ts'
import { collectAssignments, collectSizes, positive, splitNames, wholeNumber, wholeNumbers, wholeUpTo } from '../options.ts'
import { formatOf, type Format, type OutputOptions, PAGE_FORMATS, pageAs } from '../output/formats.ts'
import { writeOut } from '../output/write.ts'
import { elaborationOf, exampleOf, type NetworkOptions, setExit, withOutput } from './common.ts'

const FORMATS: readonly Format[] = [...PAGE_FORMATS, 'svg']

type LabOptions = NetworkOptions & OutputOptions & Readonly<Record<string, LabValue | undefined>>

/** Depths of a lab are its own, not the one of a network. */
const has = (card: LabCard, option: string): boolean => card.options.some(o => o.name === option)

export function addLab(program: Command): void {
  const lab = program.command('lab')
    .summary('questions of a course, in numbers and pictures')
    .description('Labs: each answers a question of a course by derivation, in numbers, and in a picture (-o lab.svg).')
    .addHelpText('after', () => exampleOf('lab'))
  for (const card of cards) addOne(lab, card)
}

function addOne(lab: Command, card: LabCard): void {
  const command = lab.command(card.name).summary(card.summary).description(card.description)
  if (card.network !== undefined) {
    command.argument('[net]', `${card.network}: ${NET_HELP}`)
      .optionsGroup('Network:')
      .option('--let <name=function>', 'a function for a declared one, as in --let g=sigmoid; may be repeated', collectAssignments)
      .option('--dim <name=number>', 'a number for a dim, as in --dim n0=7; may be repeated', collectSizes)
    if (!has(card, 'depth')) command.option('--depth <number>', 'a number for the depth of `layers l = 1..L`', wholeNumber)
  }
  command.optionsGroup('Lab:')
  for (const o of card.options) addOption(command, o)
  withOutput(command, FORMATS).action((...args: unknown[]) => run(card, card.network === undefined ? undefined : args[0] as string | undefined, command.opts()))
}

function addOption(command: Command, o: LabOption): void {
  const said = o.kind === 'switch' ? o.doc : `${o.doc}; default: ${[o.default].flat().join(', ')}`
  switch (o.kind) {
    case 'count': command.option(`--${o.name} <number>`, said, wholeNumber); return
    case 'counts': command.option(`--${o.name} <numbers>`, `${said}; between commas`, wholeNumbers); return
    case 'whole': command.option(`--${o.name} <number>`, said, wholeUpTo(o.most)); return
    case 'positive': command.option(`--${o.name} <number>`, said, positive); return
    case 'name': command.option(`--${o.name} <name>`, said); return
    case 'names': command.option(`--${o.name} <names>`, `${said}; between commas`, splitNames); return
    case 'switch': command.option(`--${o.name}`, said)
  }
}

async function run(card: LabCard, net: string | undefined, options: LabOptions): Promise<void> {
  const format = formatOf(options, FORMATS)
  const source = net === undefined ? undefined : { ...readSource(net), options: elaborationOf(has(card, 'depth') ? { let: options.let, dim: options.dim } : options) }
  const { findLab } = await import('@chainrule/labs')
  const { page, figure } = await findLab(card.name).run(Object.fromEntries(card.options.map(o => [o.name, options[o.name]])), source)
  const picture = async (): Promise<string> => (await import('@chainrule/plot')).svgOf(figure)
  if (format === 'svg') writeOut(`${await picture()}\n`, options.output)
  else if (format === 'html') writeOut((await import('../output/html-page.ts')).htmlPage(page, await picture()), options.output)
  else if (format !== 'dot') writeOut(await pageAs(page, format, options.output), options.output)
  setExit(page)
}
