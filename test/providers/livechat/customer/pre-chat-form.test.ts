import { describe, expect, it } from 'vitest'
import { apiFaults } from '../../../../sandbox/livechat/index.ts'
import { encodeId } from '../../../../src/domain/ids.ts'
import { fetchData, sendOperation } from '../../../support/graphql-client.ts'
import { asAnonymous, asVisitor } from '../../../support/test-gateway.ts'
import { PreChatForms, ProviderForms } from '../../support/pre-chat-documents.ts'
import { Start } from '../support/documents.ts'
import {
  countRequests,
  customerAction,
  type LiveChatGateway,
  openLiveChatGateway,
  withOAuth,
} from '../support/livechat-gateway.ts'

const openGateway = () => openLiveChatGateway({ configure: withOAuth })
const CONFIGURATION = customerAction('get_configuration')
const departmentIdOf = (departmentId: string) =>
  encodeId({ type: 'Department', provider: 'livechat', departmentId })

const form = {
  id: 'f',
  fields: [
    { type: 'header', label: 'Welcome' },
    { id: '1', type: 'name', label: 'Name:', required: true },
    { id: '2', type: 'email', label: 'E-mail:' },
    { id: '3', type: 'question', label: 'Order', required: true },
    { id: '4', type: 'textarea', label: 'Details' },
    {
      id: '5',
      type: 'select',
      label: 'Size',
      options: [
        { id: '0', label: 'S' },
        { id: '1', label: 'L' },
      ],
    },
    {
      id: '6',
      type: 'checkbox',
      label: 'I agree',
      options: [
        { id: '0', label: 'to all' },
        { id: '1', label: 'to more' },
      ],
    },
    { id: '7', type: 'group_chooser', label: 'To', options: [{ id: '0', group_id: 1, label: 'Support' }] },
    { id: '8', type: 'hologram', label: 'From a later release' },
  ],
}

const readForms = ({ url }: LiveChatGateway) => fetchData(url, PreChatForms, {}, asAnonymous)

async function attempt({ url }: LiveChatGateway, input: object, headers: Record<string, string> = {}) {
  return (await fetchData(url, Start, { input: { provider: 'livechat', ...input } }, headers)).startRoom
}

async function start(gateway: LiveChatGateway, input: object, headers: Record<string, string> = {}) {
  const result = await attempt(gateway, input, headers)
  if (result.__typename !== 'StartRoomPayload') throw new Error(`no room: ${JSON.stringify(result)}`)
  return result
}

const eventsOf = ({ liveChat }: LiveChatGateway, chatId: string) =>
  liveChat.chats
    .get(chatId)
    .threads.flatMap(({ events }) => events)
    .filter(({ type }) => type === 'message' || type === 'filled_form')
    .map(({ type, fields }) => ({ type, ...fields }))

describe('the pre-chat form', () => {
  it('has its questions in their order; headings, choosers of groups and unknown types are left out', async () => {
    const gateway = await openGateway()
    gateway.liveChat.chats.setPreChatForm(0, form)
    const { providers } = await readForms(gateway)
    expect(providers[0]?.preChatForm?.fields).toEqual([
      { key: '1', kind: 'NAME', label: 'Name:', required: true, options: [] },
      { key: '2', kind: 'EMAIL', label: 'E-mail:', required: false, options: [] },
      { key: '3', kind: 'TEXT', label: 'Order', required: true, options: [] },
      { key: '4', kind: 'LONG_TEXT', label: 'Details', required: false, options: [] },
      {
        key: '5',
        kind: 'CHOICE',
        label: 'Size',
        required: false,
        options: [
          { value: '0', label: 'S' },
          { value: '1', label: 'L' },
        ],
      },
      {
        key: '6',
        kind: 'MULTIPLE_CHOICE',
        label: 'I agree',
        required: false,
        options: [
          { value: '0', label: 'to all' },
          { value: '1', label: 'to more' },
        ],
      },
    ])
  })

  it('is the form of each group; a group without one asks nothing', async () => {
    const { providers } = await readForms(await openGateway())
    const byName = new Map(providers[0]?.departments.map(({ name, preChatForm }) => [name, preChatForm]))
    expect(byName.get('General')).toEqual(providers[0]?.preChatForm)
    expect(byName.get('Orders')?.fields.map(({ label }) => label)).toEqual(['Your name', 'Order number'])
    expect(byName.get('Billing')).toEqual({ fields: [] })
  })

  it('costs two calls per minute, for all callers together and with no credential', async () => {
    const gateway = await openLiveChatGateway({ configure: ({ credential: _none, ...right }) => right })
    for (let caller = 0; caller < 3; caller += 1) await fetchData(gateway.url, ProviderForms, {}, asAnonymous)
    // `online` costs the other read without a credential; it has no group.
    expect(countRequests(gateway)).toEqual({
      'customer/get_dynamic_configuration': 2,
      'customer/get_configuration': 1,
    })
  })

  it('is null without an organization id', async () => {
    const gateway = await openLiveChatGateway({ configure: ({ organizationId: _none, ...right }) => right })
    const { providers } = await fetchData(gateway.url, ProviderForms, {}, asAnonymous)
    expect(providers[0]?.preChatForm).toBeNull()
  })

  it.each([
    ['fails', { ...apiFaults.serviceUnavailable, route: CONFIGURATION }],
    ['cannot be read', { kind: 'answer', status: 200, body: { prechat_form: 'none' }, route: CONFIGURATION }],
  ] as const)('that %s is null with an error of its own', async (_, fault) => {
    const gateway = await openGateway()
    gateway.liveChat.injectFault(fault)
    const { data, errors } = await sendOperation(gateway.url, ProviderForms, {}, asAnonymous)
    expect(data?.providers).toEqual([{ name: 'livechat', online: true, preChatForm: null }])
    expect(errors?.map(({ path }) => path)).toEqual([['providers', 0, 'preChatForm']])
  })
})

describe('answers of the pre-chat form', () => {
  const preChatAnswers = [
    { key: '6', values: ['0', '1'] },
    { key: '3', values: ['4711'] },
    { key: '5', values: ['1'] },
  ]

  it('are the first event of the chat, with the name, the address and the department that the draft has', async () => {
    const gateway = await openGateway()
    gateway.liveChat.chats.setPreChatForm(1, form)
    const { room } = await start(gateway, {
      name: 'Grace',
      email: 'grace@shop.example',
      departmentId: departmentIdOf('1'),
      preChatAnswers,
      text: 'Hello',
    })
    expect(eventsOf(gateway, room.nativeId)).toEqual([
      {
        type: 'filled_form',
        form_id: 'f',
        fields: [
          { id: '1', type: 'name', label: 'Name:', answer: 'Grace' },
          { id: '2', type: 'email', label: 'E-mail:', answer: 'grace@shop.example' },
          { id: '3', type: 'question', label: 'Order', answer: '4711' },
          { id: '5', type: 'select', label: 'Size', answer: { id: '1', label: 'L' } },
          {
            id: '6',
            type: 'checkbox',
            label: 'I agree',
            answers: [
              { id: '0', label: 'to all' },
              { id: '1', label: 'to more' },
            ],
          },
          { id: '7', type: 'group_chooser', label: 'To', answer: { id: '0', group_id: 1, label: 'Support' } },
        ],
      },
      { type: 'message', text: 'Hello' },
    ])
    expect(room.visitor).toMatchObject({ name: 'Grace', email: 'grace@shop.example' })
  })

  it('come with a chat that is resumed, and once with a repeated key', async () => {
    const gateway = await openGateway()
    gateway.liveChat.chats.setPreChatForm(0, form)
    const chat = gateway.liveChat.chats.start({ say: 'hello' })
    gateway.liveChat.chats.close(chat.id)
    const token = gateway.liveChat.tokens.customerToken(gateway.liveChat.chats.customerOf(chat.id).id)
    const input = { preChatAnswers, text: 'again', idempotencyKey: crypto.randomUUID() }
    for (let time = 0; time < 2; time += 1) await start(gateway, input, asVisitor(token))
    expect(eventsOf(gateway, chat.id).map(({ type }) => type)).toEqual(['message', 'filled_form', 'message'])
  })

  it.each([
    ['an unknown key', { key: '9', values: ['x'] }, 'preChatAnswers.0.key'],
    ['the key of the name', { key: '1', values: ['Grace'] }, 'preChatAnswers.0.key'],
    ['a value that is no option', { key: '5', values: ['L'] }, 'preChatAnswers.0.values'],
    ['two values of one choice', { key: '5', values: ['0', '1'] }, 'preChatAnswers.0.values'],
    ['two texts', { key: '3', values: ['1', '2'] }, 'preChatAnswers.0.values'],
  ])('with %s are INVALID_INPUT, and no customer is created', async (_, answer, field) => {
    const gateway = await openGateway()
    gateway.liveChat.chats.setPreChatForm(0, form)
    const before = gateway.liveChat.chats.customers.length
    const input = { preChatAnswers: [answer], text: 'Hello' }
    expect(await attempt(gateway, input)).toMatchObject({ code: 'INVALID_INPUT', field })
    expect(gateway.liveChat.chats.customers).toHaveLength(before)
  })

  it('of a group without a form are INVALID_INPUT', async () => {
    const input = { departmentId: departmentIdOf('3'), preChatAnswers, text: 'Hello' }
    expect(await attempt(await openGateway(), input)).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'preChatAnswers',
    })
  })

  it('wait for the form: while it cannot be read, nothing is started', async () => {
    const gateway = await openGateway()
    gateway.liveChat.injectFault({ ...apiFaults.serviceUnavailable, route: CONFIGURATION })
    const before = gateway.liveChat.chats.customers.length
    expect(await attempt(gateway, { preChatAnswers, text: 'Hello' })).toMatchObject({
      code: 'PROVIDER_UNAVAILABLE',
    })
    expect(gateway.liveChat.chats.customers).toHaveLength(before)
  })
})
