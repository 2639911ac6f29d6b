import { describe, expect, it } from 'vitest'
import { asAnonymous } from '../../support/test-gateway.ts'
import {
  BAD_GATEWAY,
  HALF_BODY,
  HTML_PAGE,
  NO_RESPONSE,
  OFFLINE,
  RESET,
  RESET_AFTER_COMMIT,
  SERVER_ERROR,
  SHORT_TIMEOUT,
} from './support/faults.ts'
import { Offline } from './support/visitor-documents.ts'
import { openVisitorGateway } from './support/visitor-gateway.ts'

const input = { provider: 'rocketchat', name: 'Nadia', email: 'nadia@example.org', text: 'Call me' }

const delivered = (state: string, attempts = 1) => ({
  data: { sendOfflineMessage: { offlineMessage: { delivery: { state, attempts } } } },
})

describe('an offline message whose answer is lost', () => {
  it.each([
    ['the answer was cut after the commit', RESET_AFTER_COMMIT, 1],
    ['the answer was cut in its middle', HALF_BODY, 1],
    ['the line was cut', RESET, 0],
    ['the server stayed silent', NO_RESPONSE, 0],
    ['the server failed', SERVER_ERROR, 0],
    ['a proxy failed', BAD_GATEWAY, 0],
    ['a page came instead', HTML_PAGE, 0],
  ] as const)('because %s is UNCONFIRMED, and never repeated', async (_why, fault, mails) => {
    const { rocketChat, workspace, askWith: by } = await openVisitorGateway({ config: SHORT_TIMEOUT })
    rocketChat.injectFault({ ...fault, route: OFFLINE, times: 1 })
    const keyed = { input: { ...input, idempotencyKey: 'once' } }
    const answer = await by(asAnonymous)(Offline, keyed)
    expect(answer).toMatchObject(delivered('UNCONFIRMED'))
    expect(await by(asAnonymous)(Offline, keyed)).toEqual(answer)
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
      const { workspace, askWith: by } = await openVisitorGateway({ rocketChat: { profile, settings } })
      const answer = await by(asAnonymous)(Offline, { input })
      expect(answer).toMatchObject(delivered('FAILED'))
      expect(workspace.mails).toEqual([])
    }
  })

  it.each([
    ['0.70 takes three fields only', '0.70', { ...input, department: 'Support' }],
    ['its address has no mail server', '8.8', { ...input, email: 'nadia@nowhere.invalid' }],
  ] as const)('because %s is FAILED', async (_why, profile, refused) => {
    const { askWith: by } = await openVisitorGateway({ rocketChat: { profile } })
    const answer = await by(asAnonymous)(Offline, { input: refused })
    expect(answer).toMatchObject(delivered('FAILED'))
  })

  it.each([
    [400, 'false'],
    [200, 'false'],
    [200, false],
  ])('because the server says so with status %i and `success` %j is FAILED', async (status, success) => {
    const { rocketChat, askWith: by } = await openVisitorGateway()
    const error = "must have required property 'name' [invalid-params]"
    const body = { success, error, errorType: 'invalid-params' }
    rocketChat.injectFault({ kind: 'answer', status, body, route: OFFLINE })
    const answer = await by(asAnonymous)(Offline, { input })
    expect(answer).toMatchObject(delivered('FAILED'))
  })

  it('because there was no connection is QUEUED', async () => {
    const { rocketChat, askWith: by } = await openVisitorGateway()
    await rocketChat.close()
    const answer = await by(asAnonymous)(Offline, { input })
    expect(answer).toMatchObject(delivered('QUEUED'))
  })

  it('because another came within five seconds is held back here, QUEUED, and so are those behind it', async () => {
    const { workspace, askWith: by } = await openVisitorGateway({ rocketChat: { limiter: true } })
    await by(asAnonymous)(Offline, { input })
    expect(await by(asAnonymous)(Offline, { input })).toMatchObject(delivered('QUEUED', 0))
    expect(await by(asAnonymous)(Offline, { input })).toMatchObject(delivered('QUEUED', 0))
    expect(workspace.mails).toHaveLength(1)
  })

  it.each([
    ['name', { name: ' ' }],
    ['email', { email: 'nobody' }],
    ['text', { text: '\n' }],
    ['host', { host: 'h'.repeat(501) }],
    ['provider', { provider: 'nobody' }],
  ])('because its %s is none is INVALID_INPUT there, before any call', async (field, wrong) => {
    const { rocketChat, askWith: by } = await openVisitorGateway()
    const answer = await by(asAnonymous)(Offline, { input: { ...input, ...wrong } })
    expect(answer).toMatchObject({ data: { sendOfflineMessage: { code: 'INVALID_INPUT', field } } })
    expect(rocketChat.counts()).toEqual({})
  })
})
