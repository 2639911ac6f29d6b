import { describe, expect, it } from 'vitest'
import type { ProfileName } from '../../../../sandbox/rocketchat/index.ts'
import { visibleTexts } from '../support/rocketchat-gateway.ts'
import { Delete, Send, Update } from '../support/visitor-documents.ts'
import { openVisitorGateway } from '../support/visitor-gateway.ts'

const releases: readonly ProfileName[] = ['0.70', '4.x', '6.13', '7.13', '8.8', '9.0']

describe.each(releases)('an idempotency key on Rocket.Chat %s', (profile) => {
  it('returns the same message for the same input, one after another', async () => {
    const { workspace, vera } = await openVisitorGateway({ rocketChat: { profile } })
    const input = { roomId: vera.roomId, text: 'Once', idempotencyKey: 'key' }
    const first = await vera.ask(Send, { input })
    const second = await vera.ask(Send, { input })
    expect(first).toMatchObject({ data: { sendMessage: { message: { text: 'Once', state: 'ACTIVE' } } } })
    expect(second).toEqual(first)
    expect(visibleTexts(workspace, vera.rid)).toEqual(['Once'])
  })

  it('creates one message for sends that overlap on the server', async () => {
    const { workspace, vera } = await openVisitorGateway({ rocketChat: { profile } })
    const input = { roomId: vera.roomId, text: 'Once', idempotencyKey: 'key' }
    // Until the first response of a route and for a token, the gateway sends one request at a time.
    await vera.send('First', 'first-key')
    const held = workspace.holdInserts()
    const sending = [1, 2, 3].map(() => vera.ask(Send, { input }))
    await held.waiting(3)
    held.release()
    const [first, ...others] = await Promise.all(sending)
    expect(first).toMatchObject({ data: { sendMessage: { message: { text: 'Once' } } } })
    expect(others).toEqual([first, first])
    expect(visibleTexts(workspace, vera.rid)).toEqual(['First', 'Once'])
  })

  it('is a CONFLICT with another text', async () => {
    const { workspace, vera } = await openVisitorGateway({ rocketChat: { profile } })
    await vera.send('Once', 'key')
    const other = await vera.ask(Send, {
      input: { roomId: vera.roomId, text: 'Twice', idempotencyKey: 'key' },
    })
    expect(other).toMatchObject({ data: { sendMessage: { code: 'CONFLICT' } } })
    expect(visibleTexts(workspace, vera.rid)).toEqual(['Once'])
  })

  it('finds the message although it was edited since', async () => {
    const { vera } = await openVisitorGateway({ rocketChat: { profile } })
    const input = { roomId: vera.roomId, text: 'Once', idempotencyKey: 'key' }
    const { id } = await vera.send('Once', 'key')
    await vera.ask(Update, { input: { messageId: id, text: 'Changed' } })
    expect(await vera.ask(Send, { input })).toMatchObject({
      data: { sendMessage: { message: { id, text: 'Changed', state: 'EDITED' } } },
    })
  })

  it('creates another message in another room', async () => {
    const { workspace, vera, addVisitor } = await openVisitorGateway({ rocketChat: { profile } })
    const bob = addVisitor('Bob')
    await vera.send('Hello', 'key')
    await bob.send('Hello', 'key')
    expect([visibleTexts(workspace, vera.rid), visibleTexts(workspace, bob.rid)]).toEqual([
      ['Hello'],
      ['Hello'],
    ])
  })
})

it('sends without a key create a message each', async () => {
  const { workspace, vera } = await openVisitorGateway()
  await vera.send('Again')
  await vera.send('Again')
  expect(visibleTexts(workspace, vera.rid)).toEqual(['Again', 'Again'])
})

it('a key whose message was deleted does not restore it', async () => {
  const settings = { Message_ShowDeletedStatus: true }
  const { workspace, vera } = await openVisitorGateway({ rocketChat: { settings } })
  const input = { roomId: vera.roomId, text: 'Gone', idempotencyKey: 'key' }
  const { id } = await vera.send('Gone', 'key')
  await vera.ask(Delete, { input: { messageId: id } })
  expect(await vera.ask(Send, { input })).toMatchObject({
    data: { sendMessage: { message: { text: '', state: 'DELETED' } } },
  })
  expect(visibleTexts(workspace, vera.rid)).toEqual([])
})

it('an id that another visitor has already used is a CONFLICT and shows nothing of theirs', async () => {
  const { workspace, vera, addVisitor } = await openVisitorGateway()
  const bob = addVisitor('Bob')
  const { nativeId } = await vera.send('Mine', 'key')
  workspace.prune(nativeId)
  workspace.visitorSends(bob.rid, 'Bob’s secret', { _id: nativeId })
  const result = await vera.ask(Send, { input: { roomId: vera.roomId, text: 'Mine', idempotencyKey: 'key' } })
  expect(result).toMatchObject({ data: { sendMessage: { code: 'CONFLICT' } } })
  expect(JSON.stringify(result)).not.toContain('secret')
})
