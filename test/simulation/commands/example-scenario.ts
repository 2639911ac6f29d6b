import type { Scenario } from './scenario.ts'

type Subscriber = Scenario['subscribers'][number]

/** One who reads a page of a room and then listens throughout, with whatever is different. */
export function exampleSubscriber(different: Partial<Subscriber> = {}): Subscriber {
  return {
    room: 0,
    role: 'OPERATOR',
    stream: 'roomEvents',
    over: 'WebSocket',
    page: 10,
    cutEvery: 0,
    cutAtByte: 0,
    resumesBy: 'variable',
    early: true,
    ...different,
  }
}

/** A script before a Rocket.Chat in which nothing happens, with whatever is different. */
export function exampleScenario(different: Partial<Scenario>): Scenario {
  return {
    provider: 'rocketchat',
    skewMs: 0,
    webhooks: 'none',
    subscribers: [exampleSubscriber()],
    accountSubscribers: [],
    limit: null,
    commands: [],
    ...different,
  }
}
