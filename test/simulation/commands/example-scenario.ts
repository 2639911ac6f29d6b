import type { Scenario } from './scenario.ts'

type Subscriber = Scenario['subscribers'][number]

/** A subscriber that reads a page of a room and stays connected, with overrides. */
export function exampleSubscriber(overrides: Partial<Subscriber> = {}): Subscriber {
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
    hops: false,
    ...overrides,
  }
}

/** A Rocket.Chat scenario without commands, with overrides. */
export function exampleScenario(overrides: Partial<Scenario>): Scenario {
  return {
    provider: 'rocketchat',
    skewMs: 0,
    webhooks: 'none',
    push: false,
    subscribers: [exampleSubscriber()],
    accountSubscribers: [],
    limit: null,
    replicas: null,
    commands: [],
    ...overrides,
  }
}
