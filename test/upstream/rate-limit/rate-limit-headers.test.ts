import { describe, expect, it } from 'vitest'
import { providerDefinitions } from '../../../src/providers/index.ts'
import { parseRateLimitInfo } from '../../../src/upstream/rate-limit/rate-limit-headers.ts'
import { bodyOf } from '../../support/response-body.ts'

const date = 'Tue, 10 Mar 2026 12:00:00 GMT'
const at = Date.parse(date)
const parse = (status: number, headers: Record<string, string> = {}, text = '') =>
  parseRateLimitInfo({ status, headers: { date, ...headers }, body: bodyOf(text) }, (response) =>
    providerDefinitions.some((definition) => definition.isRateLimited(response)),
  )

const published = (limit: string, remaining: string, reset: string) => ({
  'x-ratelimit-limit': limit,
  'x-ratelimit-remaining': remaining,
  'x-ratelimit-reset': reset,
})

describe('the rate limit information of a response', () => {
  it('is read from the headers of Rocket.Chat, with times of its own clock', () => {
    expect(parse(200, published('10', '9', String(at + 60_000)))).toEqual({
      isSuccess: true,
      isRateLimited: false,
      retryAfterMs: null,
      window: { limit: 10, remaining: 9, resetAt: at + 60_000 },
      serverTime: at,
    })
  })

  it.each([
    ['', '9', '1'],
    ['0', '0', '1'],
    ['10', '-1', '1'],
    ['10', '9', 'soon'],
    ['Infinity', '9', '1'],
  ])('has no window if a header is malformed: %j %j %j', (limit, remaining, reset) => {
    expect(parse(200, published(limit, remaining, reset)).window).toBeNull()
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
    ['a server that sends 429', 429, '<html>slow down</html>', null],
  ])('shows a rate-limit response of %s', (_sender, status, text, retryAfterMs) => {
    expect(parse(status, {}, text)).toMatchObject({ isRateLimited: true, retryAfterMs })
  })

  it('shows no rate-limit response if the body only mentions the error', () => {
    const text = '{"messages":[{"msg":"[error-too-many-requests]"}],"type":"too_many_requests"}'
    expect(parse(200, {}, text).isRateLimited).toBe(false)
    expect(
      parse(422, {}, '{"error":{"type":"validation","message":"\\"type\\":\\"too_many_requests\\""}}')
        .isRateLimited,
    ).toBe(false)
  })

  it.each([
    ['seconds', '7', 7_000],
    ['a date', 'Tue, 10 Mar 2026 12:01:30 GMT', 90_000],
    ['a day', '86400', 900_000],
    ['thirty years', '999999999', 900_000],
    ['an unreadable text', 'soon', null],
    ['a past date', 'Tue, 10 Mar 2026 11:00:00 GMT', null],
  ])('reads a Retry-After of %s', (_what, retryAfter, retryAfterMs) => {
    expect(parse(429, { 'retry-after': retryAfter }).retryAfterMs).toBe(retryAfterMs)
  })
})
