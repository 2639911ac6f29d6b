import { expect, it } from 'vitest'
import {
  brief,
  HISTORY,
  LIST_CHATS,
  liveChatPlace,
  openHouse,
  type Place,
  rocketChatPlace,
  servedBy,
  watch,
} from '../../live/both-providers.ts'

const ROUNDS = 40
const SECOND =
  'Error, too many requests. Please slow down. You must wait 1 seconds before trying this endpoint again. [error-too-many-requests]'

const refusals: readonly { place: Place; times: number; route: string; body: unknown }[] = [
  { place: rocketChatPlace, times: 2, route: HISTORY, body: { success: false, error: SECOND } },
  {
    place: liveChatPlace,
    times: 1,
    route: LIST_CHATS,
    body: { error: { type: 'too_many_requests', message: 'Too many requests' } },
  },
]

it.each(refusals)(
  'a room of $place.name is told on as before after $times stray refusals without headers',
  async ({ place, times, route, body }) => {
    const house = await openHouse()
    const sandbox = house[place.name === 'rocketchat' ? 'rocketChat' : 'liveChat']
    const roomId = place.open(house)
    const events = await watch(house, place, roomId)
    await servedBy(house, place, roomId, 'DIGEST')
    sandbox.injectFault({ kind: 'answer', status: 429, body, route, times })
    // A limit that was learned from so few calls would let a look through in ten seconds: the test would not end.
    for (let round = 0; round < ROUNDS; round += 1) {
      place.say(house, roomId, `round ${round}`)
      expect(brief(await events.take(1))).toEqual([`added round ${round}`])
    }
    expect(sandbox.calls.filter(({ status }) => status === 429)).toHaveLength(times)
  },
)
