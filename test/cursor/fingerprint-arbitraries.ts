import fc from 'fast-check'
import type { Fingerprint } from '../../src/cursor/fingerprint.ts'
import type { Position } from '../../src/domain/model.ts'
import { anyText } from '../domain/token-arbitraries.ts'

export const anyMicros = fc.maxSafeNat()

export const anyPosition: fc.Arbitrary<Position> = fc.record({ micros: anyMicros, id: anyText })

export const anyFingerprint: fc.Arbitrary<Fingerprint> = fc.record({
  from: anyPosition,
  idsHash: fc.stringMatching(/^[\w-]{8}$/),
  recentFromMicros: anyMicros,
  recentVersions: fc
    .array(fc.stringMatching(/^[\w-]{6}([\w-]{4}|\.{4})$/), { maxLength: 32 })
    .map((all) => all.join('')),
})
