import { expect, it } from 'vitest'
import type { FeedbackStatesSubscription } from '../generated/graphql.ts'
import { graphql } from '../generated/index.ts'
import { FeedbackRoom, Rate, SetTags } from '../providers/support/feedback-documents.ts'
import {
  type EventStream,
  openSocketClient,
  sendOperation,
  subscribe,
  waitUntil,
} from '../support/graphql-client.ts'
import { asOperator, asVisitor } from '../support/test-gateway.ts'
import { globalId, HOURLY_POLLS, openBothProviders, providerFixtures } from './both-providers.ts'

const States = graphql(`subscription FeedbackStates($id: ID!, $after: String) {
  roomEvents(roomId: $id, after: $after) {
    __typename cursor
    ... on RoomUpdatedEvent { room { tags rating { score comment } } }
  }
}`)

it.each(providerFixtures)(
  'tags and a rating at $name reach a subscriber as the state of the room, without a regular poll',
  async (fixture) => {
    const setup = await openBothProviders({ config: HOURLY_POLLS })
    const nativeId = fixture.openRoom(setup)
    const visitor = asVisitor(fixture.visitorTokenOf(setup, nativeId))
    const id = globalId(fixture, nativeId)
    const connection = openSocketClient(setup.url, { authorization: asOperator.authorization })
    const events = subscribe(connection, States, { id })
    const first = nextState(events)
    await waitUntil(() => setup.gateway.liveCounts().subscribers === 1)
    await sendOperation(setup.url, SetTags, { input: { roomId: id, tags: ['vip', 'spam'] } }, asOperator)
    const tagged = await first
    expect(tagged.room).toMatchObject({ rating: null })
    expect([...tagged.room.tags].sort()).toEqual(['spam', 'vip'])
    await sendOperation(setup.url, Rate, { input: { roomId: id, score: 5, comment: 'Thanks' } }, visitor)
    const rated = await nextState(events)
    expect(rated.room).toMatchObject({ rating: { score: 5, comment: 'Thanks' } })
    // A subscriber that comes back with the cursor from before the rating receives it.
    const resumed = subscribe(connection, States, { id, after: tagged.cursor })
    expect((await nextState(resumed)).room.rating).toEqual({ score: 5, comment: 'Thanks' })
    const { data } = await sendOperation(setup.url, FeedbackRoom, { id }, asOperator)
    expect(data?.room?.rating).toMatchObject({ score: 5 })
  },
)

/** The next event that reports the room's state. */
async function nextState(events: EventStream<FeedbackStatesSubscription>) {
  for (;;) {
    const [result] = await events.take(1)
    const event = result?.data?.roomEvents
    if (!event) throw new Error(`an event without data: ${JSON.stringify(result?.errors)}`)
    if (event.__typename === 'RoomUpdatedEvent') return event
  }
}
