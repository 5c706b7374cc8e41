import { expect, it } from 'vitest'
import { readNetwork } from '../network/index.ts'
import { gradcheckReport } from './gradcheck.ts'

it('draws several samples where the text gives a number to something that has none', () => {
  const page = gradcheckReport(readNetwork('input x[2]\ntarget t\nparam w[2]\ngiven reg = 0.05\nloss E = (mean over data: (w . x - t)^2) + reg ||w||^2'), {})
  expect(page.ok).toBe(true)
  expect(JSON.stringify(page.sections)).toContain('"pass","6"')
})
