import { describe, expect, it } from 'vitest'
import { sendOperation } from '../../../support/graphql-client.ts'
import { CUSTOM_FIELDS, ROOM, SEND, VISITOR } from '../support/faults.ts'
import { Start } from '../support/visitor-documents.ts'
import { openVisitorGateway, type VisitorGateway } from '../support/visitor-gateway.ts'

async function start({ url }: VisitorGateway, input: object) {
  const { data } = await sendOperation(url, Start, { input: { provider: 'rocketchat', ...input } })
  return data?.startRoom
}

const openRooms = ({ workspace }: VisitorGateway) => workspace.rooms().filter(({ open }) => open).length

async function openGateway() {
  const gateway = await openVisitorGateway()
  const { workspace } = gateway
  workspace.defineCustomField({ _id: 'plan', regexp: '^(free|pro)$' })
  workspace.defineCustomField({ _id: 'order', scope: 'room', regexp: '^\\d+$' })
  return gateway
}

describe('phone and custom fields of a started room', () => {
  it('are stored with the visitor in the same request', async () => {
    const gateway = await openGateway()
    const customFields = [{ key: 'plan', value: 'pro' }]
    const started = await start(gateway, { phone: '+48123456789', customFields, text: 'Hello' })
    if (started?.__typename !== 'StartRoomPayload') throw new Error(JSON.stringify(started))
    expect(gateway.workspace.visitor(started.visitorToken)).toMatchObject({
      phone: [{ phoneNumber: '+48123456789' }],
      livechatData: { plan: 'pro' },
    })
    expect(gateway.rocketChat.counts()).toEqual({
      [`POST ${VISITOR}`]: 1,
      [`GET ${ROOM}`]: 1,
      [`POST ${SEND}`]: 1,
    })
  })

  it('of the room are set after it was opened and before the first message, in one request more', async () => {
    const gateway = await openGateway()
    const customFields = [
      { key: 'plan', value: 'free' },
      { key: 'order', value: '4711' },
    ]
    const started = await start(gateway, { customFields, text: 'Hello' })
    if (started?.__typename !== 'StartRoomPayload') throw new Error(JSON.stringify(started))
    expect(gateway.workspace.room(started.room.nativeId).livechatData).toEqual({ order: '4711' })
    expect(gateway.workspace.visitor(started.visitorToken).livechatData).toEqual({ plan: 'free' })
    expect(gateway.rocketChat.calls.map(({ route }) => route)).toEqual([VISITOR, ROOM, CUSTOM_FIELDS, SEND])
  })

  it.each([
    ['an unknown key', [{ key: 'color', value: 'red' }], 'customFields.0.key'],
    [
      'one unknown key of several',
      [
        { key: 'plan', value: 'pro' },
        { key: 'color', value: 'red' },
      ],
      'customFields.1.key',
    ],
    [
      'several unknown keys',
      [
        { key: 'color', value: 'red' },
        { key: 'size', value: 'XL' },
      ],
      'customFields',
    ],
    ['a value that the room’s field does not accept', [{ key: 'order', value: 'none' }], 'customFields'],
  ])('with %s are INVALID_INPUT, and no room stays open', async (_what, customFields, field) => {
    const gateway = await openGateway()
    const before = openRooms(gateway)
    expect(await start(gateway, { customFields, text: 'Hello' })).toMatchObject({
      code: 'INVALID_INPUT',
      field,
    })
    expect(openRooms(gateway)).toBe(before)
    expect(gateway.rocketChat.counts()[`POST ${SEND}`]).toBeUndefined()
  })

  it('without a required one are INVALID_INPUT before a room is opened', async () => {
    const gateway = await openGateway()
    gateway.workspace.defineCustomField({ _id: 'consent', required: true })
    const customFields = [{ key: 'plan', value: 'pro' }]
    expect(await start(gateway, { customFields })).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'customFields',
    })
    expect(gateway.rocketChat.counts()).toEqual({ [`POST ${VISITOR}`]: 1 })
  })

  it.each([
    [{ phone: '123' }, 'phone'],
    [{ phone: '+0123456789' }, 'phone'],
    [{ phone: '+48 123 456 789' }, 'phone'],
    [{ customFields: [{ key: '', value: 'x' }] }, 'customFields.0.key'],
    [{ customFields: [{ key: 'k', value: ' ' }] }, 'customFields.0.value'],
    [{ customFields: [{ key: 'k', value: 'x'.repeat(1_001) }] }, 'customFields.0.value'],
    [{ customFields: [{ key: 'k'.repeat(101), value: 'x' }] }, 'customFields.0.key'],
    [
      {
        customFields: [
          { key: 'k', value: 'x' },
          { key: 'k', value: 'y' },
        ],
      },
      'customFields.1.key',
    ],
    [
      { customFields: Array.from({ length: 101 }, (_, index) => ({ key: `k${index}`, value: 'x' })) },
      'customFields',
    ],
  ])('that are malformed are INVALID_INPUT without a request: %j', async (input, field) => {
    const gateway = await openVisitorGateway()
    expect(await start(gateway, input)).toMatchObject({ code: 'INVALID_INPUT', field })
    expect(gateway.rocketChat.calls).toEqual([])
  })
})
