import { describe, expect, it } from 'vitest'
import type { ProfileName } from '../../../sandbox/rocketchat/index.ts'
import { sendOperation } from '../../support/graphql-client.ts'
import { asAnonymous, asOperator } from '../../support/test-gateway.ts'
import { OFFLINE } from './support/faults.ts'
import { openGatewayForUrl } from './support/gateway-for-url.ts'
import { Offline } from './support/visitor-documents.ts'
import { openVisitorGateway } from './support/visitor-gateway.ts'

const releases: readonly ProfileName[] = ['0.70', '4.x', '6.13', '7.13', '8.8', '9.0']
const three = { name: 'Nadia', email: 'nadia@example.org', text: 'Please call me back' }
const input = { provider: 'rocketchat', ...three }

describe('an offline message', () => {
  it.each(releases)('with three fields is mailed by Rocket.Chat %s', async (profile) => {
    const { rocketChat, workspace, askWith } = await openVisitorGateway({ rocketChat: { profile } })
    expect(await askWith(asAnonymous)(Offline, { input })).toEqual({
      data: {
        sendOfflineMessage: {
          __typename: 'SendOfflineMessagePayload',
          offlineMessage: {
            nativeId: null,
            name: 'Nadia',
            email: 'nadia@example.org',
            text: 'Please call me back',
            rawText: 'Please call me back',
            delivery: { state: 'SENT', attempts: 1, lastError: null },
          },
        },
      },
    })
    expect(workspace.mails).toHaveLength(1)
    const document = { name: 'Nadia', email: 'nadia@example.org', message: 'Please call me back' }
    expect(JSON.parse(rocketChat.calls[0]?.body ?? '')).toEqual(document)
    expect(rocketChat.counts()).toEqual({ [`POST ${OFFLINE}`]: 1 })
  })

  it.each(releases.slice(1))('with five fields is mailed by Rocket.Chat %s', async (profile) => {
    const { rocketChat, workspace, ada, vera } = await openVisitorGateway({ rocketChat: { profile } })
    workspace.createDepartment({ name: 'Support', agentIds: [ada._id], email: 'support@shop.example' })
    const five = { ...input, department: 'Support', host: 'https://shop.example/cart' }
    await vera.ask(Offline, { input: five })
    expect(workspace.mails).toMatchObject([{ to: 'support@shop.example', department: 'Support' }])
    expect(JSON.parse(rocketChat.calls[0]?.body ?? '')).toEqual({
      name: 'Nadia',
      email: 'nadia@example.org',
      message: 'Please call me back',
      department: 'Support',
      host: 'https://shop.example/cart',
    })
  })

  it('gets department and host from the configuration if it has none', async () => {
    const { rocketChat, workspace } = await openVisitorGateway()
    const url = await openGatewayForUrl(rocketChat.url, {
      offlineDepartment: 'Support',
      offlineHost: 'https://shop.example',
    })
    await sendOperation(url, Offline, { input })
    await sendOperation(url, Offline, { input: { ...input, department: 'Sales' } })
    expect(workspace.mails).toMatchObject([
      { department: 'Support', host: 'https://shop.example' },
      { department: 'Sales', host: 'https://shop.example' },
    ])
  })

  it('is escaped, so that the mail shows what the visitor typed', async () => {
    const { workspace, askWith } = await openVisitorGateway()
    const typed = '<img src=x onerror="alert(1)"> Tom & Ann\n</p><a href="https://evil.example">'
    const result = await askWith(asAnonymous)(Offline, {
      input: { ...input, name: '<b>Nadia</b>', text: typed, host: 'https://shop.example/?a=1&b=<i>' },
    })
    const [mail] = workspace.mails
    expect(`${mail?.name}${mail?.message}${mail?.host}`).not.toMatch(/[<>]/)
    expect(mail?.message).toContain('&lt;img src=x onerror="alert(1)"&gt; Tom &amp; Ann')
    expect(result).toMatchObject({
      data: { sendOfflineMessage: { offlineMessage: { name: '<b>Nadia</b>', text: typed, rawText: typed } } },
    })
  })

  it('is mailed once per idempotency key, even when sent simultaneously', async () => {
    const { workspace, askWith } = await openVisitorGateway()
    const keyed = { input: { ...input, idempotencyKey: 'once' } }
    const [first, second] = await Promise.all([
      askWith(asAnonymous)(Offline, keyed),
      askWith(asAnonymous)(Offline, keyed),
    ])
    const third = await askWith(asAnonymous)(Offline, keyed)
    expect(first).toMatchObject({ data: { sendOfflineMessage: { offlineMessage: { name: 'Nadia' } } } })
    expect([second, third]).toEqual([first, first])
    expect(workspace.mails).toHaveLength(1)
    const other = await askWith(asAnonymous)(Offline, { input: { ...keyed.input, text: 'Something else' } })
    expect(other).toMatchObject({ data: { sendOfflineMessage: { code: 'CONFLICT' } } })
    expect(workspace.mails).toHaveLength(1)
  })

  it('can be sent by an operator on behalf of a visitor', async () => {
    const { workspace, askWith } = await openVisitorGateway()
    await askWith(asOperator)(Offline, { input })
    expect(workspace.mails).toHaveLength(1)
  })

  it.each([
    ['the boolean', true],
    ['the string', 'true'],
  ])('is sent if `success` is %s', async (_name, success) => {
    const { rocketChat, askWith } = await openVisitorGateway()
    const body = { message: 'Livechat offline message sent', success }
    rocketChat.injectFault({ kind: 'answer', status: 200, body, route: OFFLINE })
    expect(await askWith(asAnonymous)(Offline, { input })).toMatchObject({
      data: { sendOfflineMessage: { offlineMessage: { delivery: { state: 'SENT' } } } },
    })
  })
})
