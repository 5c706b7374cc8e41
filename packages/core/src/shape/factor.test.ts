import { expect, test } from 'vitest'
import { exactQuotient, factorSize } from './factor.ts'
import { addS, floorDivS, mulS, scaleS, size, sizeSymbol, subS } from './size.ts'
import { rational } from './rational.ts'

const [j, m, s] = [sizeSymbol('J'), sizeSymbol('M'), sizeSymbol('S')]
const places = addS(floorDivS(subS(j, m), s), size(1))
const plain = addS(subS(j, m), size(1))

test('a polynomial is divided by a factor that has an atom alone', () => {
  expect(exactQuotient(mulS(mulS(m, m), places), places)).toBe(mulS(m, m))
  expect(exactQuotient(mulS(plain, places), plain)).toBe(places)
  expect(exactQuotient(addS(mulS(m, places), size(1)), places)).toBeUndefined()
  expect(exactQuotient(m, places)).toBeUndefined()
})

test('the factors stand behind what is left', () => {
  expect(factorSize(scaleS(mulS(mulS(m, places), places), rational(2)), [places, plain])).toEqual([scaleS(m, rational(2)), places, places])
  expect(factorSize(mulS(places, plain), [plain, places])).toEqual([plain, places])
  expect(factorSize(addS(m, size(1)), [places])).toEqual([addS(m, size(1))])
})
