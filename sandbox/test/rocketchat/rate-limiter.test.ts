import { describe, expect, test } from 'vitest'
import { startSandbox, startSandboxWithRoom } from './start-sandbox.ts'

const START = 1_700_000_000_000
const FORM = { name: 'Vera', email: 'vera@example.com', message: 'Please call' }

describe('the limiter', () => {
  test('is off unless asked for, and then there are no headers', async () => {
    const { api } = await startSandbox()
    const answers = await Promise.all(Array.from({ length: 15 }, () => api.get('livechat/config')))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(answers[0]?.headers.has('x-ratelimit-limit')).toBe(false)
  })

  test('allows ten calls a minute and tells the rest how long to wait', async () => {
    let time = START
    const { api } = await startSandbox({ limiter: true, now: () => time })
    const first = await api.get('livechat/config')
    expect(first.headers.get('x-ratelimit-limit')).toBe('10')
    expect(first.headers.get('x-ratelimit-remaining')).toBe('9')
    expect(first.headers.get('x-ratelimit-reset')).toBe(String(START + 60_000))
    for (let call = 2; call <= 10; call += 1) await api.get('livechat/config')
    time += 18_000
    const refused = await api.get('livechat/config')
    expect(refused.status).toBe(429)
    expect(refused.body).toEqual({
      success: false,
      error:
        'Error, too many requests. Please slow down. You must wait 42 seconds before trying this endpoint again. [error-too-many-requests]',
    })
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0')
    expect(refused.headers.has('retry-after')).toBe(false)
    time += 42_001
    expect((await api.get('livechat/config')).status).toBe(200)
  })

  test('counts a route with all its path parameters as one, and its methods apart', async () => {
    const limit = { calls: 2, windowMs: 60_000 }
    const route = '/api/v1/livechat/message/:_id'
    const { api, access } = await startSandboxWithRoom({
      limiter: true,
      limits: { [`GET ${route}`]: limit, [`PUT ${route}`]: limit },
    })
    const statuses: number[] = []
    for (const id of ['a', 'b', 'c']) statuses.push((await api.get(`livechat/message/${id}`, access)).status)
    statuses.push((await api.put('livechat/message/a', { ...access, msg: 'x' })).status)
    expect(statuses).toEqual([400, 400, 429, 400])
  })

  test('parts callers by x-real-ip, and by the proxy header only where proxies are counted', async () => {
    const { sandbox, api } = await startSandbox({
      limiter: true,
      limits: { 'GET /api/v1/livechat/config': { calls: 1, windowMs: 60_000 } },
    })
    const from = async (headers: Record<string, string>) =>
      (await api.get('livechat/config', {}, headers)).status
    expect(await from({ 'x-real-ip': '1.1.1.1' })).toBe(200)
    expect(await from({ 'x-real-ip': '1.1.1.1' })).toBe(429)
    expect(await from({ 'x-forwarded-for': '2.2.2.2' })).toBe(200)
    expect(await from({ 'x-forwarded-for': '3.3.3.3' })).toBe(429)
    sandbox.settings.HTTP_FORWARDED_COUNT = 1
    expect(await from({ 'x-forwarded-for': '9.9.9.9, 3.3.3.3' })).toBe(200)
  })

  test('gives offline messages one per five seconds, from 6.x on', async () => {
    const six = await startSandbox({ profile: '6.13', limiter: true })
    const four = await startSandbox({ profile: '4.x', limiter: true })
    const answers = []
    for (const { api } of [six, six, four, four])
      answers.push(await api.post('livechat/offline.message', FORM))
    expect(answers.map(({ status }) => status)).toEqual([200, 429, 200, 200])
  })

  test('counts before validation, but after it on typed routes', async () => {
    const limits = { 'POST /api/v1/livechat/message': { calls: 1, windowMs: 60_000 } }
    const eight = await startSandbox({ profile: '8.8', limiter: true, limits })
    const nine = await startSandbox({ profile: '9.0', limiter: true, limits })
    const twice = async ({ api }: typeof eight) => {
      await api.post('livechat/message', {})
      return (await api.post('livechat/message', {})).status
    }
    expect([await twice(eight), await twice(nine)]).toEqual([429, 400])
  })

  test('can be switched off silently while the server runs', async () => {
    const { sandbox, api } = await startSandbox({
      limiter: true,
      limits: { 'GET /api/v1/livechat/config': { calls: 1, windowMs: 60_000 } },
    })
    await api.get('livechat/config')
    sandbox.settings.API_Enable_Rate_Limiter = false
    const answer = await api.get('livechat/config')
    expect(answer.status).toBe(200)
    expect(answer.headers.has('x-ratelimit-limit')).toBe(false)
  })

  test('does not count /api/info', async () => {
    const { api } = await startSandbox({ limiter: true })
    expect((await api.raw('/api/info')).headers.has('x-ratelimit-limit')).toBe(false)
  })
})
