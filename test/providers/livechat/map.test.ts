import { describe, expect, it } from 'vitest'
import type { ChatMessageInput } from '../../../sandbox/livechat/index.ts'
import { fetchData } from '../../support/graphql-client.ts'
import { asOperator } from '../../support/test-gateway.ts'
import { WholeMessages } from './support/documents.ts'
import { asVisitorOf, openLiveChatGateway } from './support/livechat-gateway.ts'

async function lastOf(content: ChatMessageInput, by: 'customer' | 'agent' = 'customer') {
  const gateway = await openLiveChatGateway()
  const { chats } = gateway.liveChat
  const chat = chats.start({ customer: { name: 'Cy', email: 'cy@example.test' } })
  if (by === 'customer') chats.customerSends(chat.id, content)
  else chats.agentSends(chat.id, content)
  const { roomByNativeId } = await fetchData(gateway.url, WholeMessages, { id: chat.id, last: 1 }, asOperator)
  return { message: roomByNativeId?.messages.nodes[0], gateway, chat }
}

const file = 'https://cdn.livechat-files.com/api/file/lc/att/8948324/corner.png'
/** The address at the gateway, whatever the one at LiveChat. */
const address = expect.stringMatching(/^\/files\/[\w-]+$/)

const fields = [
  { type: 'header', id: '0', label: 'Before we start' },
  { type: 'name', id: '1', label: 'Your name:', answer: 'Cy' },
  { type: 'radio', id: '2', label: 'Purpose', answer: { id: '0', label: 'Sales' } },
  {
    type: 'checkbox',
    id: '3',
    label: 'Reach me by',
    answers: [
      { id: '0', label: 'mail' },
      { id: '1', label: 'phone' },
    ],
  },
  { type: 'question', id: '4', label: 'Anything else?' },
]

const eventForms: readonly (readonly [string, ChatMessageInput, object])[] = [
  ['message', 'hello 👋', { kind: 'TEXT', text: 'hello 👋', author: { name: 'Cy', role: 'VISITOR' } }],
  [
    'file',
    {
      type: 'file',
      fields: {
        name: 'corner.png',
        url: file,
        content_type: 'image/png',
        size: 123,
        alternative_text: 'A corner',
      },
    },
    {
      kind: 'FILE',
      text: 'A corner',
      attachments: [{ url: address, name: 'corner.png', contentType: 'image/png', size: 123 }],
    },
  ],
  [
    'file without size or description',
    { type: 'file', fields: { name: 'a.pdf', url: file, content_type: 'application/pdf' } },
    {
      kind: 'FILE',
      text: '',
      attachments: [{ url: address, name: 'a.pdf', contentType: 'application/pdf', size: null }],
    },
  ],
  [
    'file of an address that is none for people',
    { type: 'file', fields: { name: 'a', url: 'javascript:alert(1)', content_type: 'text/html' } },
    { kind: 'FILE', attachments: [{ url: address, name: 'a' }] },
  ],
  [
    'filled_form',
    { type: 'filled_form', fields: { form_id: 'f', fields } },
    {
      kind: 'FORM',
      text: 'Before we start\nYour name: Cy\nPurpose: Sales\nReach me by: mail, phone\nAnything else?',
      form: [
        { label: 'Your name', answer: 'Cy' },
        { label: 'Purpose', answer: 'Sales' },
        { label: 'Reach me by', answer: 'mail, phone' },
        { label: 'Anything else?', answer: null },
      ],
    },
  ],
  [
    'form',
    { type: 'form', fields: { form_id: 'f', fields: [{ id: '1', type: 'name', label: 'Name' }] } },
    { kind: 'FORM', text: 'Name', form: [{ label: 'Name', answer: null }] },
  ],
  [
    'rich_message',
    {
      type: 'rich_message',
      fields: {
        template_id: 'cards',
        elements: [{ title: 'Team plan' }, { image: {} }, { title: 'Pro plan' }],
      },
    },
    { kind: 'RICH', text: 'Team plan\nPro plan' },
  ],
  [
    'rich_message with buttons',
    {
      type: 'rich_message',
      fields: {
        template_id: 'cards',
        elements: [
          {
            title: 'Team plan',
            subtitle: 'Up to 25 seats',
            buttons: [
              { type: 'url', text: 'Details', value: 'https://shop.test/team' },
              { type: 'message', text: 'I take it', value: 'I take it' },
              { type: 'url', text: 'A script', value: 'javascript:alert(1)' },
            ],
          },
          { subtitle: 'Or call us', buttons: [{ type: 'phone', text: 'Call', value: '+4912345' }] },
        ],
      },
    },
    {
      kind: 'RICH',
      text: 'Team plan\nUp to 25 seats\nDetails: https://shop.test/team\nI take it\nA script\nOr call us\nCall',
      buttons: [
        { text: 'Details', url: 'https://shop.test/team' },
        { text: 'I take it', url: null },
        { text: 'A script', url: null },
        { text: 'Call', url: null },
      ],
    },
  ],
  ['custom', { type: 'custom', fields: { content: { a: 1 } } }, { kind: 'UNKNOWN', text: '' }],
  ['an unknown type', { type: 'hologram', fields: { text: 'boo' } }, { kind: 'UNKNOWN', text: 'boo' }],
  [
    'system_message',
    {
      type: 'system_message',
      fields: { system_message_type: 'rating.chat_rated', text: 'Cy rated the chat as good' },
    },
    { kind: 'SYSTEM', text: 'Cy rated the chat as good', author: null, systemEvent: 'RATED' },
  ],
  [
    'system_message without text',
    { type: 'system_message', fields: { system_message_type: 'agent_left' } },
    { kind: 'SYSTEM', text: 'agent_left', author: null, systemEvent: 'LEFT' },
  ],
  [
    'system',
    {
      type: 'system',
      fields: { source: 'cdp', subtype: 'store_order_was_created', version: 1, details: '{}' },
    },
    { kind: 'SYSTEM', text: 'store_order_was_created', author: null, systemEvent: 'OTHER' },
  ],
]

describe('an event mapped to a message', () => {
  it.each(eventForms)('%s', async (_type, content, expected) => {
    const { message } = await lastOf(content)
    const defaults = {
      visibility: 'EVERYONE',
      state: 'ACTIVE',
      editedAt: null,
      form: null,
      systemEvent: null,
    }
    expect(message).toMatchObject({ ...defaults, ...expected })
  })

  it('has its agent’s name and e-mail address for an operator, and only the name for the visitor', async () => {
    const { message, gateway, chat } = await lastOf('how can I help?', 'agent')
    const agent = { name: 'Robin Hale', avatarUrl: expect.stringMatching(/^https:/), role: 'AGENT' }
    expect(message?.author).toMatchObject({ ...agent, email: 'agent@switchboard.test' })
    const { roomByNativeId } = await fetchData(
      gateway.url,
      WholeMessages,
      { id: chat.id, last: 1 },
      asVisitorOf(gateway, chat),
    )
    expect(roomByNativeId?.messages.nodes[0]?.author).toMatchObject({ ...agent, email: null })
    expect(roomByNativeId?.messages.nodes[0]?.author?.nativeId).toMatch(/^[0-9a-f]{32}$/)
  })

  it('has the same id for both roles, and its time in milliseconds', async () => {
    const { message, gateway, chat } = await lastOf('hello')
    const stored = chat.threads[0]?.events[0]
    const { roomByNativeId } = await fetchData(
      gateway.url,
      WholeMessages,
      { id: chat.id, last: 1 },
      asVisitorOf(gateway, chat),
    )
    expect(roomByNativeId?.messages.nodes[0]?.id).toBe(message?.id)
    expect(message?.createdAt).toBe(new Date(Math.floor((stored?.createdAt ?? 0) / 1000)).toISOString())
  })

  it('has an unknown author if the chat no longer lists the author', async () => {
    const { gateway, chat } = await lastOf('hello')
    const thread = chat.threads[0]
    const gone = {
      id: `${thread?.id}_9`,
      type: 'message',
      authorId: 'gone@switchboard.test',
      fields: { text: 'before my time' },
    }
    thread?.events.push({ ...gone, createdAt: Date.now() * 1000, visibility: 'all', deleted: false })
    const { roomByNativeId } = await fetchData(
      gateway.url,
      WholeMessages,
      { id: chat.id, last: 1 },
      asOperator,
    )
    expect(roomByNativeId?.messages.nodes[0]?.author).toMatchObject({
      nativeId: 'gone@switchboard.test',
      name: null,
      role: 'UNKNOWN',
    })
  })

  it.each(['owner', 'normal'])(
    'is empty and DELETED to an agent of role %s once its visitor deleted it',
    async (role) => {
      const gateway = await openLiveChatGateway({
        configure: (right, { chats, tokens }) => {
          const agent = chats.agents.find((one) => one.role === role)
          return {
            ...right,
            credential: { type: 'pat', ...tokens.personalAccessToken({ agentId: agent?.id ?? '' }) },
          }
        },
      })
      const { chats } = gateway.liveChat
      const chat = chats.start()
      const sent = chats.customerSends(chat.id, 'my card is 4111')
      chats.customerDeletes(chat.id, sent.id)
      const read = async (headers: Readonly<Record<string, string>>) =>
        (await fetchData(gateway.url, WholeMessages, { id: chat.id, last: 5 }, headers)).roomByNativeId
          ?.messages.nodes
      expect(await read(asOperator)).toMatchObject([
        { nativeId: sent.id, kind: 'TEXT', text: '', state: 'DELETED' },
      ])
      expect(await read(asVisitorOf(gateway, chat))).toEqual([])
    },
  )
})

describe('an event that cannot be parsed', () => {
  it('is the only one left out', async () => {
    const gateway = await openLiveChatGateway()
    const { chats } = gateway.liveChat
    const chat = chats.start({ say: 'before' })
    const thread = chat.threads[0]
    const timeless = { id: 'odd', type: 'message', fields: { text: 'when?', created_at: 'soon' } }
    thread?.events.push({ ...timeless, createdAt: Date.now() * 1000, visibility: 'all', deleted: false })
    chats.customerSends(chat.id, 'after')
    const { roomByNativeId } = await fetchData(
      gateway.url,
      WholeMessages,
      { id: chat.id, last: 5 },
      asOperator,
    )
    expect(roomByNativeId?.messages.nodes.map(({ text }) => text)).toEqual(['before', 'after'])
    expect(gateway.log.map(({ msg }) => msg)).toContain('left out items of a response that could not be read')
  })
})
