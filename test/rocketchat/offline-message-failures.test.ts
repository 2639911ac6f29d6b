import { describe, expect, it } from 'vitest'
import { asAnybody } from '../util/gateway.ts'
import { openChat } from './chat.ts'
import { Offline } from './documents.ts'
import {
  BAD_GATEWAY,
  HALF_BODY,
  HTML_PAGE,
  LOST_AFTER_COMMIT,
  OFFLINE,
  RESET,
  SERVER_ERROR,
  SHORT_TIMEOUT,
  SILENCE,
} from './faults.ts'

const input = { provider: 'rocketchat', name: 'Nadia', email: 'nadia@example.org', text: 'Call me' }

const delivered = (state: string, attempts = 1) => ({
  data: { sendOfflineMessage: { offlineMessage: { delivery: { state, attempts } } } },
})

describe('an offline message whose answer is lost', () => {
  it.each([
    ['the answer was cut after the commit', LOST_AFTER_COMMIT, 1],
    ['the answer was cut in its middle', HALF_BODY, 1],
    ['the line was cut', RESET, 0],
    ['the server stayed silent', SILENCE, 0],
    ['the server failed', SERVER_ERROR, 0],
    ['a proxy failed', BAD_GATEWAY, 0],
    ['a page came instead', HTML_PAGE, 0],
  ] as const)('because %s is UNCONFIRMED, and never repeated', async (_why, fault, mails) => {
    const { rocketChat, workspace, by } = await openChat({ config: SHORT_TIMEOUT })
    rocketChat.fail({ ...fault, route: OFFLINE, times: 1 })
    const keyed = { input: { ...input, idempotencyKey: 'once' } }
    const answer = await by(asAnybody)(Offline, keyed)
    expect(answer).toMatchObject(delivered('UNCONFIRMED'))
    expect(await by(asAnybody)(Offline, keyed)).toEqual(answer)
    expect(workspace.mails).toHaveLength(mails)
    expect(rocketChat.counts()).toEqual({ [`POST ${OFFLINE}`]: 1 })
  })
})

describe('an offline message that certainly was not sent', () => {
  it.each([
    ['the form is off', { Livechat_display_offline_form: false }],
    ['no recipient is configured', { Livechat_offline_email: '' }],
    ['the server speaks another language', { Livechat_offline_email: '', Language: 'de' }],
  ])('because %s is FAILED, though the server does not say why', async (_why, settings) => {
    for (const profile of ['4.x', '8.8'] as const) {
      const { workspace, by } = await openChat({ rocketChat: { profile, settings } })
      const answer = await by(asAnybody)(Offline, { input })
      expect(answer).toMatchObject(delivered('FAILED'))
      expect(workspace.mails).toEqual([])
    }
  })

  it.each([
    ['0.70 takes three fields only', '0.70', { ...input, department: 'Support' }],
    ['its address has no mail server', '8.8', { ...input, email: 'nadia@nowhere.invalid' }],
  ] as const)('because %s is FAILED', async (_why, profile, refused) => {
    const { by } = await openChat({ rocketChat: { profile } })
    const answer = await by(asAnybody)(Offline, { input: refused })
    expect(answer).toMatchObject(delivered('FAILED'))
  })

  it.each([
    [400, 'false'],
    [200, 'false'],
    [200, false],
  ])('because the server says so with status %i and `success` %j is FAILED', async (status, success) => {
    const { rocketChat, by } = await openChat()
    const error = "must have required property 'name' [invalid-params]"
    const body = { success, error, errorType: 'invalid-params' }
    rocketChat.fail({ kind: 'answer', status, body, route: OFFLINE })
    const answer = await by(asAnybody)(Offline, { input })
    expect(answer).toMatchObject(delivered('FAILED'))
  })

  it('because there was no connection is QUEUED', async () => {
    const { rocketChat, by } = await openChat()
    await rocketChat.close()
    const answer = await by(asAnybody)(Offline, { input })
    expect(answer).toMatchObject(delivered('QUEUED'))
  })

  it('because another came within five seconds is held back here, QUEUED, and so are those behind it', async () => {
    const { workspace, by } = await openChat({ rocketChat: { limiter: true } })
    await by(asAnybody)(Offline, { input })
    expect(await by(asAnybody)(Offline, { input })).toMatchObject(delivered('QUEUED', 0))
    expect(await by(asAnybody)(Offline, { input })).toMatchObject(delivered('QUEUED', 0))
    expect(workspace.mails).toHaveLength(1)
  })

  it.each([
    ['name', { name: ' ' }],
    ['email', { email: 'nobody' }],
    ['text', { text: '\n' }],
    ['host', { host: 'h'.repeat(501) }],
    ['provider', { provider: 'nobody' }],
  ])('because its %s is none is INVALID_INPUT there, before any call', async (field, wrong) => {
    const { rocketChat, by } = await openChat()
    const answer = await by(asAnybody)(Offline, { input: { ...input, ...wrong } })
    expect(answer).toMatchObject({ data: { sendOfflineMessage: { code: 'INVALID_INPUT', field } } })
    expect(rocketChat.counts()).toEqual({})
  })
})
