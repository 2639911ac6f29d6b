import { describe, expect, it } from 'vitest'
import type { ProfileName } from '../../../../sandbox/rocketchat/index.ts'
import { sendOperation } from '../../../support/graphql-client.ts'
import { asVisitor } from '../../../support/test-gateway.ts'
import { CONFIG, ROOM, SEND, VISITOR } from '../support/faults.ts'
import { visibleTexts } from '../support/rocketchat-gateway.ts'
import { Start } from '../support/visitor-documents.ts'
import { openVisitorGateway, type VisitorGateway } from '../support/visitor-gateway.ts'

const releases: readonly ProfileName[] = ['0.70', '4.x', '6.13', '7.13', '8.8', '9.0']
const KEY = '5b7e3a52-8a0b-4f57-b3f6-0a3b8a1c2d4e'

async function attempt({ url }: VisitorGateway, token: string, input: object = {}) {
  const variables = { input: { provider: 'rocketchat', ...input } }
  const { data } = await sendOperation(url, Start, variables, asVisitor(token))
  return data?.startRoom
}

async function start(gateway: VisitorGateway, token: string, input: object = {}) {
  const result = await attempt(gateway, token, input)
  if (result?.__typename !== 'StartRoomPayload') throw new Error(`no room: ${JSON.stringify(result)}`)
  return result
}

describe.each(releases)('a visitor that starts a room again on Rocket.Chat %s', (profile) => {
  it('gets its open room, and with a text sends it there', async () => {
    const gateway = await openVisitorGateway({ rocketChat: { profile } })
    const { token, rid } = gateway.vera
    const again = await start(gateway, token, { text: 'One more thing' })
    expect(again).toMatchObject({ visitorToken: token, room: { nativeId: rid, status: 'OPEN' } })
    expect(again.room.lastMessage).toMatchObject({ text: 'One more thing' })
    expect(visibleTexts(gateway.workspace, rid)).toEqual(['One more thing'])
  })

  it('gets a new room of the same visitor after its room was closed', async () => {
    const gateway = await openVisitorGateway({ rocketChat: { profile } })
    const { workspace, vera } = gateway
    const { _id } = workspace.visitor(vera.token)
    workspace.closeRoom(vera.rid)
    const again = await start(gateway, vera.token, { text: 'Me again' })
    expect(again).toMatchObject({
      visitorToken: vera.token,
      room: { status: 'OPEN', visitor: { nativeId: _id } },
    })
    expect(again.room.nativeId).not.toBe(vera.rid)
    expect(workspace.room(again.room.nativeId).v).toMatchObject({ _id, token: vera.token })
    // The closed room is still the visitor's.
    expect(await vera.send('late').catch(String)).toContain('ROOM_CLOSED')
  })
})

describe('a visitor that starts a room again', () => {
  it('costs one call to check its token, once, and registers only to change what is known of it', async () => {
    const gateway = await openVisitorGateway()
    const { rocketChat, vera, workspace } = gateway
    await start(gateway, vera.token, { text: 'one' })
    expect(rocketChat.counts()).toEqual({ [`GET ${CONFIG}`]: 1, [`GET ${ROOM}`]: 1, [`POST ${SEND}`]: 1 })
    rocketChat.clearCalls()
    await start(gateway, vera.token, { name: 'Vera V.', phone: '+48123456789' })
    expect(rocketChat.counts()).toEqual({ [`POST ${VISITOR}`]: 1, [`GET ${ROOM}`]: 1 })
    expect(workspace.visitor(vera.token)).toMatchObject({
      name: 'Vera V.',
      phone: [{ phoneNumber: '+48123456789' }],
    })
  })

  it('opens one room, however often it starts at once', async () => {
    // This release opens another room for each of two simultaneous requests.
    const gateway = await openVisitorGateway({ rocketChat: { profile: '7.13' } })
    const { workspace, vera } = gateway
    workspace.closeRoom(vera.rid)
    const texts = ['one', 'two', 'three']
    const started = await Promise.all(texts.map((text) => start(gateway, vera.token, { text })))
    expect(new Set(started.map(({ room }) => room.nativeId)).size).toBe(1)
    expect(visibleTexts(workspace, started[0]?.room.nativeId ?? '').toSorted()).toEqual(texts.toSorted())
  })

  it('gets the same room for the same key, also after that was closed, and another for another key', async () => {
    const gateway = await openVisitorGateway()
    const { workspace, vera } = gateway
    workspace.closeRoom(vera.rid)
    const input = { text: 'Hello', idempotencyKey: KEY }
    const first = await start(gateway, vera.token, input)
    workspace.closeRoom(first.room.nativeId)
    expect(await start(gateway, vera.token, input)).toMatchObject({
      visitorToken: vera.token,
      room: { nativeId: first.room.nativeId, status: 'CLOSED' },
    })
    const other = await start(gateway, vera.token, { ...input, idempotencyKey: `${KEY}-2` })
    expect(other.room.nativeId).not.toBe(first.room.nativeId)
    expect(visibleTexts(workspace, other.room.nativeId)).toEqual(['Hello'])
  })

  it('with a token that the server does not know gets UNAUTHENTICATED, and registers nobody', async () => {
    const gateway = await openVisitorGateway()
    const before = gateway.workspace.rooms().length
    expect(await attempt(gateway, 'of-nobody', { name: 'N' })).toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(gateway.rocketChat.counts()).toEqual({ [`GET ${CONFIG}`]: 1 })
    expect(() => gateway.workspace.visitor('of-nobody')).toThrow()
    expect(gateway.workspace.rooms()).toHaveLength(before)
    // The refusal is remembered for a minute.
    gateway.rocketChat.clearCalls()
    expect(await attempt(gateway, 'of-nobody')).toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(gateway.rocketChat.calls).toEqual([])
  })

  it('gets PROVIDER_UNAVAILABLE while livechat is disabled, and its token is not taken for unknown', async () => {
    const gateway = await openVisitorGateway()
    gateway.rocketChat.settings.Livechat_enabled = false
    expect(await attempt(gateway, gateway.vera.token)).toMatchObject({ code: 'PROVIDER_UNAVAILABLE' })
    gateway.rocketChat.settings.Livechat_enabled = true
    expect(await start(gateway, gateway.vera.token)).toMatchObject({ room: { nativeId: gateway.vera.rid } })
  })
})
