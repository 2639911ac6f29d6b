import { describe, expect, it } from 'vitest'
import { decodeCursor, encodeCursor } from '../../src/cursor/cursor.ts'
import { openSocketClient, sendOperation, subscribe, waitUntil } from '../support/graphql-client.ts'
import { asVisitor, OPERATOR_KEY } from '../support/test-gateway.ts'
import { Close, StatusOfAll } from './account-documents.ts'
import {
  globalId,
  type House,
  liveChatPlace,
  openHouse,
  type Place,
  places,
  rocketChatPlace,
  servedBy,
} from './both-providers.ts'
import { follow, readPage, routes, serverOf, type Who } from './room-state-subscriptions.ts'

const cases = places.flatMap((place) =>
  (['operator', 'visitor'] as const).map((role) => ({ place, name: place.name, role })),
)
const FAILURE = { kind: 'answer', status: 502, body: 'bad gateway' } as const

const whoIs = (role: 'operator' | 'visitor', place: Place, house: House, roomId: string): Who =>
  role === 'operator' ? null : place.tokenOf(house, roomId)

describe.each(cases)('the state of a room at $name, for an $role', ({ place, name, role }) => {
  const { room: roomRoute, messages: messagesRoute } = routes[name][role]

  it('arrives with its event though the provider fails when the change is seen', async () => {
    const house = await openHouse()
    const roomId = place.open(house)
    const events = await follow(house, place, roomId, whoIs(role, place, house, roomId))
    place.say(house, roomId, 'hello')
    await events.next()
    const server = serverOf(house, place)
    const heal = server.injectFault({ ...FAILURE, route: roomRoute })
    place.close(house, roomId)
    expect(await events.next()).toMatchObject({ __typename: 'MessageAddedEvent' })
    const failed = () => server.calls.filter(({ route, status }) => route === roomRoute && status === 502)
    await waitUntil(() => failed().length > 1)
    heal()
    expect((await events.nextState()).state).toMatch(/^CLOSED/)
  })

  it('is reported after a page that says OPEN and shows the close message already', async () => {
    const house = await openHouse()
    const roomId = place.open(house)
    const who = whoIs(role, place, house, roomId)
    const server = serverOf(house, place)
    server.clearCalls()
    server.injectFault({ kind: 'slow', ms: 300, route: messagesRoute, times: 1 })
    const reading = readPage(house, place, roomId, who)
    await waitUntil(() => server.calls.some(({ route }) => route === messagesRoute))
    place.close(house, roomId)
    const page = await reading
    expect(page).toMatchObject({ status: 'OPEN', hasSystem: true })
    const events = await follow(house, place, roomId, who, page.after)
    expect(await events.nextState()).toMatchObject({ state: expect.stringMatching(/^CLOSED/), before: [] })
  })

  it('is reported by another replica to one that was cut off between the close message and the report', async () => {
    const house = await openHouse()
    const replica = await house.openReplica()
    const roomId = place.open(house)
    const who = whoIs(role, place, house, roomId)
    const events = await follow(house, place, roomId, who, (await readPage(house, place, roomId, who)).after)
    const heal = serverOf(house, place).injectFault({ ...FAILURE, route: roomRoute })
    place.close(house, roomId)
    const { cursor } = await events.next()
    await events.stop()
    heal()
    const resumed = await follow(replica, place, roomId, who, cursor)
    expect(await resumed.nextState()).toMatchObject({ state: expect.stringMatching(/^CLOSED/), before: [] })
  })

  it('is not reported after a page that is up to date', async () => {
    const house = await openHouse()
    const roomId = place.open(house)
    const who = whoIs(role, place, house, roomId)
    place.say(house, roomId, 'hello')
    const { after } = await readPage(house, place, roomId, who)
    const events = await follow(house, place, roomId, who, after)
    place.say(house, roomId, 'and again')
    expect(await events.next()).toMatchObject({ __typename: 'MessageAddedEvent' })
    place.close(house, roomId)
    expect(await events.nextState()).toMatchObject({ state: expect.stringMatching(/^CLOSED/) })
  })

  it('is reported after an older cursor too, which says nothing of it', async () => {
    const house = await openHouse()
    const roomId = place.open(house)
    const who = whoIs(role, place, house, roomId)
    place.say(house, roomId, 'hello')
    const { after } = await readPage(house, place, roomId, who)
    const cursor = decodeCursor(after ?? '')
    const older = cursor && encodeCursor({ ...cursor, roomState: null })
    const events = await follow(house, place, roomId, who, older)
    place.close(house, roomId)
    expect(await events.nextState()).toMatchObject({ state: expect.stringMatching(/^CLOSED/) })
  })
})

describe('a change without a message', () => {
  it('is reported to an operator at Rocket.Chat while it watches, and by another replica when it comes back', async () => {
    const house = await openHouse()
    const { workspace } = house.rocketChat
    const roomId = rocketChatPlace.open(house)
    const { after } = await readPage(house, rocketChatPlace, roomId, null)
    const first = await follow(house, rocketChatPlace, roomId, null, after)
    workspace.holdRoom(roomId)
    expect(await first.nextState()).toEqual({ state: 'ON_HOLD, 1 agents', before: [] })
    const replica = await house.openReplica()
    const second = await follow(replica, rocketChatPlace, roomId, null, after)
    expect(await second.nextState()).toEqual({ state: 'ON_HOLD, 1 agents', before: [] })
  })

  it('is reported to one that resumes after an event which came before the room could be read', async () => {
    const house = await openHouse()
    const roomId = rocketChatPlace.open(house)
    const { after } = await readPage(house, rocketChatPlace, roomId, null)
    rocketChatPlace.say(house, roomId, 'hello')
    const heal = house.rocketChat.injectFault({ ...FAILURE, route: routes.rocketchat.operator.room })
    const first = await follow(house, rocketChatPlace, roomId, null, after)
    const { __typename, cursor } = await first.next()
    expect(__typename).toBe('MessageAddedEvent')
    await first.stop()
    heal()
    house.rocketChat.workspace.holdRoom(roomId)
    const resumed = await follow(await house.openReplica(), rocketChatPlace, roomId, null, cursor)
    expect(await resumed.nextState()).toEqual({ state: 'ON_HOLD, 1 agents', before: [] })
  })

  it('is reported to visitors too where the account poller serves their room', async () => {
    const house = await openHouse()
    house.rocketChat.settings.Hide_System_Messages = ['livechat-close']
    const roomId = rocketChatPlace.open(house)
    const token = rocketChatPlace.tokenOf(house, roomId)
    const { after } = await readPage(house, rocketChatPlace, roomId, token)
    const visitor = await follow(house, rocketChatPlace, roomId, token, after)
    const operator = await follow(house, rocketChatPlace, roomId, null, after)
    await servedBy(house, rocketChatPlace, roomId, 'DIGEST')
    rocketChatPlace.close(house, roomId)
    expect(await visitor.nextState()).toMatchObject({ state: expect.stringMatching(/^CLOSED/), before: [] })
    expect(await operator.nextState()).toMatchObject({ state: expect.stringMatching(/^CLOSED/), before: [] })
  })

  it('is reported where it was made through this gateway, whatever the provider shows', async () => {
    const house = await openHouse()
    rocketChatPlace.refuseDigest(house)
    house.rocketChat.settings.Hide_System_Messages = ['livechat-close']
    const roomId = rocketChatPlace.open(house)
    const token = rocketChatPlace.tokenOf(house, roomId)
    const { after } = await readPage(house, rocketChatPlace, roomId, token)
    const visitor = await follow(house, rocketChatPlace, roomId, token, after)
    await sendOperation(house.url, Close, { room: globalId(rocketChatPlace, roomId) }, asVisitor(token))
    expect(await visitor.nextState()).toEqual({ state: 'CLOSED, 0 agents', before: [] })
  })

  it.each(['operator', 'visitor'] as const)(
    'is reported to an %s when a LiveChat conversation is taken up again in silence',
    async (role) => {
      const house = await openHouse()
      const roomId = liveChatPlace.open(house)
      liveChatPlace.say(house, roomId, 'hello')
      const who = whoIs(role, liveChatPlace, house, roomId)
      liveChatPlace.close(house, roomId)
      const { after, status } = await readPage(house, liveChatPlace, roomId, who)
      expect(status).toBe('CLOSED')
      const events = await follow(house, liveChatPlace, roomId, who, after)
      house.liveChat.chats.resume(roomId)
      expect((await events.nextState()).state).toBe('OPEN, 1 agents')
      const resumed = await follow(await house.openReplica(), liveChatPlace, roomId, who, after)
      expect((await resumed.nextState()).state).toBe('OPEN, 1 agents')
    },
  )
})

describe('what cursors say of the room', () => {
  it('is of the subscriber’s own view, and compared by the status with the other', async () => {
    const house = await openHouse()
    const roomId = rocketChatPlace.open(house)
    const token = rocketChatPlace.tokenOf(house, roomId)
    const visitor = await follow(house, rocketChatPlace, roomId, token)
    const operator = await follow(house, rocketChatPlace, roomId, null)
    rocketChatPlace.close(house, roomId)
    const [ofVisitor, ofOperator] = [await visitor.nextState(), await operator.nextState()]
    expect(ofOperator.state).toMatch(/^CLOSED, 1 agents/)
    // A visitor’s closed room shows no agents at Rocket.Chat.
    expect(ofVisitor.state).toBe('CLOSED, 0 agents')
    rocketChatPlace.say(house, roomId, 'late')
    const cursors = [await visitor.next(), await operator.next()].map(({ cursor }) => decodeCursor(cursor))
    expect(cursors.map((cursor) => cursor?.roomState?.view)).toEqual(['VISITOR', 'OPERATOR'])
    expect(cursors[0]?.roomState?.hash).not.toBe(cursors[1]?.roomState?.hash)
    const seen = cursors[1]
    if (!seen?.roomState) throw new Error('the cursor says nothing of the room')
    const crossed = encodeCursor({ ...seen, roomState: { ...seen.roomState, resend: 'NONE' } })
    const other = await follow(await house.openReplica(), rocketChatPlace, roomId, token, crossed)
    rocketChatPlace.say(house, roomId, 'later')
    expect(await other.next()).toMatchObject({ __typename: 'MessageAddedEvent' })
  })
})

it('costs a quiet room nothing per poll', async () => {
  const house = await openHouse()
  rocketChatPlace.refuseDigest(house)
  const { rocketChat } = house
  const roomId = rocketChatPlace.open(house)
  const token = rocketChatPlace.tokenOf(house, roomId)
  await follow(house, rocketChatPlace, roomId, token)
  await follow(house, rocketChatPlace, roomId, null)
  const { operator, visitor } = routes.rocketchat
  const count = (route: string) => rocketChat.calls.filter((call) => call.route === route).length
  await waitUntil(() => count(operator.messages) > 2)
  rocketChat.clearCalls()
  await waitUntil(() => count(operator.messages) > 10)
  expect([count(operator.room), count(visitor.room)]).toEqual([0, 0])
})

it('an event that selects its room outlives a provider that fails at delivery', async () => {
  const house = await openHouse()
  const roomId = rocketChatPlace.open(house)
  const socket = openSocketClient(house.url, { authorization: `Bearer ${OPERATOR_KEY}` })
  const events = subscribe(socket, StatusOfAll, { room: globalId(rocketChatPlace, roomId) })
  const { room } = routes.rocketchat.operator
  await waitUntil(() => house.rocketChat.calls.some(({ route, status }) => route === room && status === 200))
  await waitUntil(() => house.gateway.liveCounts().subscribers === 1)
  house.rocketChat.injectFault({ ...FAILURE, route: room })
  rocketChatPlace.say(house, roomId, 'hello')
  expect(await events.take(1)).toMatchObject([
    { data: { roomEvents: { __typename: 'MessageAddedEvent', room: { status: 'OPEN' } } } },
  ])
})
