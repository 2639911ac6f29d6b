import { describe, expect, it } from 'vitest'
import { databases } from '../store/databases.ts'
import { fetchData } from '../support/graphql-client.ts'
import { createTestDirectory } from '../support/temporary-directory.ts'
import { asAnonymous, asVisitor } from '../support/test-gateway.ts'
import { KeyedRoom, Renew, Renewable } from './documents.ts'
import { openLiveChatRoom, openReplicas, startRoom } from './replicas.ts'

const actions = { operator: '/v3.6/agent/action/send_event', visitor: '/v3.6/customer/action/send_event' }

describe.each(databases)('two gateways on one $name', ({ empty }) => {
  it.each(['operator', 'visitor'] as const)(
    'that receive one key of an %s at once post once, and both return that message',
    async (who) => {
      const replicas = await openReplicas(await empty())
      const { send, said } = openLiveChatRoom(replicas)
      replicas.liveChat.injectFault({ kind: 'slow', ms: 300, route: actions[who] })
      const [first, ...others] = await Promise.all(
        [...replicas.urls, ...replicas.urls].map((url) => send(url, who)),
      )
      expect(first).toMatchObject({ message: { text: 'only once' } })
      expect(others).toEqual([first, first, first])
      expect(said()).toBe(1)
    },
  )

  it('reject a key that the other one received with another text', async () => {
    const replicas = await openReplicas(await empty())
    const { send, said } = openLiveChatRoom(replicas)
    const [one, other] = replicas.urls
    await send(one, 'visitor')
    expect(await send(other, 'visitor', 'another')).toMatchObject({ code: 'CONFLICT' })
    expect(said()).toBe(1)
  })

  it('release a key whose write was not executed', async () => {
    const replicas = await openReplicas(await empty())
    const { send, said } = openLiveChatRoom(replicas)
    const [one, other] = replicas.urls
    const body = { error: { type: 'validation', message: 'no' } }
    replicas.liveChat.injectFault({ kind: 'answer', status: 400, body, route: actions.visitor, times: 1 })
    expect(await send(one, 'visitor')).toMatchObject({ code: 'PROVIDER_ERROR' })
    expect(await send(other, 'visitor')).toMatchObject({ message: { text: 'only once' } })
    expect(said()).toBe(1)
  })

  it('find the result of a lost response from the other one, and send nothing twice', async () => {
    const replicas = await openReplicas(await empty())
    const { send, said } = openLiveChatRoom(replicas)
    const [one, other] = replicas.urls
    // The request arrives; neither its response nor a read of the chat comes back.
    replicas.liveChat.injectFault({ kind: 'reset-after-commit', route: actions.visitor, times: 1 })
    const body = { error: { type: 'internal', message: '' } }
    replicas.liveChat.injectFault({
      kind: 'answer',
      status: 500,
      body,
      route: '/v3.6/customer/action/get_chat',
      times: 1,
    })
    await send(one, 'visitor')
    expect(await send(other, 'visitor')).toMatchObject({ message: { text: 'only once' } })
    expect(said()).toBe(1)
  })

  it.each(['livechat', 'rocketchat'])(
    'open one room at %s for one key, at once and later, and both return its token',
    async (provider) => {
      const replicas = await openReplicas(await empty())
      const { urls, rocketChat, liveChat } = replicas
      for (const sandbox of [rocketChat, liveChat]) sandbox.injectFault({ kind: 'slow', ms: 100, times: 6 })
      const answers = await Promise.all([...urls, ...urls].map((url) => startRoom(url, provider)))
      answers.push(await startRoom(urls[0], provider), await startRoom(urls[1], provider))
      const [first] = answers
      if (!first || !('room' in first)) throw new Error(`not started: ${JSON.stringify(first)}`)
      expect(answers).toEqual(Array(6).fill(first))
      expect(provider === 'livechat' ? liveChat.chats.all : rocketChat.workspace.rooms()).toHaveLength(1)
      const variables = { provider, id: first.room.nativeId }
      const { roomByNativeId } = await fetchData(urls[1], KeyedRoom, variables, asVisitor(first.visitorToken))
      const said = roomByNativeId?.messages.nodes.filter(({ text }) => text === 'hello')
      expect(said).toHaveLength(1)
    },
  )

  it('renew a visitor by the renewal token of the other one, with which it sees its room', async () => {
    const { urls, liveChat } = await openReplicas(await empty())
    const input = { provider: 'livechat', name: 'Cy', text: 'hello' }
    const { startRoom: started } = await fetchData(urls[0], Renewable, { input }, asAnonymous)
    if (!('renewalToken' in started)) throw new Error('not started')
    liveChat.tokens.expireAll()
    const { renewVisitor: renewed } = await fetchData(
      urls[1],
      Renew,
      { input: { renewalToken: started.renewalToken ?? '' } },
      asAnonymous,
    )
    if (!('visitorToken' in renewed)) throw new Error(`not renewed: ${JSON.stringify(renewed)}`)
    const variables = { provider: 'livechat', id: started.room.nativeId }
    for (const url of urls) {
      const { roomByNativeId } = await fetchData(url, KeyedRoom, variables, asVisitor(renewed.visitorToken))
      expect(roomByNativeId?.messages.nodes.map(({ text }) => text)).toContain('hello')
    }
  })

  it.each(['livechat', 'rocketchat'])(
    'open another room at %s for another input with the key',
    async (provider) => {
      const { urls } = await openReplicas(await empty())
      const [one, other] = [
        await startRoom(urls[0], provider),
        await startRoom(urls[1], provider, { text: 'else' }),
      ]
      expect(one).toMatchObject({ __typename: 'StartRoomPayload' })
      expect(other).toMatchObject({ __typename: 'StartRoomPayload' })
      expect('room' in one && 'room' in other && one.room.id === other.room.id).toBe(false)
    },
  )
})

it('returns the room of a key that was closed since, and opens no other', async () => {
  const { urls, rocketChat } = await openReplicas({ dataDir: createTestDirectory() })
  const first = await startRoom(urls[0], 'rocketchat')
  if (!('room' in first)) throw new Error('not started')
  rocketChat.workspace.closeRoom(first.room.nativeId)
  expect(await startRoom(urls[1], 'rocketchat')).toEqual(first)
  expect(rocketChat.workspace.rooms()).toHaveLength(1)
})
