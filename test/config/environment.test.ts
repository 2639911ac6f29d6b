import { expect, test } from 'vitest'
import { readEnvironment } from '../../src/config/index.ts'

test('without a file the environment consists of its set variables', () => {
  expect(readEnvironment({ A: '1', B: '', C: undefined }, undefined)).toEqual({ A: '1' })
})

test('the file adds to the environment', () => {
  const file = ['# comment', 'B=2', "C='three # 3'", 'D=4 # four', 'E=', 'export F=6'].join('\n')
  expect(readEnvironment({ A: '1' }, file)).toEqual({ A: '1', B: '2', C: 'three # 3', D: '4', F: '6' })
})

test('the environment wins over the file', () => {
  expect(readEnvironment({ A: 'environment' }, 'A=file')).toEqual({ A: 'environment' })
})

test('an empty variable of the environment removes what the file says', () => {
  expect(readEnvironment({ A: '' }, 'A=file')).toEqual({})
})
