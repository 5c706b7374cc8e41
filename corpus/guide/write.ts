/** Writes the guide: `npm run guide`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { guidePages } from './pages.ts'

const root = pathToFileURL(`${process.cwd()}/`)
const folder = new URL('docs/guide/', root)
mkdirSync(folder, { recursive: true })
for (const [name, text] of guidePages(new URL('corpus/', root))) {
  writeFileSync(new URL(name, folder), text)
  console.log(`docs/guide/${name}`)
}
