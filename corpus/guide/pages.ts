/** The pages of the guide, made from the cases of the corpus. */
import { casesOf, type Filed, type Sheet, SHEETS, sheetOf } from '../support/case.ts'
import { sectionOf } from './section.ts'

const NOTE = '<!-- Made from the corpus by `npm run guide`; edit the cases, not this page. -->'

const letter = (sheet: Sheet): string => sheet.replace('sheet-', '').toUpperCase()
const heading = (sheet: Sheet, title: string): string => (sheet === 'facts' ? title : `Sheet ${letter(sheet)}: ${title}`)
const fileOf = (sheet: Sheet): string => (sheet === 'facts' ? 'known-derivatives.md' : `${sheet}.md`)

function sheetPage(corpus: URL, sheet: Sheet): string {
  const { title, about } = sheetOf(corpus, sheet)
  const seen = new Set<string>()
  let question = ''
  const parts = casesOf(corpus, sheet).flatMap((c: Filed) => {
    const opening = sheet === 'facts' || c.id === question ? [] : [`## ${c.id}`]
    question = c.id
    return [...opening, sectionOf(c, seen)]
  })
  return [NOTE, `# ${heading(sheet, title)}`, about, ...parts, ''].join('\n\n').trimEnd() + '\n'
}

function indexPage(corpus: URL): string {
  const entries = SHEETS.flatMap(sheet => {
    const { title, about } = sheetOf(corpus, sheet)
    return [`- [${heading(sheet, title)}](${fileOf(sheet)}). ${about}`]
  })
  return `${[
    NOTE, '# Guide',
    'Worked exercises: each page shows a question, the network as it is written, the command, and the derivation that Chainrule prints. Every line of every derivation was checked at random points before it was printed, and every result is compared in the tests with the result that the sheet states.',
    entries.join('\n'),
  ].join('\n\n')}\n`
}

/** File names under `docs/guide/` with their texts. */
export const guidePages = (corpus: URL): ReadonlyMap<string, string> =>
  new Map([['README.md', indexPage(corpus)], ...SHEETS.map(s => [fileOf(s), sheetPage(corpus, s)] as const)])
