import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LiveChatSandbox, startLiveChatSandbox } from '../../livechat/index.ts'
import { callAgent, callCustomer, customerIdOf, type WireChat } from './v3-client.ts'

let sandbox: LiveChatSandbox
let chatId: string
beforeEach(async () => {
  sandbox = await startLiveChatSandbox({ seed: false })
  chatId = sandbox.chats.start().id
})
afterEach(() => sandbox.close())

const send = (event: object) => callAgent(sandbox, 'send_event', { chat_id: chatId, event })
const url = 'https://cdn.livechat-files.com/api/file/a/b/photo.JPG'
const buttons = (count: number) => Array.from({ length: count }, () => ({ text: 'x', postback_id: 'x' }))

describe('what can be sent comes back as it was', () => {
  it.each<[string, object]>([
    ['message', { text: 'x', postback: { id: 'p', thread_id: 't', event_id: 'e' } }],
    ['rich_message', { template_id: 'cards', elements: [{ title: 'T', buttons: buttons(13) }] }],
    ['filled_form', { form_id: '1', fields: [{ id: '1', type: 'name', label: 'Name', answer: 'Ada' }] }],
    ['form', { form_id: '1', fields: [{ id: '1', type: 'name', label: 'Name' }] }],
    ['custom', { content: { nested: { json: [1, null] } } }],
    ['system_message', { system_message_type: 'my_app', text: 'said', text_vars: { a: 'b' } }],
  ])('%s', async (type, fields) => {
    expect((await send({ type, ...fields })).status).toBe(200)
    const { body } = await callAgent<WireChat>(sandbox, 'get_chat', { chat_id: chatId })
    expect(body.thread?.events?.[0]).toMatchObject({ type, ...fields })
  })
})

describe('files', () => {
  const read = async () => {
    const { body } = await callAgent<WireChat>(sandbox, 'get_chat', { chat_id: chatId })
    return body.thread?.events?.[0]
  }

  it('get name and content type, and pictures their sizes', async () => {
    await send({ type: 'file', url, alternative_text: 'A cat' })
    expect(await read()).toMatchObject({
      url,
      name: 'photo.JPG',
      content_type: 'image/jpeg',
      alternative_text: 'A cat',
      width: expect.any(Number),
      thumbnail_url: expect.any(String),
    })
  })

  it('other than pictures have neither size nor thumbnail', async () => {
    await send({ type: 'file', url: url.replace('JPG', 'zip') })
    expect(await read()).toMatchObject({ name: 'photo.zip', content_type: 'application/octet-stream' })
    expect(await read()).not.toHaveProperty('thumbnail_url')
  })
})

describe('what cannot be sent', () => {
  it.each<[string, object, string]>([
    ['an unknown type', { type: 'poll' }, 'event.type'],
    ['a system event', { type: 'system', source: 'cdp' }, 'event.type'],
    ['no text', { type: 'message' }, 'event.text'],
    ['an empty text', { type: 'message', text: '' }, 'event.text'],
    ['a text above 16 KB', { type: 'message', text: '😁'.repeat(4097) }, 'event.text'],
    ['a file from elsewhere', { type: 'file', url: 'https://example.com/a.png' }, 'event.url'],
    ['a field of another type', { type: 'message', text: 'x', url }, 'event.url'],
    [
      'eleven elements',
      { type: 'rich_message', template_id: 'cards', elements: Array(11).fill({}) },
      'event.elements',
    ],
    [
      'fourteen buttons',
      { type: 'rich_message', template_id: 'cards', elements: [{ buttons: buttons(14) }] },
      'event.elements.0.buttons',
    ],
    ['an unknown template', { type: 'rich_message', template_id: 'carousel' }, 'event.template_id'],
    ['an unknown visibility', { type: 'message', text: 'x', visibility: 'me' }, 'event.visibility'],
  ])('%s', async (_what, event, name) => {
    const { status, body } = await send(event)
    expect(status).toBe(400)
    expect(body).toMatchObject({
      error: { type: 'validation', message: expect.stringContaining(`\`${name}\``) },
    })
  })

  it('16 KB of text are just enough', async () => {
    expect((await send({ type: 'message', text: '😁'.repeat(4096) })).status).toBe(200)
  })
})

it('customers may still say `recipients`, and their visibility is not theirs to choose', async () => {
  const customerId = customerIdOf(sandbox.chats.get(chatId))
  const event = { type: 'message', text: 'hi', recipients: 'all', visibility: 'agents' }
  await callCustomer(sandbox, customerId, 'send_event', { chat_id: chatId, event })
  const { body } = await callAgent<WireChat>(sandbox, 'get_chat', { chat_id: chatId })
  expect(body.thread?.events?.[0]).toMatchObject({ text: 'hi', visibility: 'all', author_id: customerId })
  expect(body.thread?.events?.[0]).not.toHaveProperty('recipients')
})
