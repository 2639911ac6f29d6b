import { EventEmitter, once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { waitUntil } from '../../../test/support/graphql-client.ts'
import {
  apiFaults,
  htmlServerError,
  type LiveChatSandbox,
  startLiveChatSandbox,
} from '../../livechat/index.ts'
import { apiError, callAgent, callCustomer, customerIdOf, lastThreadId } from './v3-client.ts'

let sandbox: LiveChatSandbox
beforeEach(async () => {
  sandbox = await startLiveChatSandbox({ seed: false })
})
afterEach(() => sandbox.close())

const SEND = '/v3.6/agent/action/send_event'
const hello = (chat_id: string) => ({ chat_id, event: { type: 'message', text: 'hi', custom_id: 'c-1' } })

describe('faults', () => {
  it.each([
    ['tooManyRequests', 429, 'too_many_requests'],
    ['serviceUnavailable', 503, 'service_unavailable'],
    ['requestTimeout', 504, 'request_timeout'],
    ['internal', 500, 'internal'],
  ] as const)('%s answers %i once, for one method', async (name, status, type) => {
    const chat = sandbox.chats.start()
    sandbox.injectFault({ ...apiFaults[name], route: SEND, times: 1 })
    expect((await callAgent(sandbox, 'list_chats')).status).toBe(200)
    const answer = await callAgent(sandbox, 'send_event', hello(chat.id))
    expect([answer.status, answer.body]).toMatchObject([status, apiError(type)])
    expect(answer.headers.has('retry-after')).toBe(false)
    expect(chat.threads[0]?.events).toEqual([])
    expect((await callAgent(sandbox, 'send_event', hello(chat.id))).status).toBe(200)
  })

  it('may tell how long to wait', async () => {
    sandbox.injectFault(apiFaults.tooManyRequestsFor(7))
    expect((await callAgent(sandbox, 'list_chats')).headers.get('retry-after')).toBe('7')
  })

  it('may be a page of HTML', async () => {
    sandbox.injectFault(htmlServerError)
    const { status, body, headers } = await callAgent(sandbox, 'list_chats')
    expect([status, headers.get('content-type')]).toEqual([500, 'text/html; charset=utf-8'])
    expect(body).toMatch(/^<html>/)
  })

  it('may cut the line after the write took effect', async () => {
    const chat = sandbox.chats.start()
    sandbox.injectFault({ kind: 'reset-after-commit', route: SEND, times: 1 })
    await expect(callAgent(sandbox, 'send_event', hello(chat.id))).rejects.toThrow()
    expect(chat.threads[0]?.events).toMatchObject([{ customId: 'c-1' }])
  })

  it('may hold a write until it takes effect', async () => {
    const chat = sandbox.chats.start()
    const events = new EventEmitter()
    const until = once(events, 'release').then(() => {})
    sandbox.injectFault({ kind: 'hold-request', until, route: SEND, times: 1 })
    const held = callAgent(sandbox, 'send_event', hello(chat.id))
    await waitUntil(() => sandbox.calls.length === 1)
    expect(chat.threads[0]?.events).toEqual([])
    events.emit('release')
    expect((await held).status).toBe(200)
    expect(chat.threads[0]?.events).toMatchObject([{ customId: 'c-1' }])
  })

  it('may stall until the caller gives up', async () => {
    sandbox.injectFault({ kind: 'stall', times: 1 })
    const giveUp = new AbortController()
    const stalled = fetch(`${sandbox.url}/v1/tickets`, { signal: giveUp.signal })
    giveUp.abort()
    await expect(stalled).rejects.toThrow()
  })
})

describe('switches', () => {
  it('a method without a result answers {} or nothing', async () => {
    const chat = sandbox.chats.start()
    const input = { chat_id: chat.id, thread_id: lastThreadId(chat), tag: 'vip' }
    expect((await callAgent(sandbox, 'tag_thread', input)).body).toEqual({})
    sandbox.switches.voidBody = 'empty'
    const empty = await callAgent(sandbox, 'untag_thread', input)
    expect([empty.status, empty.body, empty.headers.get('content-length')]).toEqual([200, '', '0'])
  })

  it('the field names of 3.7 can come early', async () => {
    const chat = sandbox.chats.start({ say: 'hi' })
    sandbox.switches.chatFieldNames = '3.7'
    const { body } = await callAgent<{ chats_info: object[] }>(sandbox, 'list_chats')
    expect(body).not.toHaveProperty('chats_summary')
    expect(body.chats_info[0]).toMatchObject({
      id: chat.id,
      last_thread_info: {
        id: lastThreadId(chat),
        last_event_per_type: { message: { event: { text: 'hi' } } },
      },
    })
    expect(body.chats_info[0]).not.toHaveProperty('last_thread_summary')
    expect(body.chats_info[0]).not.toHaveProperty('last_event_per_type')
    const customer = await callCustomer(sandbox, customerIdOf(chat), 'list_chats')
    expect(customer.body).toMatchObject({ chats_info: [{ id: chat.id }] })
  })

  it('lifecycle headers come with every v3 answer, refusals too', async () => {
    sandbox.switches.lifecycleHeaders = { Legacy: '2027-02-01' }
    for (const action of ['list_chats', 'get_chat', 'nonsense']) {
      expect((await callAgent(sandbox, action)).headers.get('legacy')).toBe('2027-02-01')
    }
  })

  it('can be set from the start', async () => {
    const other = await startLiveChatSandbox({ seed: false, switches: { region: 'fra' } })
    expect((await callAgent(other, 'list_chats')).status).toBe(421)
    await other.close()
  })
})

it('calls are counted by route', async () => {
  await Promise.all([callAgent(sandbox, 'list_chats'), callAgent(sandbox, 'list_chats')])
  await callAgent(sandbox, 'nonsense')
  expect(sandbox.counts()).toEqual({ 'POST /v3.6/agent/action/list_chats': 2, 'POST *': 1 })
})
