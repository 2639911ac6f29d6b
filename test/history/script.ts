import fc from 'fast-check'
import type { Leaving } from './line.ts'
import type { Deletion } from './stage.ts'
import type { SubscriberPlan } from './subscriber.ts'

/** What goes wrong between the gateway and its provider. */
export type Trouble = 'too many' | 'error 500' | 'reset' | 'half body' | 'slow' | 'stall'

/** One step of a script. Rooms, gateways and subscribers are picked by number, modulo how many there are. */
export type Step =
  | {
      readonly do: 'say'
      readonly room: number
      readonly by: 'visitor' | 'agent' | 'bot'
      readonly through: 'provider' | 'gateway'
    }
  | { readonly do: 'burst'; readonly room: number; readonly count: number; readonly held: boolean }
  | { readonly do: 'say late'; readonly room: number; readonly byMs: number }
  | { readonly do: 'note' | 'close' | 'reopen' | 'flood'; readonly room: number }
  | { readonly do: 'edit' | 'preview'; readonly room: number; readonly pick: number }
  | { readonly do: 'delete'; readonly room: number; readonly pick: number; readonly how: Deletion }
  | { readonly do: 'hold clock' | 'release clock' | 'heal' }
  | { readonly do: 'trouble'; readonly trouble: Trouble; readonly times: number }
  | { readonly do: 'come'; readonly who: number; readonly gateway: number }
  | { readonly do: 'leave'; readonly who: number; readonly how: Leaving }
  | { readonly do: 'touch'; readonly who: number; readonly gateway: number; readonly how: Leaving }
  | { readonly do: 'stall' | 'read on'; readonly who: number }
  | { readonly do: 'restart'; readonly gateway: number }
  | { readonly do: 'intrude'; readonly room: number }
  /** Everybody who listens is told of something: from then on nothing excuses what they are not told. */
  | { readonly do: 'hear' }
  | { readonly do: 'look'; readonly times: number }
  | { readonly do: 'turn'; readonly times: number }

/** Whether the provider tells of what happens: not at all, duly, twice, one late, every other one, or before it happens. */
export type Hints = 'none' | 'due' | 'twice' | 'late' | 'some' | 'early'

/** A world and what happens in it. */
export interface Script {
  readonly provider: 'rocketchat' | 'livechat'
  readonly skewMs: number
  readonly hints: Hints
  /** The room of each subscriber, by number, beside its plan. */
  readonly subscribers: readonly (Omit<SubscriberPlan, 'name'> & {
    readonly room: number
    /** Whether it is there before anything happens. */
    readonly early: boolean
  })[]
  readonly steps: readonly Step[]
}

export interface ScriptOptions {
  readonly maxSteps: number
  /**
   * Whether to do what takes its time too: to send so much that who stops reading loses the connection, and to refuse
   * calls as one too many, after which the gateway asks seldom for a while.
   */
  readonly long: boolean
}

const pick = fc.nat(7)
const room = fc.nat(1)
const leaving = fc.constantFrom<Leaving>('complete', 'close', 'cut')

const subscriber = fc.record({
  room: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(1) }),
  role: fc.constantFrom('OPERATOR', 'VISITOR'),
  stream: fc.constantFrom('roomEvents', 'roomEvents', 'roomEvents', 'messageAdded'),
  over: fc.constantFrom('WebSocket', 'WebSocket', 'SSE'),
  page: fc.option(fc.integer({ min: 1, max: 60 }), { freq: 5 }),
  cutEvery: fc.constantFrom(0, 0, 0, 1, 2, 5),
  early: fc.constantFrom(true, true, false),
} as const)

/** What people and the provider do. */
const deeds = [
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('say'),
      room,
      by: fc.constantFrom('visitor', 'agent', 'bot'),
      through: fc.constantFrom('provider', 'provider', 'gateway'),
    } as const),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('burst'),
      room,
      count: fc.integer({ min: 2, max: 130 }),
      held: fc.boolean(),
    } as const),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('say late'),
      room,
      byMs: fc.integer({ min: 1, max: 3_000 }),
    } as const),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('note', 'close', 'reopen'), room } as const) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constantFrom('edit', 'edit', 'edit', 'preview'), room, pick } as const),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('delete'),
      room,
      pick,
      how: fc.constantFrom<Deletion>('removed', 'marked', 'hidden', 'pruned'),
    } as const),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('hold clock', 'release clock') } as const) },
] as const

/** What happens to connections, gateways and calls. */
const events = [
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('trouble'),
      trouble: fc.constantFrom<Trouble>(
        'error 500',
        'error 500',
        'reset',
        'reset',
        'half body',
        'half body',
        'slow',
        'slow',
        'stall',
      ),
      times: fc.integer({ min: 1, max: 3 }),
    } as const),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('heal') } as const) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('come'), who: pick, gateway: fc.nat(1) } as const) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('leave'), who: pick, how: leaving } as const) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('touch'), who: pick, gateway: fc.nat(1), how: leaving } as const),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('stall', 'read on'), who: pick } as const) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart'), gateway: fc.nat(1) } as const) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('intrude'), room } as const) },
  {
    weight: 7,
    arbitrary: fc.record({ do: fc.constant('look'), times: fc.integer({ min: 1, max: 3 }) } as const),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('turn'), times: fc.integer({ min: 1, max: 12 }) } as const),
  },
] as const

const hear = { weight: 3, arbitrary: fc.record({ do: fc.constant('hear') } as const) }
const flood = { weight: 1, arbitrary: fc.record({ do: fc.constant('flood'), room } as const) }
const refusal = {
  weight: 1,
  arbitrary: fc.record({
    do: fc.constant('trouble'),
    trouble: fc.constant('too many'),
    times: fc.integer({ min: 1, max: 3 }),
  } as const),
}

/** Scripts at random, that shrink. */
export function scripts({ maxSteps, long }: ScriptOptions): fc.Arbitrary<Script> {
  const steps = (...more: readonly (typeof flood | typeof refusal)[]) =>
    fc.array(fc.oneof(...deeds, ...events, hear, ...more), { minLength: 1, maxLength: maxSteps, size: 'max' })
  return fc.record({
    provider: fc.constantFrom('rocketchat', 'livechat'),
    skewMs: fc.constantFrom(0, 0, 0, -7_000, 4_000, 3_600_000),
    hints: fc.constantFrom<Hints>('none', 'none', 'due', 'twice', 'late', 'some', 'early'),
    subscribers: fc.array(subscriber, { minLength: 1, maxLength: 5 }),
    steps: long
      ? fc.oneof(
          { weight: 18, arbitrary: steps() },
          { weight: 1, arbitrary: steps(flood) },
          { weight: 1, arbitrary: steps(refusal) },
        )
      : steps(),
  })
}
