import { describe, expect, it } from 'vitest'
import { SEND, TOO_MANY_REQUESTS } from './support/faults.ts'
import { History, Send } from './support/visitor-documents.ts'
import { openVisitorGateway } from './support/visitor-gateway.ts'

describe('a rate limit of the server', () => {
  it('allows ten requests a minute, whoever sends them, and then reports the wait', async () => {
    const { vera, addVisitor } = await openVisitorGateway({
      rocketChat: { profile: '0.70', limiter: true },
    })
    const bob = addVisitor('Bob')
    for (let call = 0; call < 10; call += 1) await (call % 2 === 0 ? vera : bob).send(`line ${call}`)
    const { data } = await vera.ask(Send, { input: { roomId: vera.roomId, text: 'one too many' } })
    expect(data?.sendMessage).toMatchObject({ code: 'RATE_LIMITED', provider: 'rocketchat' })
    const wait = data?.sendMessage.__typename === 'RateLimitedError' ? data.sendMessage.retryAfterMs : null
    expect(wait).toBeGreaterThan(0)
    // The gateway knows the server's clock to the second.
    expect(wait).toBeLessThanOrEqual(61_000)
  })

  it('applies to each route separately', async () => {
    const { rocketChat, vera } = await openVisitorGateway({ rocketChat: { limiter: true } })
    rocketChat.settings.API_Enable_Rate_Limiter_Limit_Calls_Default = 1
    await vera.send('one')
    expect(await vera.ask(Send, { input: { roomId: vera.roomId, text: 'two' } })).toMatchObject({
      data: { sendMessage: { code: 'RATE_LIMITED' } },
    })
    const { data } = await vera.ask(History, { id: vera.roomId })
    expect(data?.room?.messages.nodes.at(-1)?.text).toBe('one')
    expect(await vera.ask(History, { id: vera.roomId })).toMatchObject({
      data: { room: null },
      errors: [
        {
          path: ['room', 'messages'],
          extensions: { code: 'RATE_LIMITED', provider: 'rocketchat', retryAfterMs: expect.any(Number) },
        },
      ],
    })
  })

  it('is hit once per operation', async () => {
    const { rocketChat, vera } = await openVisitorGateway()
    rocketChat.injectFault(TOO_MANY_REQUESTS)
    await vera.ask(Send, { input: { roomId: vera.roomId, text: 'Hello' } })
    expect(rocketChat.counts()).toEqual({ [`POST ${SEND}`]: 1 })
  })
})

describe('the wait after a rate-limit response', () => {
  const waitAfter = async (headers: Record<string, string>, error?: string): Promise<number> => {
    const { rocketChat, vera } = await openVisitorGateway()
    const body = error === undefined ? TOO_MANY_REQUESTS.body : { success: false, error }
    rocketChat.injectFault({ ...TOO_MANY_REQUESTS, body, headers })
    const { data } = await vera.ask(Send, { input: { roomId: vera.roomId, text: 'Hello' } })
    return (data?.sendMessage.__typename === 'RateLimitedError' && data.sendMessage.retryAfterMs) || 0
  }
  const inMs = (ms: number) => ({ 'x-ratelimit-reset': String(Date.now() + ms) })

  it('is the wait in the text', async () => {
    expect(await waitAfter({})).toBe(42_000)
  })

  it('is the wait in the header if that is longer', async () => {
    const wait = await waitAfter(inMs(600_000))
    expect(wait).toBeGreaterThan(42_000)
    expect(wait).toBeLessThanOrEqual(601_000)
  })

  it('is the wait in the text if the header is in the past or unreadable', async () => {
    expect(await waitAfter(inMs(-5_000))).toBe(42_000)
    expect(await waitAfter({ 'x-ratelimit-reset': 'soon' })).toBe(42_000)
  })

  it('is one second by default, and 15 minutes at most', async () => {
    expect(await waitAfter({}, '[error-too-many-requests]')).toBe(1_000)
    expect(await waitAfter({ 'x-ratelimit-reset': '99999999999999' })).toBe(900_000)
  })
})
