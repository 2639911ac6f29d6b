import { describe, expect, it } from 'vitest'
import { decodeCursor, encodeCursor } from '../../src/cursor/cursor.ts'
import { openSocketClient, sendOperation, subscribe, waitUntil } from '../support/graphql-client.ts'
import { asVisitor, OPERATOR_KEY } from '../support/test-gateway.ts'
import { Close, StatusOfAll } from './account-documents.ts'
import {
  type BothProviders,
  globalId,
  liveChatFixture,
  openBothProviders,
  type ProviderFixture,
  providerFixtures,
  rocketChatFixture,
  waitForSource,
} from './both-providers.ts'
import {
  readPage,
  routes,
  sandboxOf,
  subscribeToRoomState,
  type VisitorToken,
} from './room-state-subscriptions.ts'

const cases = providerFixtures.flatMap((place) =>
  (['operator', 'visitor'] as const).map((role) => ({ place, name: place.name, role })),
)
const FAILURE = { kind: 'answer', status: 502, body: 'bad gateway' } as const

const whoIs = (
  role: 'operator' | 'visitor',
  place: ProviderFixture,
  house: BothProviders,
  roomId: string,
): VisitorToken => (role === 'operator' ? null : place.visitorTokenOf(house, roomId))

describe.each(cases)('the state of a room at $name, for an $role', ({ place, name, role }) => {
  const { room: roomRoute, messages: messagesRoute } = routes[name][role]

  it('arrives with its event though the provider fails when the change is seen', async () => {
    const house = await openBothProviders()
    const roomId = place.openRoom(house)
    const events = await subscribeToRoomState(house, place, roomId, whoIs(role, place, house, roomId))
    place.sendAsVisitor(house, roomId, 'hello')
    await events.next()
    const server = sandboxOf(house, place)
    const heal = server.injectFault({ ...FAILURE, route: roomRoute })
    place.closeRoom(house, roomId)
    expect(await events.next()).toMatchObject({ __typename: 'MessageAddedEvent' })
    const failed = () => server.calls.filter(({ route, status }) => route === roomRoute && status === 502)
    await waitUntil(() => failed().length > 1)
    heal()
    expect((await events.nextState()).state).toMatch(/^CLOSED/)
  })

  it('is reported after a page that says OPEN and shows the close message already', async () => {
    const house = await openBothProviders()
    const roomId = place.openRoom(house)
    const who = whoIs(role, place, house, roomId)
    const server = sandboxOf(house, place)
    server.clearCalls()
    server.injectFault({ kind: 'slow', ms: 300, route: messagesRoute, times: 1 })
    const reading = readPage(house, place, roomId, who)
    await waitUntil(() => server.calls.some(({ route }) => route === messagesRoute))
    place.closeRoom(house, roomId)
    const page = await reading
    expect(page).toMatchObject({ status: 'OPEN', hasSystem: true })
    const events = await subscribeToRoomState(house, place, roomId, who, page.after)
    expect(await events.nextState()).toMatchObject({ state: expect.stringMatching(/^CLOSED/), before: [] })
  })

  it('is reported by another replica to one that was cut off between the close message and the report', async () => {
    const house = await openBothProviders()
    const replica = await house.openReplica()
    const roomId = place.openRoom(house)
    const who = whoIs(role, place, house, roomId)
    const events = await subscribeToRoomState(
      house,
      place,
      roomId,
      who,
      (await readPage(house, place, roomId, who)).after,
    )
    const heal = sandboxOf(house, place).injectFault({ ...FAILURE, route: roomRoute })
    place.closeRoom(house, roomId)
    const { cursor } = await events.next()
    await events.stop()
    heal()
    const resumed = await subscribeToRoomState(replica, place, roomId, who, cursor)
    expect(await resumed.nextState()).toMatchObject({ state: expect.stringMatching(/^CLOSED/), before: [] })
  })

  it('is not reported after a page that is up to date', async () => {
    const house = await openBothProviders()
    const roomId = place.openRoom(house)
    const who = whoIs(role, place, house, roomId)
    place.sendAsVisitor(house, roomId, 'hello')
    const { after } = await readPage(house, place, roomId, who)
    const events = await subscribeToRoomState(house, place, roomId, who, after)
    place.sendAsVisitor(house, roomId, 'and again')
    expect(await events.next()).toMatchObject({ __typename: 'MessageAddedEvent' })
    place.closeRoom(house, roomId)
    expect(await events.nextState()).toMatchObject({ state: expect.stringMatching(/^CLOSED/) })
  })

  it('is reported after an older cursor too, which says nothing of it', async () => {
    const house = await openBothProviders()
    const roomId = place.openRoom(house)
    const who = whoIs(role, place, house, roomId)
    place.sendAsVisitor(house, roomId, 'hello')
    const { after } = await readPage(house, place, roomId, who)
    const cursor = decodeCursor(after ?? '')
    const older = cursor && encodeCursor({ ...cursor, roomState: null })
    const events = await subscribeToRoomState(house, place, roomId, who, older)
    place.closeRoom(house, roomId)
    expect(await events.nextState()).toMatchObject({ state: expect.stringMatching(/^CLOSED/) })
  })
})

describe('a change without a message', () => {
  it('is reported to an operator at Rocket.Chat while it watches, and by another replica when it comes back', async () => {
    const house = await openBothProviders()
    const { workspace } = house.rocketChat
    const roomId = rocketChatFixture.openRoom(house)
    const { after } = await readPage(house, rocketChatFixture, roomId, null)
    const first = await subscribeToRoomState(house, rocketChatFixture, roomId, null, after)
    workspace.holdRoom(roomId)
    expect(await first.nextState()).toEqual({ state: 'ON_HOLD, 1 agents', before: [] })
    const replica = await house.openReplica()
    const second = await subscribeToRoomState(replica, rocketChatFixture, roomId, null, after)
    expect(await second.nextState()).toEqual({ state: 'ON_HOLD, 1 agents', before: [] })
  })

  it('is reported to one that resumes after an event which came before the room could be read', async () => {
    const house = await openBothProviders()
    const roomId = rocketChatFixture.openRoom(house)
    const { after } = await readPage(house, rocketChatFixture, roomId, null)
    rocketChatFixture.sendAsVisitor(house, roomId, 'hello')
    const heal = house.rocketChat.injectFault({ ...FAILURE, route: routes.rocketchat.operator.room })
    const first = await subscribeToRoomState(house, rocketChatFixture, roomId, null, after)
    const { __typename, cursor } = await first.next()
    expect(__typename).toBe('MessageAddedEvent')
    await first.stop()
    heal()
    house.rocketChat.workspace.holdRoom(roomId)
    const resumed = await subscribeToRoomState(
      await house.openReplica(),
      rocketChatFixture,
      roomId,
      null,
      cursor,
    )
    expect(await resumed.nextState()).toEqual({ state: 'ON_HOLD, 1 agents', before: [] })
  })

  it('is reported to visitors too where the account poller serves their room', async () => {
    const house = await openBothProviders()
    house.rocketChat.settings.Hide_System_Messages = ['livechat-close']
    const roomId = rocketChatFixture.openRoom(house)
    const token = rocketChatFixture.visitorTokenOf(house, roomId)
    const { after } = await readPage(house, rocketChatFixture, roomId, token)
    const visitor = await subscribeToRoomState(house, rocketChatFixture, roomId, token, after)
    const operator = await subscribeToRoomState(house, rocketChatFixture, roomId, null, after)
    await waitForSource(house, rocketChatFixture, roomId, 'DIGEST')
    rocketChatFixture.closeRoom(house, roomId)
    expect(await visitor.nextState()).toMatchObject({ state: expect.stringMatching(/^CLOSED/), before: [] })
    expect(await operator.nextState()).toMatchObject({ state: expect.stringMatching(/^CLOSED/), before: [] })
  })

  it('is reported where it was made through this gateway, whatever the provider shows', async () => {
    const house = await openBothProviders()
    rocketChatFixture.forbidActivity(house)
    house.rocketChat.settings.Hide_System_Messages = ['livechat-close']
    const roomId = rocketChatFixture.openRoom(house)
    const token = rocketChatFixture.visitorTokenOf(house, roomId)
    const { after } = await readPage(house, rocketChatFixture, roomId, token)
    const visitor = await subscribeToRoomState(house, rocketChatFixture, roomId, token, after)
    await sendOperation(house.url, Close, { room: globalId(rocketChatFixture, roomId) }, asVisitor(token))
    expect(await visitor.nextState()).toEqual({ state: 'CLOSED, 0 agents', before: [] })
  })

  it.each(['operator', 'visitor'] as const)(
    'is reported to an %s when a LiveChat conversation is taken up again in silence',
    async (role) => {
      const house = await openBothProviders()
      const roomId = liveChatFixture.openRoom(house)
      liveChatFixture.sendAsVisitor(house, roomId, 'hello')
      const who = whoIs(role, liveChatFixture, house, roomId)
      liveChatFixture.closeRoom(house, roomId)
      const { after, status } = await readPage(house, liveChatFixture, roomId, who)
      expect(status).toBe('CLOSED')
      const events = await subscribeToRoomState(house, liveChatFixture, roomId, who, after)
      house.liveChat.chats.resume(roomId)
      expect((await events.nextState()).state).toBe('OPEN, 1 agents')
      const resumed = await subscribeToRoomState(
        await house.openReplica(),
        liveChatFixture,
        roomId,
        who,
        after,
      )
      expect((await resumed.nextState()).state).toBe('OPEN, 1 agents')
    },
  )
})

describe('what cursors say of the room', () => {
  it('is of the subscriber’s own view, and compared by the status with the other', async () => {
    const house = await openBothProviders()
    const roomId = rocketChatFixture.openRoom(house)
    const token = rocketChatFixture.visitorTokenOf(house, roomId)
    const visitor = await subscribeToRoomState(house, rocketChatFixture, roomId, token)
    const operator = await subscribeToRoomState(house, rocketChatFixture, roomId, null)
    rocketChatFixture.closeRoom(house, roomId)
    const [ofVisitor, ofOperator] = [await visitor.nextState(), await operator.nextState()]
    expect(ofOperator.state).toMatch(/^CLOSED, 1 agents/)
    // A visitor’s closed room shows no agents at Rocket.Chat.
    expect(ofVisitor.state).toBe('CLOSED, 0 agents')
    rocketChatFixture.sendAsVisitor(house, roomId, 'late')
    const cursors = [await visitor.next(), await operator.next()].map(({ cursor }) => decodeCursor(cursor))
    expect(cursors.map((cursor) => cursor?.roomState?.view)).toEqual(['VISITOR', 'OPERATOR'])
    expect(cursors[0]?.roomState?.hash).not.toBe(cursors[1]?.roomState?.hash)
    const seen = cursors[1]
    if (!seen?.roomState) throw new Error('the cursor says nothing of the room')
    const crossed = encodeCursor({ ...seen, roomState: { ...seen.roomState, resend: 'NONE' } })
    const other = await subscribeToRoomState(
      await house.openReplica(),
      rocketChatFixture,
      roomId,
      token,
      crossed,
    )
    rocketChatFixture.sendAsVisitor(house, roomId, 'later')
    expect(await other.next()).toMatchObject({ __typename: 'MessageAddedEvent' })
  })
})

it('costs a quiet room nothing per poll', async () => {
  const house = await openBothProviders()
  rocketChatFixture.forbidActivity(house)
  const { rocketChat } = house
  const roomId = rocketChatFixture.openRoom(house)
  const token = rocketChatFixture.visitorTokenOf(house, roomId)
  await subscribeToRoomState(house, rocketChatFixture, roomId, token)
  await subscribeToRoomState(house, rocketChatFixture, roomId, null)
  const { operator, visitor } = routes.rocketchat
  const count = (route: string) => rocketChat.calls.filter((call) => call.route === route).length
  await waitUntil(() => count(operator.messages) > 2)
  rocketChat.clearCalls()
  await waitUntil(() => count(operator.messages) > 10)
  expect([count(operator.room), count(visitor.room)]).toEqual([0, 0])
})

it('an event that selects its room outlives a provider that fails at delivery', async () => {
  const house = await openBothProviders()
  const roomId = rocketChatFixture.openRoom(house)
  const socket = openSocketClient(house.url, { authorization: `Bearer ${OPERATOR_KEY}` })
  const events = subscribe(socket, StatusOfAll, { room: globalId(rocketChatFixture, roomId) })
  const { room } = routes.rocketchat.operator
  await waitUntil(() => house.rocketChat.calls.some(({ route, status }) => route === room && status === 200))
  await waitUntil(() => house.gateway.liveCounts().subscribers === 1)
  house.rocketChat.injectFault({ ...FAILURE, route: room })
  rocketChatFixture.sendAsVisitor(house, roomId, 'hello')
  expect(await events.take(1)).toMatchObject([
    { data: { roomEvents: { __typename: 'MessageAddedEvent', room: { status: 'OPEN' } } } },
  ])
})
