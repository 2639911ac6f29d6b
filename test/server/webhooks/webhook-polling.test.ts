import { describe, expect, it } from 'vitest'
import type { InterceptedWebhook } from '../../../sandbox/webhook-delivery.ts'
import { PollInterval } from '../../../src/live/polling/poll-interval.ts'
import type { WebhooksEventsSubscription } from '../../generated/graphql.ts'
import { type OperationResult, waitUntil } from '../../support/graphql-client.ts'
import { pipeline, postWebhook } from '../../support/webhook-requests.ts'
import { HOURLY_POLLING, vendors, type WebhookRoomOptions } from './webhook-room.ts'

const FAST = { pollIntervalMs: 20, pollIdleIntervalMs: 60 }

describe.each(vendors)('with webhooks of $name', ({ name, open }) => {
  it('a message arrives without a regular poll', async () => {
    const { sendMessage, events } = await open()
    sendMessage('at once')
    expect(brief(await events.take(1))).toEqual(['added at once'])
    sendMessage('and again')
    expect(brief(await events.take(1))).toEqual(['added and again'])
  })

  it.for<[how: string, options: WebhookRoomOptions]>([
    ['hints alone', { config: HOURLY_POLLING }],
    ['polls alone', { config: FAST, hints: false }],
    ['hints and polls', { config: FAST }],
  ])('a conversation delivers the same events with %s', async ([, options]) => {
    const { sendMessage, closeRoom, events } = await open(options)
    const received: string[] = []
    for (const text of ['one', 'two', 'three']) {
      sendMessage(text)
      received.push(...brief(await events.take(1)))
    }
    expect(received).toEqual(['added one', 'added two', 'added three'])
    closeRoom()
    let last = ''
    while (last !== 'room CLOSED') [last = ''] = brief(await events.take(1))
  })

  it('late, duplicate and reordered webhooks deliver each message once, in order', async () => {
    const { sendMessage, webhooks, events } = await open()
    const held: InterceptedWebhook[] = []
    webhooks.intercept((webhook) => void held.push(webhook))
    for (const text of ['one', 'two', 'three']) {
      sendMessage(text)
      // The order within a millisecond is not defined.
      await nextMillisecond()
    }
    await waitUntil(() => held.length >= 3)
    const backwards = held.toReversed()
    await Promise.all([...backwards, ...backwards].map((webhook) => webhook.deliver()))
    expect(brief(await events.take(3))).toEqual(['added one', 'added two', 'added three'])
    webhooks.intercept(null)
    sendMessage('four')
    expect(brief(await events.take(1))).toEqual(['added four'])
  })

  it('one that arrives before its message is followed by another poll soon', async () => {
    const { gateway, webhook, sendMessage, webhooks, events, countProviderCalls } = await open({
      config: { pollIntervalMs: 20, pollIdleIntervalMs: HOURLY_POLLING.pollIdleIntervalMs },
    })
    const before = countProviderCalls()
    await postWebhook(gateway.url, name, webhook.body, webhook.headers)
    await waitUntil(() => countProviderCalls() > before)
    webhooks.intercept(() => {})
    sendMessage('late')
    expect(brief(await events.take(1))).toEqual(['added late'])
  })

  it('lost webhooks only delay events', async () => {
    const { sendMessage, webhooks, events } = await open({ config: FAST })
    webhooks.intercept(() => {})
    sendMessage('unheard of')
    expect(brief(await events.take(1))).toEqual(['added unheard of'])
  })

  it('webhooks of rooms without subscribers cause no upstream requests', async () => {
    const { gateway, webhook, countProviderCalls, sendMessage, events } = await open()
    const bodyOf = (id: string) =>
      JSON.stringify(webhook.body).replaceAll(/"(_id|chat_id)":"[^"]*"/g, `"$1":"${id}"`)
    const rooms = Array.from({ length: 200 }, (_, n) => `room-${n}`)
    await inTurns(rooms, (id) => postWebhook(gateway.url, name, bodyOf(id), webhook.headers))
    // The first polls of the subscription may still be in flight when the webhooks start.
    expect(countProviderCalls()).toBeLessThan(5)
    sendMessage('still here')
    expect(brief(await events.take(1))).toEqual(['added still here'])
  })
})

describe('what only a webhook shows', () => {
  it('is not delivered where a later poll does not show it', async () => {
    const room = await vendors[0]?.open({ config: FAST })
    if (!room) throw new Error('there is no vendor')
    const before = room.countProviderCalls()
    room.announce()
    await waitUntil(() => room.countProviderCalls() >= before + 3)
    room.sendMessage('there')
    expect(brief(await room.events.take(1))).toEqual(['added there'])
  })
})

describe('ten thousand webhooks about one room', () => {
  it('cause a few upstream requests a second, and no event is lost', async () => {
    const [vendor] = vendors
    const room = await vendor?.open()
    if (!room) throw new Error('there is no vendor')
    const { gateway, webhook, countProviderCalls, sendMessage, events } = room
    const began = performance.now()
    await pipeline(gateway.url, 'rocketchat', webhook, 10_000)
    const seconds = (performance.now() - began) / 1_000
    expect(countProviderCalls()).toBeGreaterThan(0)
    // One poll at the start, and one at the end of each quarter of a second.
    expect(countProviderCalls()).toBeLessThanOrEqual(2 + 4 * seconds)
    sendMessage('after all that')
    expect(brief(await events.take(1))).toEqual(['added after all that'])
  })
})

describe('the poll interval after a hint', () => {
  it('starts at the active interval, and then grows', () => {
    const clock = { ms: 0 }
    const interval = new PollInterval({ activeMs: 1_000, idleMs: 3_600_000 }, () => clock.ms)
    const poll = () => {
      clock.ms += interval.waitMs
      interval.onPollStarted()
      interval.onPollSucceeded()
    }
    for (let n = 0; n < 40; n += 1) poll()
    expect(interval.waitMs).toBeGreaterThan(3_000_000)
    interval.pollNow()
    expect(interval.waitMs).toBe(0)
    poll()
    expect(interval.waitMs).toBeLessThanOrEqual(1_100)
    const hour = clock.ms + 3_600_000
    let polls = 0
    for (; clock.ms < hour; polls += 1) poll()
    expect(polls).toBeLessThan(25)
  })
})

/** Summarizes events: `added hello`, `room CLOSED`. */
function brief(answers: readonly OperationResult<WebhooksEventsSubscription>[]): string[] {
  return answers.map(({ data, errors }) => {
    const event = data?.roomEvents
    if (event?.__typename === 'MessageAddedEvent') return `added ${event.message.text}`
    if (event?.__typename === 'MessageUpdatedEvent') return `updated ${event.message.text}`
    if (event?.__typename === 'RoomUpdatedEvent') return `room ${event.room.status}`
    return event?.__typename ?? `failed ${JSON.stringify(errors)}`
  })
}

async function nextMillisecond(): Promise<void> {
  const now = Date.now()
  await waitUntil(() => Date.now() > now)
}

/** Runs an action for each item, fifty at a time. */
async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < items.length; at += 50) await Promise.all(items.slice(at, at + 50).map(work))
}
