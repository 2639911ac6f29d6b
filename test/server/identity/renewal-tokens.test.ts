import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRenewalTokens } from '../../../src/server/identity/renewal-tokens.ts'

const DAY_MS = 86_400_000
const SECRET = 'a secret of at least thirty-two characters'
const visitor = { provider: 'livechat', visitorId: 'b7eff798-f8df-4364-8059-649c35c9ed0c' }

describe('a renewal token', () => {
  it('names its visitor to every gateway with the same secret, and to no other', () => {
    const token = createRenewalTokens(SECRET).issue(visitor)
    expect(createRenewalTokens(SECRET).verify(token)).toEqual(visitor)
    expect(createRenewalTokens(Buffer.from(SECRET)).verify(token)).toEqual(visitor)
    expect(createRenewalTokens(`${SECRET}!`).verify(token)).toBeNull()
    expect(createRenewalTokens(randomBytes(32)).verify(token)).toBeNull()
  })

  it('reveals nothing, and is another each time', () => {
    const tokens = createRenewalTokens(SECRET)
    const [one, other] = [tokens.issue(visitor), tokens.issue(visitor)]
    expect(one).not.toBe(other)
    const bytes = Buffer.from(one, 'base64url').toString('latin1')
    for (const part of Object.values(visitor)) expect(bytes).not.toContain(part)
  })

  it('is not valid after any change of a character, nor shortened, nor extended', () => {
    const tokens = createRenewalTokens(SECRET)
    const token = tokens.issue(visitor)
    fc.assert(
      fc.property(
        fc.nat(token.length - 1),
        fc.constantFrom('A', 'z', '0', '-', '_', '=', ' ', 'é'),
        (at, by) => {
          const changed = token.slice(0, at) + by + token.slice(at + 1)
          if (changed !== token) expect(tokens.verify(changed)).toBeNull()
          expect(tokens.verify(token.slice(0, at))).toBeNull()
          expect(tokens.verify(token.slice(0, at) + by + token.slice(at))).toBeNull()
        },
      ),
    )
    expect(tokens.verify(`${token}=`)).toBeNull()
  })

  it('is no text of anybody’s choice', () => {
    const tokens = createRenewalTokens(SECRET)
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => tokens.verify(text) === null))
    const forged = Buffer.from(JSON.stringify(Object.values(visitor))).toString('base64url')
    expect(tokens.verify(forged)).toBeNull()
  })

  it('is valid for a year, also at a replica whose clock is some minutes behind', () => {
    let now = Date.parse('2026-03-10T12:00:00Z')
    const tokens = createRenewalTokens(SECRET, () => now)
    const token = tokens.issue(visitor)
    now -= 5 * 60_000
    expect(tokens.verify(token)).toEqual(visitor)
    now += 364 * DAY_MS
    expect(tokens.verify(token)).toEqual(visitor)
    now += 2 * DAY_MS
    expect(tokens.verify(token)).toBeNull()
    now -= 400 * DAY_MS
    expect(tokens.verify(token)).toBeNull()
  })
})
