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
    const { sendMessage: say, events } = await open()
    say('at once')
    expect(brief(await events.take(1))).toEqual(['added at once'])
    say('and again')
    expect(brief(await events.take(1))).toEqual(['added and again'])
  })

  it.for<[how: string, options: WebhookRoomOptions]>([
    ['hints alone', { config: HOURLY_POLLING }],
    ['polls alone', { config: FAST, hints: false }],
    ['hints and polls', { config: FAST }],
  ])('a conversation delivers the same events with %s', async ([, options]) => {
    const { sendMessage: say, closeRoom, events } = await open(options)
    const told: string[] = []
    for (const text of ['one', 'two', 'three']) {
      say(text)
      told.push(...brief(await events.take(1)))
    }
    expect(told).toEqual(['added one', 'added two', 'added three'])
    closeRoom()
    let last = ''
    while (last !== 'room CLOSED') [last = ''] = brief(await events.take(1))
  })

  it('late, duplicate and reordered webhooks deliver each message once, in order', async () => {
    const { sendMessage: say, webhooks, events } = await open()
    const held: InterceptedWebhook[] = []
    webhooks.intercept((webhook) => void held.push(webhook))
    for (const text of ['one', 'two', 'three']) {
      say(text)
      // The order within a millisecond is not defined.
      await nextMillisecond()
    }
    await waitUntil(() => held.length >= 3)
    const backwards = held.toReversed()
    await Promise.all([...backwards, ...backwards].map((webhook) => webhook.deliver()))
    expect(brief(await events.take(3))).toEqual(['added one', 'added two', 'added three'])
    webhooks.intercept(null)
    say('four')
    expect(brief(await events.take(1))).toEqual(['added four'])
  })

  it('one that arrives before its message is followed by another poll soon', async () => {
    const {
      sendMessage: say,
      announce,
      webhooks,
      events,
      countProviderCalls: looks,
    } = await open({
      config: { pollIntervalMs: 20, pollIdleIntervalMs: HOURLY_POLLING.pollIdleIntervalMs },
    })
    const before = looks()
    announce()
    await waitUntil(() => looks() > before)
    webhooks.intercept(() => {})
    say('late')
    expect(brief(await events.take(1))).toEqual(['added late'])
  })

  it('lost webhooks only delay events', async () => {
    const { sendMessage: say, webhooks, events } = await open({ config: FAST })
    webhooks.intercept(() => {})
    say('unheard of')
    expect(brief(await events.take(1))).toEqual(['added unheard of'])
  })

  it('the content of a webhook is not trusted', async () => {
    const { announce, sendMessage: say, countProviderCalls: looks, events } = await open()
    announce()
    await waitUntil(() => looks() > 0)
    say('true')
    expect(brief(await events.take(1))).toEqual(['added true'])
  })

  it('webhooks of rooms without subscribers cause no upstream requests', async () => {
    const { gateway, webhook: hook, countProviderCalls: looks, sendMessage: say, events } = await open()
    const bodyOf = (id: string) =>
      JSON.stringify(hook.body).replaceAll(/"(_id|chat_id)":"[^"]*"/g, `"$1":"${id}"`)
    const rooms = Array.from({ length: 200 }, (_, n) => `room-${n}`)
    await inTurns(rooms, (id) => postWebhook(gateway.url, name, bodyOf(id), hook.headers))
    // The first polls of the subscription may still be in flight when the webhooks start.
    expect(looks()).toBeLessThan(5)
    say('still here')
    expect(brief(await events.take(1))).toEqual(['added still here'])
  })
})

describe('ten thousand webhooks about one room', () => {
  it('cause a few upstream requests a second, and no event is lost', async () => {
    const [vendor] = vendors
    const scene = await vendor?.open()
    if (!scene) throw new Error('there is no vendor')
    const { gateway, webhook: hook, countProviderCalls: looks, sendMessage: say, events } = scene
    const began = performance.now()
    await pipeline(gateway.url, 'rocketchat', hook, 10_000)
    const seconds = (performance.now() - began) / 1_000
    expect(looks()).toBeGreaterThan(0)
    // One poll at the start, and one at the end of each quarter of a second.
    expect(looks()).toBeLessThanOrEqual(2 + 4 * seconds)
    say('after all that')
    expect(brief(await events.take(1))).toEqual(['added after all that'])
  })
})

describe('the poll interval after a hint', () => {
  it('starts at the active interval, and then grows', () => {
    const clock = { ms: 0 }
    const pace = new PollInterval({ activeMs: 1_000, idleMs: 3_600_000 }, () => clock.ms)
    const look = () => {
      clock.ms += pace.waitMs
      pace.onPollStarted()
      pace.onPollSucceeded()
    }
    for (let n = 0; n < 40; n += 1) look()
    expect(pace.waitMs).toBeGreaterThan(3_000_000)
    pace.pollNow()
    expect(pace.waitMs).toBe(0)
    look()
    expect(pace.waitMs).toBeLessThanOrEqual(1_100)
    const hour = clock.ms + 3_600_000
    let looks = 0
    for (; clock.ms < hour; looks += 1) look()
    expect(looks).toBeLessThan(25)
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
