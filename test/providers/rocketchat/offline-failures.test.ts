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
  timeoutFor,
} from './support/faults.ts'
import { Offline } from './support/visitor-documents.ts'
import { openVisitorGateway } from './support/visitor-gateway.ts'

const input = { provider: 'rocketchat', name: 'Nadia', email: 'nadia@example.org', text: 'Call me' }

const delivered = (state: string, attempts = 1) => ({
  data: { sendOfflineMessage: { offlineMessage: { delivery: { state, attempts } } } },
})

describe('an offline message after a lost response', () => {
  it.each([
    ['the response was lost after the commit', RESET_AFTER_COMMIT, 1],
    ['half the response arrived', HALF_BODY, 1],
    ['the connection was reset', RESET, 0],
    ['the server did not respond', NO_RESPONSE, 0],
    ['the server failed', SERVER_ERROR, 0],
    ['a proxy failed', BAD_GATEWAY, 0],
    ['an HTML page was returned', HTML_PAGE, 0],
  ] as const)('is UNCONFIRMED and never repeated when %s', async (_why, fault, mails) => {
    const { rocketChat, workspace, askWith } = await openVisitorGateway({ config: timeoutFor(fault) })
    rocketChat.injectFault({ ...fault, route: OFFLINE, times: 1 })
    const keyed = { input: { ...input, idempotencyKey: 'once' } }
    const result = await askWith(asAnonymous)(Offline, keyed)
    expect(result).toMatchObject(delivered('UNCONFIRMED'))
    expect(await askWith(asAnonymous)(Offline, keyed)).toEqual(result)
    expect(workspace.mails).toHaveLength(mails)
    expect(rocketChat.counts()).toEqual({ [`POST ${OFFLINE}`]: 1 })
  })
})

describe('an offline message that was certainly not sent', () => {
  it.each([
    ['the form is disabled', { Livechat_display_offline_form: false }],
    ['no recipient is configured', { Livechat_offline_email: '' }],
    ['the server uses another language', { Livechat_offline_email: '', Language: 'de' }],
  ])('is FAILED when %s, although the server gives no reason', async (_why, settings) => {
    for (const profile of ['4.x', '8.8'] as const) {
      const { workspace, askWith } = await openVisitorGateway({ rocketChat: { profile, settings } })
      const result = await askWith(asAnonymous)(Offline, { input })
      expect(result).toMatchObject(delivered('FAILED'))
      expect(workspace.mails).toEqual([])
    }
  })

  it.each([
    ['0.70 takes three fields only', '0.70', { ...input, department: 'Support' }],
    ['its address has no mail server', '8.8', { ...input, email: 'nadia@nowhere.invalid' }],
  ] as const)('is FAILED when %s', async (_why, profile, refused) => {
    const { askWith } = await openVisitorGateway({ rocketChat: { profile } })
    const result = await askWith(asAnonymous)(Offline, { input: refused })
    expect(result).toMatchObject(delivered('FAILED'))
  })

  it.each([
    [400, 'false'],
    [200, 'false'],
    [200, false],
  ])('is FAILED after a response with status %i and `success` %j', async (status, success) => {
    const { rocketChat, askWith } = await openVisitorGateway()
    const error = "must have required property 'name' [invalid-params]"
    const body = { success, error, errorType: 'invalid-params' }
    rocketChat.injectFault({ kind: 'answer', status, body, route: OFFLINE })
    const result = await askWith(asAnonymous)(Offline, { input })
    expect(result).toMatchObject(delivered('FAILED'))
  })

  it('is QUEUED when there is no connection', async () => {
    const { rocketChat, askWith } = await openVisitorGateway()
    await rocketChat.close()
    const result = await askWith(asAnonymous)(Offline, { input })
    expect(result).toMatchObject(delivered('QUEUED'))
  })

  it('is QUEUED if another was sent within five seconds, and so are later ones', async () => {
    const { workspace, askWith } = await openVisitorGateway({ rocketChat: { limiter: true } })
    await askWith(asAnonymous)(Offline, { input })
    expect(await askWith(asAnonymous)(Offline, { input })).toMatchObject(delivered('QUEUED', 0))
    expect(await askWith(asAnonymous)(Offline, { input })).toMatchObject(delivered('QUEUED', 0))
    expect(workspace.mails).toHaveLength(1)
  })

  it.each([
    ['name', { name: ' ' }],
    ['email', { email: 'nobody' }],
    ['text', { text: '\n' }],
    ['host', { host: 'h'.repeat(501) }],
    ['provider', { provider: 'nobody' }],
  ])('is INVALID_INPUT at a malformed %s, before any request', async (field, wrong) => {
    const { rocketChat, askWith } = await openVisitorGateway()
    const result = await askWith(asAnonymous)(Offline, { input: { ...input, ...wrong } })
    expect(result).toMatchObject({ data: { sendOfflineMessage: { code: 'INVALID_INPUT', field } } })
    expect(rocketChat.counts()).toEqual({})
  })
})
