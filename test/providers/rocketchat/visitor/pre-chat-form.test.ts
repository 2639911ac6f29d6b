import { describe, expect, it } from 'vitest'
import type { ProfileName } from '../../../../sandbox/rocketchat/index.ts'
import { fetchData, sendOperation } from '../../../support/graphql-client.ts'
import { asAnonymous } from '../../../support/test-gateway.ts'
import { PreChatForms, ProviderForms } from '../../support/pre-chat-documents.ts'
import { CONFIG, CUSTOM_FIELDS } from '../support/faults.ts'
import { Start } from '../support/visitor-documents.ts'
import { openVisitorGateway, type VisitorGateway } from '../support/visitor-gateway.ts'

const releases: readonly ProfileName[] = ['0.70', '4.x', '7.13', '9.0']
const nameField = { key: 'visitor.name', kind: 'NAME', label: null, required: true, options: [] }
const emailField = { key: 'visitor.email', kind: 'EMAIL', label: null, required: true, options: [] }

/** A licensed workspace whose form asks for a plan and a size. */
async function openGateway() {
  const gateway = await openVisitorGateway({ rocketChat: { settings: { Enterprise_License: 'any' } } })
  const { workspace } = gateway
  workspace.defineCustomField({
    _id: 'plan',
    label: 'Your plan',
    public: true,
    required: true,
    type: 'select',
    options: 'free, pro',
  })
  workspace.defineCustomField({ _id: 'size', public: true, regexp: '^\\d+$' })
  workspace.defineCustomField({ _id: 'internal' })
  workspace.defineCustomField({ _id: 'hidden', public: true, visibility: 'hidden' })
  workspace.defineCustomField({ _id: 'order', public: true, scope: 'room' })
  return gateway
}

const readForm = async ({ url }: VisitorGateway) =>
  (await fetchData(url, PreChatForms, {}, asAnonymous)).providers[0]?.preChatForm

async function start({ url }: VisitorGateway, input: object) {
  const { data } = await sendOperation(url, Start, { input: { provider: 'rocketchat', ...input } })
  return data?.startRoom
}

describe('the registration form', () => {
  it.each(releases)('requires the name and the e-mail address that %s asks for', async (profile) => {
    const gateway = await openVisitorGateway({ rocketChat: { profile } })
    expect(await readForm(gateway)).toEqual({ fields: [nameField, emailField] })
  })

  it('has the public fields of visitors on a server with a licence', async () => {
    expect(await readForm(await openGateway())).toEqual({
      fields: [
        nameField,
        emailField,
        {
          key: 'plan',
          kind: 'CHOICE',
          label: 'Your plan',
          required: true,
          options: [
            { value: 'free', label: 'free' },
            { value: 'pro', label: 'pro' },
          ],
        },
        { key: 'size', kind: 'TEXT', label: 'size', required: false, options: [] },
      ],
    })
  })

  it('asks what the settings say', async () => {
    const gateway = await openVisitorGateway({
      rocketChat: { settings: { Livechat_name_field_registration_form: false } },
    })
    expect(await readForm(gateway)).toEqual({ fields: [emailField] })
  })

  it('asks nothing where it is switched off', async () => {
    const settings = { Livechat_registration_form: false, Enterprise_License: 'any' }
    const gateway = await openVisitorGateway({ rocketChat: { settings } })
    gateway.workspace.defineCustomField({ _id: 'plan', public: true })
    expect(await readForm(gateway)).toEqual({ fields: [] })
  })

  it('is unknown where the server does not say, as when livechat is disabled', async () => {
    const gateway = await openVisitorGateway({ rocketChat: { settings: { Livechat_enabled: false } } })
    expect(await readForm(gateway)).toBeNull()
  })

  it('is that of every department, and costs nothing besides the configuration of the minute', async () => {
    const gateway = await openVisitorGateway()
    gateway.workspace.createDepartment({ name: 'Sales', agentIds: [gateway.ada._id] })
    for (let caller = 0; caller < 3; caller += 1) {
      const { providers } = await fetchData(gateway.url, PreChatForms, {}, asAnonymous)
      expect(providers[0]?.departments[0]?.preChatForm).toEqual(providers[0]?.preChatForm)
    }
    expect(gateway.rocketChat.counts()).toEqual({ [`GET ${CONFIG}`]: 1 })
  })

  it('that cannot be read is null with an error of its own', async () => {
    const gateway = await openVisitorGateway()
    gateway.rocketChat.injectFault({ kind: 'answer', status: 500, body: {}, route: CONFIG })
    const { data, errors } = await sendOperation(gateway.url, ProviderForms, {}, asAnonymous)
    expect(data?.providers).toEqual([{ name: 'rocketchat', online: null, preChatForm: null }])
    expect(errors?.map(({ path }) => path)).toContainEqual(['providers', 0, 'preChatForm'])
  })
})

describe('answers of the registration form', () => {
  it('become custom fields of the visitor', async () => {
    const gateway = await openGateway()
    const preChatAnswers = [
      { key: 'plan', values: ['pro'] },
      { key: 'size', values: ['42'] },
    ]
    const started = await start(gateway, { name: 'Grace', preChatAnswers, text: 'Hello' })
    if (started?.__typename !== 'StartRoomPayload') throw new Error(JSON.stringify(started))
    expect(gateway.workspace.visitor(started.visitorToken)).toMatchObject({
      name: 'Grace',
      livechatData: { plan: 'pro', size: '42' },
    })
    expect(gateway.rocketChat.counts()[`POST ${CUSTOM_FIELDS}`]).toBeUndefined()
  })

  it.each([
    [
      'an unknown key',
      [],
      [
        { key: 'plan', values: ['pro'] },
        { key: 'color', values: ['red'] },
      ],
      'preChatAnswers.1.key',
    ],
    ['a key that is missing', [], [{ key: 'size', values: ['42'] }], 'preChatAnswers'],
    [
      'an unknown key after a custom field',
      [{ key: 'internal', value: '1' }],
      [
        { key: 'plan', values: ['pro'] },
        { key: 'color', values: ['red'] },
      ],
      'preChatAnswers.1.key',
    ],
    [
      'the key of a custom field of the same input',
      [{ key: 'plan', value: 'pro' }],
      [{ key: 'plan', values: ['pro'] }],
      'preChatAnswers.0.key',
    ],
    ['no value', [], [{ key: 'plan', values: [] }], 'preChatAnswers.0.values'],
  ])('with %s are INVALID_INPUT, and no room stays open', async (_, customFields, preChatAnswers, field) => {
    const gateway = await openGateway()
    const before = gateway.workspace.rooms().filter(({ open }) => open).length
    const input = { customFields, preChatAnswers, text: 'Hello' }
    expect(await start(gateway, input)).toMatchObject({ code: 'INVALID_INPUT', field })
    expect(gateway.workspace.rooms().filter(({ open }) => open)).toHaveLength(before)
  })

  it('tell repetitions of a key apart', async () => {
    const gateway = await openGateway()
    const idempotencyKey = crypto.randomUUID()
    const startWith = async (plan: string) => {
      const preChatAnswers = [{ key: 'plan', values: [plan] }]
      const started = await start(gateway, { preChatAnswers, idempotencyKey })
      return started?.__typename === 'StartRoomPayload' ? started.room.id : started
    }
    const first = await startWith('pro')
    expect(await startWith('pro')).toEqual(first)
    expect(await startWith('free')).not.toEqual(first)
  })
})
