import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type ClassicErrorForm,
  htmlServerError,
  type LiveChatSandbox,
  startLiveChatSandbox,
} from '../../livechat/index.ts'
import { basic, getClassic } from './classic-client.ts'

let sandbox: LiveChatSandbox
const start = async (errorForm: ClassicErrorForm = 'error') => {
  sandbox = await startLiveChatSandbox({ seed: false, errorForm })
}
beforeEach(() => start())
afterEach(() => sandbox.close())

describe('who may ask', () => {
  it.each([
    ['nobody', undefined],
    ['a wrong key', basic('agent@switchboard.test', 'wrong')],
    ['a wrong login', basic('someone@switchboard.test', 'sandbox-api-key')],
    ['a bearer token', 'Bearer sandbox-api-key'],
    ['a login without a key', `Basic ${Buffer.from('agent@switchboard.test').toString('base64')}`],
    ['text that is not base64', 'Basic ???'],
  ])('is refused to %s', async (_who, authorization) => {
    const response = await fetch(`${sandbox.url}/offline_messages`, {
      headers: authorization ? { authorization } : {},
    })
    expect(response.status).toBe(401)
    expect(await response.json()).toEqual({ error: 'Invalid login or API key' })
  })

  it('takes the login and key that the sandbox was given', async () => {
    await sandbox.close()
    sandbox = await startLiveChatSandbox({ seed: false, login: 'ada@x.test', apiKey: 'k:with:colons' })
    expect((await getClassic(sandbox, '/offline_messages')).status).toBe(200)
  })
})

describe('bad arguments', () => {
  it.each([
    'date_from=10-03-2026',
    'date_from=2026-02-30',
    'date_to=today',
    'date_to=2026-3-1',
    'page=0',
    'page=-1',
    'page=two',
    'page=1.5',
    'skill=sales',
    'skill=-1',
    'skill=1e3',
  ])('%s is a 400 that names the argument', async (query) => {
    const response = await getClassic(sandbox, `/offline_messages?${query}`)
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ error: expect.stringContaining(query.split('=')[0] ?? '') })
  })
})

describe('what is not there', () => {
  it.each(['/offline_messages/NOSUCHID00', '/no/such/resource', '/offline_messages/%2E%2E'])(
    '%s is a 404',
    async (path) => {
      expect((await getClassic(sandbox, path)).status).toBe(404)
    },
  )

  it('includes every way of writing', async () => {
    const response = await fetch(`${sandbox.url}/offline_messages`, { method: 'POST', body: '{}' })
    expect(response.status).toBe(404)
  })
})

describe('the form of an error', () => {
  const text = 'Offline message not found'
  it.each<[ClassicErrorForm, unknown]>([
    ['error', { error: text }],
    ['errors-list', { errors: [text] }],
    ['errors-string', { errors: text }],
    ['errors-objects', { errors: [{ id: [text] }] }],
  ])('%s', async (form, body) => {
    await sandbox.close()
    await start(form)
    const response = await getClassic(sandbox, '/offline_messages/NOSUCHID00')
    expect(response.status).toBe(404)
    expect(await response.json()).toEqual(body)
  })

  it('plain is no JSON', async () => {
    await sandbox.close()
    await start('plain')
    const response = await getClassic(sandbox, '/offline_messages/NOSUCHID00')
    expect(response.headers.get('content-type')).toMatch('text/plain')
    expect(await response.text()).toBe(text)
  })

  it('is a page of HTML for a server fault, as long as the fault lasts', async () => {
    sandbox.injectFault({ ...htmlServerError, route: '/offline_messages', times: 1 })
    const broken = await getClassic(sandbox, '/offline_messages')
    expect(broken.status).toBe(500)
    expect(broken.headers.get('content-type')).toMatch('text/html')
    expect(await broken.text()).toMatch(/^<html>/)
    expect((await getClassic(sandbox, '/offline_messages')).status).toBe(200)
  })
})

it('counts the calls, refused ones too', async () => {
  await getClassic(sandbox, '/offline_messages')
  await getClassic(sandbox, '/offline_messages/NOSUCHID00')
  await getClassic(sandbox, '/elsewhere')
  expect(sandbox.counts()).toEqual({
    'GET /offline_messages': 1,
    'GET /offline_messages/:id': 1,
    'GET *': 1,
  })
})
