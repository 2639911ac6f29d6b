import { describe, expect, it } from 'vitest'
import { providerDefinitions } from '../../../src/providers/index.ts'
import { parseRateLimitInfo } from '../../../src/upstream/rate-limit/rate-limit-headers.ts'

const date = 'Tue, 10 Mar 2026 12:00:00 GMT'
const at = Date.parse(date)
const signs = (status: number, headers: Record<string, string> = {}, text = '') =>
  parseRateLimitInfo({ status, headers: { date, ...headers }, text }, (response) =>
    providerDefinitions.some((definition) => definition.isRateLimited(response)),
  )

const published = (limit: string, remaining: string, reset: string) => ({
  'x-ratelimit-limit': limit,
  'x-ratelimit-remaining': remaining,
  'x-ratelimit-reset': reset,
})

describe('the signs of a limit', () => {
  it('are the headers of Rocket.Chat, by its own clock', () => {
    expect(signs(200, published('10', '9', String(at + 60_000)))).toEqual({
      accepted: true,
      refused: false,
      waitMs: null,
      window: { limit: 10, remaining: 9, resetAt: at + 60_000 },
      date: at,
    })
  })

  it.each([
    ['', '9', '1'],
    ['0', '0', '1'],
    ['10', '-1', '1'],
    ['10', '9', 'soon'],
    ['Infinity', '9', '1'],
  ])('are none where a header makes no sense: %j %j %j', (limit, remaining, reset) => {
    expect(signs(200, published(limit, remaining, reset)).window).toBeNull()
  })

  it.each([
    [
      'Rocket.Chat',
      429,
      '{"success":false,"error":"… You must wait 42 seconds before … [error-too-many-requests]"}',
      42_000,
    ],
    [
      'Rocket.Chat with another status',
      400,
      '{"error":"no [error-too-many-requests]","success":false}',
      null,
    ],
    ['LiveChat', 429, '{"error":{"type":"too_many_requests","message":"Too many requests"}}', null],
    ['LiveChat with another status', 400, '{"error":{"type":"too_many_requests"}}', null],
    ['whoever answers 429', 429, '<html>slow down</html>', null],
  ])('are a refusal of %s', (_who, status, text, waitMs) => {
    expect(signs(status, {}, text)).toMatchObject({ refused: true, waitMs })
  })

  it('are none in an answer that only speaks of them', () => {
    const text = '{"messages":[{"msg":"[error-too-many-requests]"}],"type":"too_many_requests"}'
    expect(signs(200, {}, text).isRateLimited).toBe(false)
    expect(
      signs(422, {}, '{"error":{"type":"validation","message":"\\"type\\":\\"too_many_requests\\""}}')
        .isRateLimited,
    ).toBe(false)
  })

  it.each([
    ['seconds', '7', 7_000],
    ['a date', 'Tue, 10 Mar 2026 12:01:30 GMT', 90_000],
    ['a day', '86400', 900_000],
    ['thirty years', '999999999', 900_000],
    ['nothing to read', 'soon', null],
    ['a date that is over', 'Tue, 10 Mar 2026 11:00:00 GMT', null],
  ])('hold a Retry-After of %s', (_what, after, waitMs) => {
    expect(signs(429, { 'retry-after': after }).retryAfterMs).toBe(waitMs)
  })
})
