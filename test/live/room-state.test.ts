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

const cases = providerFixtures.flatMap((fixture) =>
  (['operator', 'visitor'] as const).map((role) => ({ fixture, name: fixture.name, role })),
)
const FAILURE = { kind: 'answer', status: 502, body: 'bad gateway' } as const

const whoIs = (
  role: 'operator' | 'visitor',
  fixture: ProviderFixture,
  setup: BothProviders,
  roomId: string,
): VisitorToken => (role === 'operator' ? null : fixture.visitorTokenOf(setup, roomId))

describe.each(cases)('the state of a room at $name, for an $role', ({ fixture, name, role }) => {
  const { room: roomRoute, messages: messagesRoute } = routes[name][role]

  it('arrives with its event even if the provider fails when the change is detected', async () => {
    const setup = await openBothProviders()
    const roomId = fixture.openRoom(setup)
    const events = await subscribeToRoomState(setup, fixture, roomId, whoIs(role, fixture, setup, roomId))
    fixture.sendAsVisitor(setup, roomId, 'hello')
    await events.nextOfMessage()
    const server = sandboxOf(setup, fixture)
    const restore = server.injectFault({ ...FAILURE, route: roomRoute })
    fixture.closeRoom(setup, roomId)
    expect(await events.nextOfMessage()).toMatchObject({ __typename: 'MessageAddedEvent' })
    const failed = () => server.calls.filter(({ route, status }) => route === roomRoute && status === 502)
    await waitUntil(() => failed().length > 1)
    restore()
    expect((await events.nextState()).state).toMatch(/^CLOSED/)
  })

  it('is delivered after a page with status OPEN that already contains the close message', async () => {
    const setup = await openBothProviders()
    const roomId = fixture.openRoom(setup)
    const who = whoIs(role, fixture, setup, roomId)
    const server = sandboxOf(setup, fixture)
    server.clearCalls()
    server.injectFault({ kind: 'slow', ms: 300, route: messagesRoute, times: 1 })
    const reading = readPage(setup, fixture, roomId, who)
    await waitUntil(() => server.calls.some(({ route }) => route === messagesRoute))
    fixture.closeRoom(setup, roomId)
    const page = await reading
    expect(page).toMatchObject({ status: 'OPEN', hasSystem: true })
    const events = await subscribeToRoomState(setup, fixture, roomId, who, page.after)
    expect(await events.nextState()).toMatchObject({ state: expect.stringMatching(/^CLOSED/), before: [] })
  })

  it('is delivered by another replica to a client that was cut off between the close message and the state', async () => {
    const setup = await openBothProviders()
    const replica = await setup.startReplica()
    const roomId = fixture.openRoom(setup)
    const who = whoIs(role, fixture, setup, roomId)
    const events = await subscribeToRoomState(
      setup,
      fixture,
      roomId,
      who,
      (await readPage(setup, fixture, roomId, who)).after,
    )
    const restore = sandboxOf(setup, fixture).injectFault({ ...FAILURE, route: roomRoute })
    fixture.closeRoom(setup, roomId)
    const { cursor } = await events.next()
    await events.stop()
    restore()
    const resumed = await subscribeToRoomState(replica, fixture, roomId, who, cursor)
    expect(await resumed.nextState()).toMatchObject({ state: expect.stringMatching(/^CLOSED/), before: [] })
  })

  it('is not delivered after a page with the current state', async () => {
    const setup = await openBothProviders()
    const roomId = fixture.openRoom(setup)
    const who = whoIs(role, fixture, setup, roomId)
    fixture.sendAsVisitor(setup, roomId, 'hello')
    const { after } = await readPage(setup, fixture, roomId, who)
    const events = await subscribeToRoomState(setup, fixture, roomId, who, after)
    fixture.sendAsVisitor(setup, roomId, 'and again')
    expect(await events.next()).toMatchObject({ __typename: 'MessageAddedEvent' })
    fixture.closeRoom(setup, roomId)
    expect(await events.nextState()).toMatchObject({ state: expect.stringMatching(/^CLOSED/) })
  })

  it('is delivered after an older cursor without a room state', async () => {
    const setup = await openBothProviders()
    const roomId = fixture.openRoom(setup)
    const who = whoIs(role, fixture, setup, roomId)
    fixture.sendAsVisitor(setup, roomId, 'hello')
    const { after } = await readPage(setup, fixture, roomId, who)
    const cursor = decodeCursor(after ?? '')
    const older = cursor && encodeCursor({ ...cursor, roomState: null })
    const events = await subscribeToRoomState(setup, fixture, roomId, who, older)
    fixture.closeRoom(setup, roomId)
    expect(await events.nextState()).toMatchObject({ state: expect.stringMatching(/^CLOSED/) })
  })
})

describe('a change of the room state without a message', () => {
  it('is delivered to a subscribed Rocket.Chat operator, and by another replica on resume', async () => {
    const setup = await openBothProviders()
    const { workspace } = setup.rocketChat
    const roomId = rocketChatFixture.openRoom(setup)
    const { after } = await readPage(setup, rocketChatFixture, roomId, null)
    const first = await subscribeToRoomState(setup, rocketChatFixture, roomId, null, after)
    workspace.holdRoom(roomId)
    expect(await first.nextState()).toEqual({ state: 'ON_HOLD, 1 agents', before: [] })
    const replica = await setup.startReplica()
    const second = await subscribeToRoomState(replica, rocketChatFixture, roomId, null, after)
    expect(await second.nextState()).toEqual({ state: 'ON_HOLD, 1 agents', before: [] })
  })

  it('is delivered on resume after an event from before the room could be read', async () => {
    const setup = await openBothProviders()
    const roomId = rocketChatFixture.openRoom(setup)
    const { after } = await readPage(setup, rocketChatFixture, roomId, null)
    rocketChatFixture.sendAsVisitor(setup, roomId, 'hello')
    const restore = setup.rocketChat.injectFault({ ...FAILURE, route: routes.rocketchat.operator.room })
    const first = await subscribeToRoomState(setup, rocketChatFixture, roomId, null, after)
    const { __typename, cursor } = await first.next()
    expect(__typename).toBe('MessageAddedEvent')
    await first.stop()
    restore()
    setup.rocketChat.workspace.holdRoom(roomId)
    const resumed = await subscribeToRoomState(
      await setup.startReplica(),
      rocketChatFixture,
      roomId,
      null,
      cursor,
    )
    expect(await resumed.nextState()).toEqual({ state: 'ON_HOLD, 1 agents', before: [] })
  })

  it('is delivered to visitors where the account poller serves their room', async () => {
    const setup = await openBothProviders()
    setup.rocketChat.settings.Hide_System_Messages = ['livechat-close']
    const roomId = rocketChatFixture.openRoom(setup)
    const token = rocketChatFixture.visitorTokenOf(setup, roomId)
    const { after } = await readPage(setup, rocketChatFixture, roomId, token)
    const visitor = await subscribeToRoomState(setup, rocketChatFixture, roomId, token, after)
    const operator = await subscribeToRoomState(setup, rocketChatFixture, roomId, null, after)
    await waitForSource(setup, rocketChatFixture, roomId, 'DIGEST')
    rocketChatFixture.closeRoom(setup, roomId)
    expect(await visitor.nextState()).toMatchObject({ state: expect.stringMatching(/^CLOSED/), before: [] })
    expect(await operator.nextState()).toMatchObject({ state: expect.stringMatching(/^CLOSED/), before: [] })
  })

  it('is delivered if it was made through this gateway, whatever the provider shows', async () => {
    const setup = await openBothProviders()
    rocketChatFixture.forbidActivity(setup)
    setup.rocketChat.settings.Hide_System_Messages = ['livechat-close']
    const roomId = rocketChatFixture.openRoom(setup)
    const token = rocketChatFixture.visitorTokenOf(setup, roomId)
    const { after } = await readPage(setup, rocketChatFixture, roomId, token)
    const visitor = await subscribeToRoomState(setup, rocketChatFixture, roomId, token, after)
    await sendOperation(setup.url, Close, { room: globalId(rocketChatFixture, roomId) }, asVisitor(token))
    expect(await visitor.nextState()).toEqual({ state: 'CLOSED, 0 agents', before: [] })
  })

  it.each(['operator', 'visitor'] as const)(
    'is delivered to an %s when a LiveChat conversation is reopened without a message',
    async (role) => {
      const setup = await openBothProviders()
      const roomId = liveChatFixture.openRoom(setup)
      liveChatFixture.sendAsVisitor(setup, roomId, 'hello')
      const who = whoIs(role, liveChatFixture, setup, roomId)
      liveChatFixture.closeRoom(setup, roomId)
      const { after, status } = await readPage(setup, liveChatFixture, roomId, who)
      expect(status).toBe('CLOSED')
      const events = await subscribeToRoomState(setup, liveChatFixture, roomId, who, after)
      setup.liveChat.chats.resume(roomId)
      expect((await events.nextState()).state).toBe('OPEN, 1 agents')
      const resumed = await subscribeToRoomState(
        await setup.startReplica(),
        liveChatFixture,
        roomId,
        who,
        after,
      )
      expect((await resumed.nextState()).state).toBe('OPEN, 1 agents')
    },
  )
})

describe('the room state in cursors', () => {
  it('is of the subscriber’s own view, and compared with the other view by status', async () => {
    const setup = await openBothProviders()
    const roomId = rocketChatFixture.openRoom(setup)
    const token = rocketChatFixture.visitorTokenOf(setup, roomId)
    const visitor = await subscribeToRoomState(setup, rocketChatFixture, roomId, token)
    const operator = await subscribeToRoomState(setup, rocketChatFixture, roomId, null)
    rocketChatFixture.closeRoom(setup, roomId)
    const [ofVisitor, ofOperator] = [await visitor.nextState(), await operator.nextState()]
    expect(ofOperator.state).toMatch(/^CLOSED, 1 agents/)
    // A visitor’s closed room shows no agents at Rocket.Chat.
    expect(ofVisitor.state).toBe('CLOSED, 0 agents')
    rocketChatFixture.sendAsVisitor(setup, roomId, 'late')
    const cursors = [await visitor.next(), await operator.next()].map(({ cursor }) => decodeCursor(cursor))
    expect(cursors.map((cursor) => cursor?.roomState?.view)).toEqual(['VISITOR', 'OPERATOR'])
    expect(cursors[0]?.roomState?.hash).not.toBe(cursors[1]?.roomState?.hash)
    const seen = cursors[1]
    if (!seen?.roomState) throw new Error('the cursor says nothing of the room')
    const crossed = encodeCursor({ ...seen, roomState: { ...seen.roomState, resend: 'NONE' } })
    const other = await subscribeToRoomState(
      await setup.startReplica(),
      rocketChatFixture,
      roomId,
      token,
      crossed,
    )
    rocketChatFixture.sendAsVisitor(setup, roomId, 'later')
    expect(await other.next()).toMatchObject({ __typename: 'MessageAddedEvent' })
  })
})

it('an idle room costs no room reads', async () => {
  const setup = await openBothProviders()
  rocketChatFixture.forbidActivity(setup)
  const { rocketChat } = setup
  const roomId = rocketChatFixture.openRoom(setup)
  const token = rocketChatFixture.visitorTokenOf(setup, roomId)
  await subscribeToRoomState(setup, rocketChatFixture, roomId, token)
  await subscribeToRoomState(setup, rocketChatFixture, roomId, null)
  const { operator, visitor } = routes.rocketchat
  const count = (route: string) => rocketChat.calls.filter((call) => call.route === route).length
  await waitUntil(() => count(operator.messages) > 2)
  rocketChat.clearCalls()
  await waitUntil(() => count(operator.messages) > 10)
  expect([count(operator.room), count(visitor.room)]).toEqual([0, 0])
})

it('an event that selects its room is delivered even if the provider fails at that moment', async () => {
  const setup = await openBothProviders()
  const roomId = rocketChatFixture.openRoom(setup)
  const socket = openSocketClient(setup.url, { authorization: `Bearer ${OPERATOR_KEY}` })
  const events = subscribe(socket, StatusOfAll, { room: globalId(rocketChatFixture, roomId) })
  const { room } = routes.rocketchat.operator
  await waitUntil(() => setup.rocketChat.calls.some(({ route, status }) => route === room && status === 200))
  await waitUntil(() => setup.gateway.startedSubscribers() === 1)
  setup.rocketChat.injectFault({ ...FAILURE, route: room })
  rocketChatFixture.sendAsVisitor(setup, roomId, 'hello')
  expect(await events.take(1)).toMatchObject([
    { data: { roomEvents: { __typename: 'MessageAddedEvent', room: { status: 'OPEN' } } } },
  ])
})
