/** The results of the sheets with known mistakes in them. `CHAINRULE_MUTANTS=20000` tries more. */
import { rightResults } from '../../support/claims.ts'
import { mutantSuite } from '../../support/mutant-suite.ts'
import { countOf } from '../../support/seeded.ts'

mutantSuite('sheets', rightResults.filter(r => r.exercise.startsWith('sheet-')), Math.round(0.7 * countOf('CHAINRULE_MUTANTS', 2000)))
