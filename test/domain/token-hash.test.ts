import { describe, expect, it } from 'vitest'
import { anonymousCaller, createOperatorCaller, hashToken, hashTokenOf } from '../../src/domain/caller.ts'

describe('the hash of a token', () => {
  it('is of that token, whoever sends it', () => {
    const visitor = { role: 'VISITOR', token: 'own token' } as const
    for (const caller of [visitor, visitor, anonymousCaller, createOperatorCaller('console')])
      for (const token of ['own token', 'other token'])
        expect(hashTokenOf(caller, token)).toBe(hashToken(token))
  })
})
