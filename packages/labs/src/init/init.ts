/** Sheet D4: zero, equal and random starts. */
import { lab } from '../lab.ts'
import { initCard, type InitSettings } from './card.ts'
import { initData } from './data.ts'
import { initFigure } from './figure.ts'
import { observe } from './observe.ts'
import { type Findings, initPage } from './page.ts'
import { problemOf } from './problem.ts'
import { derivationOf, prove } from './prove.ts'
import { signals } from './signal.ts'
import { startsOf } from './starts.ts'

export const init = lab<InitSettings>(initCard, (settings, source) => {
  const problem = problemOf(settings, source)
  const { network, parameters } = problem
  const derivation = derivationOf(network)
  const starts = startsOf(parameters, settings).map(start => ({ proved: prove(network, derivation, parameters, start), seen: observe(network, problem, start, settings) }))
  const findings: Findings = { network, derivation, problem, starts, signals: signals(settings.seed) }
  return Promise.resolve({ page: { ...initPage(findings, settings), data: initData(findings, settings) }, figure: initFigure(findings) })
})
