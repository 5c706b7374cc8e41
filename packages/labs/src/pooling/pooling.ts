/** Sheet A3: what pooling is for. */
import { lab } from '../lab.ts'
import { poolingCard, type PoolingSettings } from './card.ts'
import { poolingFigure } from './figure.ts'
import { type Findings, poolingPage } from './page.ts'
import { shifts } from './shifts.ts'
import { movingPixel, routedGradients, sums } from './toy.ts'
import { weightCounts } from './weights.ts'

export const pooling = lab<PoolingSettings>(poolingCard, async settings => {
  const { shifted, pictures } = await shifts(settings)
  const findings: Findings = { pixels: movingPixel(), shifted, routed: routedGradients(), sums: sums(), counts: weightCounts(settings) }
  const data = {
    lab: 'pooling', settings, movingPixel: findings.pixels, gradients: findings.routed, sums: findings.sums, networks: findings.counts,
    shifts: shifted.map(({ way, change, unchanged, moves }) => ({ map: way.name, window: way.window, change, unchanged, ...(moves === undefined ? {} : { movesByOnePlace: moves }) })),
  }
  return { page: { ...poolingPage(findings, settings), data }, figure: poolingFigure(findings, pictures) }
})
