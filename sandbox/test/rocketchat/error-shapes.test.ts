import { describe, expect, test } from 'vitest'
import { PROFILES } from '../../rocketchat/profiles.ts'
import { errorResponse } from '../../rocketchat/wire/error-response.ts'
import { startSandbox, startSandboxWithRoom } from './start-sandbox.ts'

const JSON_TYPE = { 'content-type': 'application/json' }

describe('the shapes of a refusal', () => {
  test('bare text of a plain error', async () => {
    const { api, access } = await startSandboxWithRoom()
    const answer = await api.get('livechat/message/none', access)
    expect(answer).toMatchObject({ status: 400, body: { success: false, error: 'invalid-message' } })
    expect(answer.body).not.toHaveProperty('errorType')
  })

  test('a reason with its code in brackets', async () => {
    const { api } = await startSandbox()
    const answer = await api.post('livechat/visitor', { visitor: { token: ' ' } })
    expect(answer.body).toEqual({
      success: false,
      error: 'Token cannot be empty [error-invalid-token]',
      errorType: 'error-invalid-token',
      details: { method: 'livechat/visitor' },
    })
  })

  test('a code in brackets alone', async () => {
    const { api } = await startSandbox()
    const answer = await api.get('livechat/visitor/nobody')
    expect(answer).toMatchObject({ status: 400 })
    expect(answer.body).toEqual({ success: false, error: '[invalid-token]', errorType: 'invalid-token' })
  })

  test('success: false and nothing else', async () => {
    const { sandbox, api, access } = await startSandboxWithRoom()
    sandbox.workspace.veto('send')
    const answer = await api.post('livechat/message', { ...access, msg: 'Hello' })
    expect(answer.body).toEqual({ success: false })
  })

  test("an object's own fields without `error`", async () => {
    const { api } = await startSandbox({ profile: '4.x', settings: { Livechat_display_offline_form: false } })
    const answer = await api.post('livechat/offline.message', {
      name: 'V',
      email: 'v@example.com',
      message: 'M',
    })
    expect(answer.body).toEqual({ success: false, message: 'Error sending livechat offline message' })
  })
})

test.each([
  ['8.8', 'unauthorized'],
  ['9.0', 'forbidden'],
] as const)('a missing permission is called in %s: %s', (profile, error) => {
  const answer = errorResponse({ kind: 'forbidden' }, PROFILES[profile], 'code')
  expect(answer).toEqual({ status: 403, body: { success: false, error } })
})

describe('4.x and older', () => {
  test('pass the error object through on POST and its code on the other methods', async () => {
    const { api, access } = await startSandboxWithRoom({ profile: '4.x' })
    const wrong = { ...access, token: 'nobody', msg: 'Hello' }
    expect((await api.post('livechat/message', wrong)).body).toEqual({
      success: false,
      isClientSafe: true,
      error: 'invalid-token',
      message: '[invalid-token]',
      errorType: 'Meteor.Error',
    })
    const bare = { success: false, error: 'invalid-token' }
    expect((await api.put('livechat/message/m', wrong)).body).toEqual(bare)
    expect((await api.delete('livechat/message/m', { ...access, token: 'nobody' })).body).toEqual(bare)
    expect((await api.get(`livechat/messages.history/${access.rid}`, { token: 'nobody' })).body).toEqual(bare)
    expect((await api.get(`livechat/messages.history/${access.rid}`)).body).toEqual({
      success: false,
      error: 'error-token-param-not-provided',
    })
  })

  test('coerce nothing and report a mismatch', async () => {
    const { api, access } = await startSandboxWithRoom({ profile: '4.x' })
    expect((await api.post('livechat/message', { ...access, msg: 1 })).body).toMatchObject({
      success: false,
      message: 'Match error: Expected string, got number in field msg',
      path: 'msg',
    })
    expect((await api.put('livechat/message/m', { ...access, msg: 1 })).body).toEqual({ success: false })
  })
})

describe('validation', () => {
  test('names the first violation only', async () => {
    const { api } = await startSandbox()
    const answer = await api.post('livechat/offline.message', { surplus: true })
    expect(answer.body).toEqual({
      success: false,
      error: "must have required property 'name' [invalid-params]",
      errorType: 'invalid-params',
    })
  })

  test.each([
    ['another content type', { body: '{"token":"t"}' }],
    ['broken JSON', { body: '{"token":"t"', headers: JSON_TYPE }],
    ['no body', { headers: JSON_TYPE }],
    ['a lone value', { body: '5', headers: JSON_TYPE }],
  ])('takes %s for an empty object', async (_name, init) => {
    const { api } = await startSandbox()
    const answer = await api.raw('/api/v1/livechat/message', { method: 'POST', ...init })
    expect(answer.body).toMatchObject({ error: "must have required property 'token' [invalid-params]" })
  })

  test('leaves the suffix out on typed routes and names queries otherwise', async () => {
    const eight = await startSandbox({ profile: '8.8' })
    const nine = await startSandbox({ profile: '9.0' })
    const query = { errorType: 'error-invalid-params', error: 'must NOT have additional properties' }
    expect((await eight.api.get('livechat/config', { x: '1' })).body).toEqual({ success: false, ...query })
    expect((await nine.api.post('livechat/message', {})).body).toEqual({
      success: false,
      errorType: 'invalid-params',
      error: "must have required property 'token'",
    })
  })

  test('of GET room and POST visitor is a runtime check', async () => {
    const { api } = await startSandbox()
    const errorOf = async (answer: Promise<{ body: unknown }>): Promise<unknown> => (await answer).body
    expect(await errorOf(api.get('livechat/room'))).toEqual({
      success: false,
      error: "Match error: Missing key 'token'",
    })
    expect(await errorOf(api.get('livechat/room', { token: 't', x: '1' }))).toEqual({
      success: false,
      error: 'Match error: Unknown key in field x',
    })
    expect(await errorOf(api.post('livechat/visitor', { visitor: { token: 't', name: 1 } }))).toEqual({
      success: false,
      error: 'Match error: Expected string, got number in field visitor.name',
    })
  })
})

test('answers carry success, JSON and no-store', async () => {
  const { api, access } = await startSandboxWithRoom()
  const { headers, body } = await api.get('livechat/room', access)
  expect(body).toMatchObject({ success: true })
  expect(headers.get('content-type')).toBe('application/json')
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('pragma')).toBe('no-cache')
})

test.each([
  ['0.70', '0.70.0'],
  ['8.8', '8.8'],
] as const)('%s announces itself at /api/info, outside v1, as %s', async (profile, version) => {
  const { api } = await startSandbox({ profile })
  expect(await api.raw('/api/info')).toMatchObject({ status: 200, body: { version, success: true } })
  expect((await api.raw('/api/v1/info')).status).toBe(404)
})

test('paths outside the API are the web app, with status 200', async () => {
  const { api } = await startSandbox()
  expect(await api.raw('/livechat/message')).toMatchObject({
    status: 200,
    body: expect.stringContaining('<html>'),
  })
  expect(await api.raw('/api/v1/livechat/nothing')).toMatchObject({ status: 404, body: '404 Not Found' })
})
