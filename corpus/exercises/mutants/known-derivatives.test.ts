/** Known derivatives with known mistakes in them. `CHAINRULE_MUTANTS=20000` tries more. */
import { rightResults } from '../../support/claims.ts'
import { mutantSuite } from '../../support/mutant-suite.ts'
import { countOf } from '../../support/seeded.ts'

mutantSuite('known derivatives', rightResults.filter(r => r.exercise === 'known-derivatives'), Math.round(0.3 * countOf('CHAINRULE_MUTANTS', 2000)))
