import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LiveChatSandbox, startLiveChatSandbox } from '../../livechat/index.ts'
import { apiError, callAgent, callCustomer, customerIdOf, lastThreadId, type WireChat } from './v3-client.ts'

let sandbox: LiveChatSandbox
beforeEach(async () => {
  sandbox = await startLiveChatSandbox({ seed: false })
})
afterEach(() => sandbox.close())

/** A chat, and functions that change and read its thread's properties as its customer. */
function openChat() {
  const chat = sandbox.chats.start({ customer: { name: 'Cy' }, say: 'hello' })
  const target = { chat_id: chat.id, thread_id: lastThreadId(chat) }
  const as = customerIdOf(chat)
  const call = (action: string, properties: object) =>
    callCustomer(sandbox, as, action, { ...target, properties })
  return {
    chat,
    update: (properties: object) => call('update_thread_properties', properties),
    remove: (properties: object) => call('delete_thread_properties', properties),
    events: () => chat.threads[0]?.events.map(({ fields }) => fields),
    readAsCustomer: async () =>
      (await callCustomer<WireChat>(sandbox, as, 'get_chat', { chat_id: chat.id })).body.thread,
    readAsAgent: async () =>
      (await callAgent<WireChat>(sandbox, 'get_chat', { chat_id: chat.id })).body.thread,
  }
}

describe('a rating', () => {
  it('is a property of the thread, open or closed, and keeps what a later one does not name', async () => {
    const { chat, update, readAsAgent, readAsCustomer, events } = openChat()
    expect((await update({ rating: { score: 1, comment: 'Thanks' } })).body).toEqual({})
    sandbox.chats.close(chat.id)
    await update({ rating: { score: 0 } })
    const rating = { score: 0, comment: 'Thanks' }
    expect(await readAsAgent()).toMatchObject({ properties: { rating } })
    expect(await readAsCustomer()).toMatchObject({ properties: { rating } })
    expect(events()).toMatchObject([
      { text: 'hello' },
      { system_message_type: 'rating.chat_rated', text_vars: { customer: 'Cy', score: 'good' } },
      { system_message_type: 'rating.chat_commented', text_vars: { comment: 'Thanks' } },
      { system_message_type: expect.stringContaining('archived') },
      { system_message_type: 'rating.chat_rated', text_vars: { customer: 'Cy', score: 'bad' } },
    ])
  })

  it('can be withdrawn', async () => {
    const { update, remove, readAsAgent, events } = openChat()
    await update({ rating: { score: 1, comment: 'Thanks' } })
    await remove({ rating: ['comment'] })
    expect(await readAsAgent()).toMatchObject({ properties: { rating: { score: 1 } } })
    await remove({ rating: ['score'] })
    expect(await readAsAgent()).toMatchObject({ properties: { rating: {} } })
    expect(events()?.at(-1)).toMatchObject({ system_message_type: 'rating.chat_rating_canceled' })
  })

  it('is good or bad', async () => {
    const { update } = openChat()
    expect((await update({ rating: { score: 5 } })).body).toMatchObject(apiError('validation'))
    expect((await update({ rating: { stars: 1 } })).body).toMatchObject(apiError('authorization'))
  })
})

describe('a transcript', () => {
  it('is mailed when the chat ends', async () => {
    const { chat, update, readAsCustomer, events } = openChat()
    await update({ routing: { transcript_email: 'cy@example.test' } })
    expect(await readAsCustomer()).toMatchObject({
      properties: { routing: { transcript_email: 'cy@example.test' } },
    })
    expect(events()?.at(-1)).toMatchObject({ system_message_type: 'transcript_requested' })
    sandbox.chats.close(chat.id)
    expect(events()?.at(-1)).toMatchObject({ system_message_type: 'transcript_sent' })
  })
})

describe('any other property', () => {
  it('is not for customers to write, and no chat of others', async () => {
    const { update } = openChat()
    expect((await update({ routing: { pinned: true } })).body).toMatchObject(apiError('authorization'))
    expect((await update({ chats: { resolved: true } })).body).toMatchObject(apiError('authorization'))
    const { chat } = openChat()
    const stranger = customerIdOf(openChat().chat)
    const input = { chat_id: chat.id, thread_id: lastThreadId(chat), properties: { rating: { score: 1 } } }
    const answer = await callCustomer(sandbox, stranger, 'update_thread_properties', input)
    expect(answer.body).toMatchObject(apiError('not_found'))
  })
})
