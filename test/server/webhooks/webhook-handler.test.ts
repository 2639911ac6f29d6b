import { once } from 'node:events'
import { connect } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { waitUntil } from '../../support/graphql-client.ts'
import { request } from '../../support/http.ts'
import { postWebhook, rocketChatTokenHeader, webhookUrl } from '../../support/webhook-requests.ts'
import {
  LIVECHAT_SECRET,
  liveChatWebhook,
  openWebhookGateway,
  ROCKETCHAT_SECRET,
  rocketChatWebhook,
  type WebhookGateway,
} from './webhook-gateway.ts'

const MEBIBYTE = 1024 * 1024

function postRocketChat({ url }: WebhookGateway, body: unknown, token = ROCKETCHAT_SECRET) {
  return postWebhook(url, 'rocketchat', body, rocketChatTokenHeader(token))
}

function postLiveChat({ url }: WebhookGateway, body: unknown) {
  return postWebhook(url, 'livechat', body)
}

describe('the webhook handler', () => {
  it('responds 200 with a minimal body, which both vendors treat as a success', async () => {
    const gateway = await openWebhookGateway()
    const fromRocketChat = await postRocketChat(gateway, rocketChatWebhook('r1'))
    expect(fromRocketChat).toMatchObject({ status: 200, text: 'ok\n' })
    expect(await postLiveChat(gateway, liveChatWebhook({ chat_id: 'c1' }))).toMatchObject({ status: 200 })
  })

  it('accepts only POST, for any provider name', async () => {
    const { url } = await openWebhookGateway()
    for (const name of ['rocketchat', 'deaf', 'nobody']) {
      for (const method of ['GET', 'PUT', 'DELETE']) {
        const reply = await request(webhookUrl(url, name), { method })
        expect(reply).toMatchObject({ status: 405, text: 'send POST\n' })
        expect(reply.headers.get('allow')).toBe('POST')
      }
    }
  })

  it.for([
    'nobody',
    'deaf',
    '',
    'rocketchat/',
    'rocketchat%2F',
    'rocketchat/more',
    '%',
    '%zz',
    '%C3',
    '..%2Frocketchat',
    'constructor',
    '__proto__',
    'RocketChat',
  ])('responds the same for an unknown provider and one without webhooks: %j', async (name) => {
    const { url } = await openWebhookGateway()
    const reply = await postWebhook(
      url,
      name,
      rocketChatWebhook('r1'),
      rocketChatTokenHeader(ROCKETCHAT_SECRET),
    )
    expect(reply).toMatchObject({ status: 404, text: 'not found\n' })
  })

  it('responds 404 without a name', async () => {
    const { url } = await openWebhookGateway()
    const reply = await request(new URL('/webhooks', url).href, { method: 'POST', body: '{}' })
    expect(reply).toMatchObject({ status: 404, text: 'not found\n' })
  })

  it('finds percent-encoded names', async () => {
    const { url } = await openWebhookGateway()
    const name = encodeURIComponent('two words %')
    expect(
      await postWebhook(url, name, rocketChatWebhook('r1'), rocketChatTokenHeader(ROCKETCHAT_SECRET)),
    ).toMatchObject({
      status: 200,
    })
    expect(await postWebhook(url, name, rocketChatWebhook('r1'))).toMatchObject({ status: 401 })
  })

  it.for([
    '',
    ROCKETCHAT_SECRET.slice(0, -1),
    `${ROCKETCHAT_SECRET}x`,
    ROCKETCHAT_SECRET.toUpperCase(),
    'x'.repeat(8_000),
    'né-latin-1',
    `${ROCKETCHAT_SECRET}, ${ROCKETCHAT_SECRET}`,
  ])('rejects Rocket.Chat’s webhooks with the token %j', async (token) => {
    const gateway = await openWebhookGateway()
    expect(await postRocketChat(gateway, rocketChatWebhook('r1'), token)).toMatchObject({
      status: 401,
      text: 'wrong secret\n',
    })
  })

  it('rejects Rocket.Chat’s webhooks without a token, with two, and with one in another place', async () => {
    const gateway = await openWebhookGateway()
    expect(await postWebhook(gateway.url, 'rocketchat', rocketChatWebhook('r1'))).toMatchObject({
      status: 401,
    })
    const twice = new Headers(rocketChatTokenHeader(ROCKETCHAT_SECRET))
    twice.append('x-rocketchat-livechat-token', ROCKETCHAT_SECRET)
    const url = webhookUrl(gateway.url, 'rocketchat')
    expect(await request(url, { method: 'POST', headers: twice, body: '{}' })).toMatchObject({ status: 401 })
    const inBody = { ...rocketChatWebhook('r1'), secret_key: ROCKETCHAT_SECRET }
    expect(await postWebhook(gateway.url, `rocketchat?token=${ROCKETCHAT_SECRET}`, inBody)).toMatchObject({
      status: 401,
    })
  })

  it.for<[what: string, secret: unknown]>([
    ['none', undefined],
    ['an empty one', ''],
    ['null', null],
    ['a shorter one', LIVECHAT_SECRET.slice(0, -1)],
    ['a longer one', `${LIVECHAT_SECRET} `],
    ['another normal form', LIVECHAT_SECRET.normalize('NFD')],
    ['a very long one', 'x'.repeat(500_000)],
    ['the right one in an array', [LIVECHAT_SECRET]],
    ['an object', { toString: LIVECHAT_SECRET }],
    ['a number', 7],
  ])('rejects LiveChat’s webhooks with a wrong secret: %s', async ([, secret]) => {
    const gateway = await openWebhookGateway()
    const body = { ...liveChatWebhook({ chat_id: 'c1' }), secret_key: secret }
    expect(await postLiveChat(gateway, body)).toMatchObject({ status: 401, text: 'wrong secret\n' })
  })

  it.for(['[]', 'null', '"text"', '7', '{}', '[[[[]]]]'])(
    'refuses a body that can hold no secret: %s',
    async (body) => {
      const gateway = await openWebhookGateway()
      expect(await postLiveChat(gateway, body)).toMatchObject({ status: 401 })
    },
  )

  it.for(['', '{', 'secret_key=x', '{"a":1}}', '<html>', '['.repeat(500_000)])(
    'refuses what is no JSON with 400',
    async (body) => {
      const gateway = await openWebhookGateway()
      expect(await postRocketChat(gateway, body)).toMatchObject({
        status: 400,
        text: 'send JSON, nested 100 deep at most\n',
      })
      expect(await postLiveChat(gateway, body)).toMatchObject({
        status: 400,
        text: 'send JSON, nested 100 deep at most\n',
      })
    },
  )

  it('accepts 1 MiB and not a byte more', async () => {
    const gateway = await openWebhookGateway()
    const body = JSON.stringify(rocketChatWebhook('r1'))
    expect(await postRocketChat(gateway, body.padEnd(MEBIBYTE))).toMatchObject({ status: 200 })
    const refused = await postRocketChat(gateway, body.padEnd(MEBIBYTE + 1))
    expect(refused).toMatchObject({ status: 413, text: 'send 1 MiB at most\n' })
    expect(await postRocketChat(gateway, body)).toMatchObject({ status: 200 })
  })

  it('accepts unknown content', async () => {
    const gateway = await openWebhookGateway()
    const oddities = fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), async (payload, action) => {
      const body = { secret_key: LIVECHAT_SECRET, action, payload }
      expect((await postLiveChat(gateway, body)).status).toBe(200)
      expect((await postRocketChat(gateway, { _id: payload, type: action })).status).toBe(200)
      expect((await postRocketChat(gateway, JSON.stringify(payload))).status).toBe(200)
    })
    await fc.assert(oddities, { numRuns: 40 })
  })

  it('survives senders that disconnect in the middle of a body', async () => {
    const gateway = await openWebhookGateway()
    const { hostname, port, pathname } = new URL(webhookUrl(gateway.url, 'livechat'))
    const sender = connect(Number(port), hostname)
    const head = `POST ${pathname} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n`
    sender.write(`${head}expect: 100-continue\r\n\r\n{"secret`)
    expect(String((await once(sender, 'data'))[0])).toMatch(/^HTTP\/1\.1 100 Continue/)
    sender.resetAndDestroy()
    expect(await postLiveChat(gateway, liveChatWebhook({ chat_id: 'c1' }))).toMatchObject({ status: 200 })
    // It closes only after the connections of all requests.
    await gateway.close()
    expect(gateway.lines.filter((line) => line.includes('unexpected error'))).toEqual([])
  })

  it('passes on hints for offline messages, throttled', async () => {
    const gateway = await openWebhookGateway()
    const mail = {
      type: 'LivechatOfflineMessage',
      visitor: { name: 'Vera', email: 'v@example.org' },
      message: 'hi',
    }
    for (const _ of [1, 2, 3]) await postRocketChat(gateway, mail)
    const thread = { id: 't1', properties: { routing: { offline_message: true } } }
    await postLiveChat(gateway, liveChatWebhook({ chat: { id: 'c1', thread } }, 'incoming_chat'))
    await waitUntil(() => gateway.offlineHints.includes('livechat'))
    expect(gateway.offlineHints.slice(0, 2).sort()).toEqual(['livechat', 'rocketchat'])
  })
})

describe('what the handler records', () => {
  const secrets = [ROCKETCHAT_SECRET, LIVECHAT_SECRET, 'wrong-secret-4711', 'token-of-a-visitor', 'private']

  async function sendOfAllKinds(gateway: WebhookGateway): Promise<void> {
    await postRocketChat(gateway, rocketChatWebhook('room-4711'))
    await postRocketChat(gateway, rocketChatWebhook('room-4711'), 'wrong-secret-4711')
    await postRocketChat(gateway, `${JSON.stringify(rocketChatWebhook('room-4711'))}}`)
    await postRocketChat(gateway, rocketChatWebhook('room-4711', 'private'))
    await postLiveChat(gateway, liveChatWebhook({ chat_id: 'room-4711' }))
    await postLiveChat(gateway, liveChatWebhook({ chat_id: 'room-4711' }, 'private'))
    await postLiveChat(gateway, {
      ...liveChatWebhook({ chat_id: 'room-4711' }),
      secret_key: 'wrong-secret-4711',
    })
    await postLiveChat(gateway, `${JSON.stringify(liveChatWebhook({ chat_id: 'room-4711' }))}]`)
    await postLiveChat(
      gateway,
      JSON.stringify(liveChatWebhook({ chat_id: 'room-4711' })).padEnd(MEBIBYTE + 1),
    )
    await postWebhook(gateway.url, 'wrong-secret-4711', rocketChatWebhook('room-4711'))
  }

  it('contains no secret and no message text, in the log and the metrics', async () => {
    const gateway = await openWebhookGateway()
    await sendOfAllKinds(gateway)
    const kept = gateway.lines.join('') + (await gateway.metrics())
    for (const word of [...secrets, 'room-4711']) expect(kept).not.toContain(word)
  })

  it('counts by provider and outcome, but not for unknown names', async () => {
    const gateway = await openWebhookGateway()
    await sendOfAllKinds(gateway)
    const counted = (await gateway.metrics())
      .split('\n')
      .filter((line) => line.startsWith('switchboard_webhooks'))
    expect(counted.sort()).toEqual([
      'switchboard_webhooks_total{provider="livechat",outcome="hint"} 1',
      'switchboard_webhooks_total{provider="livechat",outcome="ignored"} 1',
      'switchboard_webhooks_total{provider="livechat",outcome="malformed"} 1',
      'switchboard_webhooks_total{provider="livechat",outcome="refused"} 1',
      'switchboard_webhooks_total{provider="livechat",outcome="too_large"} 1',
      'switchboard_webhooks_total{provider="rocketchat",outcome="hint"} 1',
      'switchboard_webhooks_total{provider="rocketchat",outcome="ignored"} 1',
      'switchboard_webhooks_total{provider="rocketchat",outcome="malformed"} 1',
      'switchboard_webhooks_total{provider="rocketchat",outcome="refused"} 1',
    ])
  })

  it('logs a wrong secret once, until a valid webhook arrives', async () => {
    const gateway = await openWebhookGateway()
    const warnings = () => gateway.lines.filter((line) => line.includes('wrong or missing secret')).length
    for (const _ of [1, 2, 3]) await postRocketChat(gateway, rocketChatWebhook('r1'), 'wrong')
    expect(warnings()).toBe(1)
    await postRocketChat(gateway, rocketChatWebhook('r1'))
    await postRocketChat(gateway, rocketChatWebhook('r1'), 'wrong')
    expect(warnings()).toBe(2)
  })
})
