/**
 * How fast written lines are judged on one core: right lines, wrong ones with the search for their slips, and a course of a
 * thousand generated pages on all cores, in one run.
 * Run: npm run bench -- judge [--json] [--pages 1000]
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ClaimSource, type Exercise, judgePage, mistakesIn, readExercise } from '@chainrule/core'
import { exerciseSource } from '@chainrule/pages'

interface Right { readonly exercise: string; readonly question: string; readonly latex: string }
interface Line { readonly exercise: string; readonly claim: ClaimSource }

const ROUNDS = 5
/** Of a hundred lines on a generated page so many have a mistake. */
const WRONG = 15
const COURSE = 'sheet-b'

const folder = `${process.cwd()}/corpus/exercises`
const argument = (name: string): string | undefined => { const k = process.argv.indexOf(name); return k < 0 ? undefined : process.argv[k + 1] }
const rights = JSON.parse(readFileSync(`${folder}/right-results.json`, 'utf8')) as readonly Right[]
const pages = Number(argument('--pages') ?? 1000)

/** Read anew each time, so that nothing is remembered from the round before. */
const readAll = (): ReadonlyMap<string, Exercise> => new Map([...new Set(rights.map(r => r.exercise))].map(name => [name, readExercise(exerciseSource(readFileSync(`${folder}/${name}.md`, 'utf8'), `${name}.md`))]))
const claim = (question: string, latex: string): ClaimSource => ({ id: question, latex, line: 1, offset: 0, conditions: [], headings: [] })

let state = 20_261_120
const below = (n: number): number => { state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0; return Math.floor((state / 2 ** 32) * n) }
const median = (xs: readonly number[]): number => [...xs].sort((a, b) => a - b)[xs.length >> 1]!

/** Claims a second: every line once in each round, in exercises that were read for the round and have judged one line of each. */
function rate(lines: readonly Line[]): number {
  const rates: number[] = []
  for (let k = 0; k <= ROUNDS; k++) {
    const exercises = readAll()
    for (const [name, exercise] of exercises) for (const r of rights.filter(x => x.exercise === name)) judgePage([claim(r.question, `${r.latex} .`)], exercise)
    const start = performance.now()
    for (const { exercise, claim: c } of lines) judgePage([c], exercises.get(exercise)!)
    if (k > 0) rates.push(lines.length / ((performance.now() - start) / 1000))
  }
  return median(rates)
}

const right = rights.map((r): Line => ({ exercise: r.exercise, claim: claim(r.question, r.latex) }))
const exercises = readAll()
const mistakes = new Map(rights.map(r => [r, mistakesIn(claim(r.question, r.latex), exercises.get(r.exercise)!)]))
const wrong = rights.flatMap((r): Line[] => { const all = mistakes.get(r)!; return all.length === 0 ? [] : [0, 1].map(() => ({ exercise: r.exercise, claim: claim(r.question, all[below(all.length)]!.latex) })) })

/** A folder of pages, each with every question of one sheet, some lines with a mistake. */
function course(count: number): { seconds: number; claims: number } {
  const dir = mkdtempSync(join(tmpdir(), 'chainrule-course-'))
  const asked = rights.filter(r => r.exercise === COURSE)
  try {
    for (let p = 0; p < count; p++) {
      const lines = asked.map(r => { const all = mistakes.get(r)!; return `<!-- id: ${r.question} -->\n$$${below(100) < WRONG && all.length > 0 ? all[below(all.length)]!.latex : r.latex}$$\n` })
      writeFileSync(join(dir, `page-${String(p).padStart(4, '0')}.md`), `# Page ${p}\n\n${lines.join('\n')}`)
    }
    const start = performance.now()
    const run = spawnSync(process.execPath, ['scripts/start.mjs', 'check', dir, '--exercise', `${folder}/${COURSE}.md`, '--json'], { encoding: 'utf8', maxBuffer: 2 ** 30 })
    if (run.status !== 0 && run.status !== 1 && run.status !== 2) throw new Error(run.stderr)
    return { seconds: (performance.now() - start) / 1000, claims: count * asked.length }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

spawnSync(process.execPath, ['scripts/start.mjs', '--version'])
const made = course(pages)
const rows = [
  { work: `${right.length} right lines, one core`, claimsPerSecond: rate(right) },
  { work: `${wrong.length} wrong lines with their slips, one core`, claimsPerSecond: rate(wrong) },
  { work: `a course of ${pages} pages, ${availableParallelism()} cores, from command to report`, claimsPerSecond: made.claims / made.seconds, seconds: made.seconds },
]
if (process.argv.includes('--json')) console.log(JSON.stringify({ rows }))
else for (const r of rows) console.log(`${r.work.padEnd(70)} ${r.claimsPerSecond.toFixed(0).padStart(6)} claims/s${r.seconds === undefined ? '' : `  ${r.seconds.toFixed(1)} s`}`)
