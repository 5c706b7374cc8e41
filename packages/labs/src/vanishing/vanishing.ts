/** Sheet D1: vanishing and exploding gradients. */
import { lab } from '../lab.ts'
import { activationOf } from '../shared/activation.ts'
import { vanishingCard, type VanishingSettings } from './card.ts'
import { measureChain, spectralNorms } from './chain.ts'
import { vanishingFigure } from './figure.ts'
import { measureOwn } from './own.ts'
import { ownFigure, ownPage } from './own-page.ts'
import { vanishingPage } from './page.ts'

export const vanishing = lab<VanishingSettings>(vanishingCard, (settings, source) => {
  if (source) {
    const all = measureOwn(source, settings)
    return Promise.resolve({ page: { ...ownPage(source.path, all, settings), data: { lab: 'vanishing', settings, path: source.path, networks: all } }, figure: ownFigure(source.path, all) })
  }
  const activations = [...new Set(settings.activations)].map(activationOf)
  const spectral = spectralNorms(settings.width)
  const all = activations.flatMap(a => [...new Set(settings.depth)].flatMap(depth => measureChain(a, depth, settings, spectral)))
  const data = { lab: 'vanishing', settings, networks: all }
  return Promise.resolve({ page: { ...vanishingPage(all, activations, settings), data }, figure: vanishingFigure(all) })
})
