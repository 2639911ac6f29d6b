import type { Script } from './script.ts'

type Subscriber = Script['subscribers'][number]

/** One who reads a page of a room and then listens throughout, with whatever is different. */
export function listener(different: Partial<Subscriber> = {}): Subscriber {
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
export function example(different: Partial<Script>): Script {
  return {
    provider: 'rocketchat',
    skewMs: 0,
    hints: 'none',
    subscribers: [listener()],
    onlookers: [],
    limit: null,
    steps: [],
    ...different,
  }
}
