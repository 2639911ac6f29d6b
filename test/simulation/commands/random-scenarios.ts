import fc from 'fast-check'
import type { DisconnectMode } from '../clients/transport.ts'
import type { CallLimit, Deletion } from '../driver/simulated-provider.ts'
import type { Command, ProviderFault, Scenario, WebhookTiming } from './scenario.ts'

export interface RandomScenarioOptions {
  readonly maxCommands: number
  /**
   * Whether to do what takes its time too: to send so much that who stops reading loses the connection, and to refuse
   * calls as one too many, after which the gateway asks seldom for a while.
   */
  readonly long: boolean
}

const pick = fc.nat(7)
const room = fc.oneof({ weight: 6, arbitrary: fc.nat(1) }, { weight: 1, arbitrary: fc.nat(5) })
const leaving = fc.constantFrom<DisconnectMode>('complete', 'close', 'cut')

const subscriber = fc.record({
  room: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(5) }),
  role: fc.constantFrom('OPERATOR', 'VISITOR'),
  stream: fc.constantFrom('roomEvents', 'roomEvents', 'roomEvents', 'messageAdded'),
  over: fc.constantFrom('WebSocket', 'WebSocket', 'SSE'),
  page: fc.option(fc.integer({ min: 1, max: 60 }), { freq: 5 }),
  cutEvery: fc.constantFrom(0, 0, 0, 1, 2, 5),
  cutAtByte: fc.option(fc.integer({ min: 1, max: 3_000 }), { freq: 2, nil: 0 }),
  resumesBy: fc.constantFrom('variable', 'Last-Event-ID'),
  early: fc.constantFrom(true, true, false),
} as const)

const onlooker = fc.record({
  stream: fc.constantFrom('roomActivity', 'offlineMessageAdded'),
  over: fc.constantFrom('WebSocket', 'SSE'),
  early: fc.boolean(),
} as const)

/** Windows that are over soon; a `Date` header has whole seconds, so that a gateway takes them for longer. */
const limit: fc.Arbitrary<CallLimit> = fc.record({
  calls: fc.constantFrom(4, 6, 10),
  windowMs: fc.constantFrom(300, 800),
})

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
  { weight: 1, arbitrary: fc.record({ do: fc.constant('note'), room } as const) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom('close', 'reopen', 'change quietly'), room } as const),
  },
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
      trouble: fc.constantFrom<ProviderFault>(
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
  { weight: 2, arbitrary: fc.record({ do: fc.constant('count') } as const) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('watch'), who: pick, gateway: fc.nat(1) } as const) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unwatch'), who: pick, how: leaving } as const) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('leave offline'),
      through: fc.constantFrom('provider', 'gateway'),
      gateway: fc.nat(1),
    } as const),
  },
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
const revocations = {
  weight: 3,
  arbitrary: fc.oneof(
    fc.record({ do: fc.constant('revoke'), room } as const),
    fc.record({ do: fc.constantFrom('refuse account', 'grant account') } as const),
  ),
}

/** What only some scripts hold. */
type More = typeof flood | typeof refusal | typeof revocations

/** Scripts at random, that shrink. */
export function randomScenarios({
  maxCommands: maxSteps,
  long,
}: RandomScenarioOptions): fc.Arbitrary<Scenario> {
  const steps = (...more: readonly More[]) =>
    fc.array(fc.oneof(...deeds, ...events, hear, ...more), { minLength: 1, maxLength: maxSteps, size: 'max' })
  const usual = [
    { weight: 14, arbitrary: steps() },
    { weight: 4, arbitrary: steps(revocations) },
  ]
  const lengthy = [
    { weight: 1, arbitrary: steps(flood) },
    { weight: 1, arbitrary: steps(refusal) },
  ]
  return fc
    .record({
      provider: fc.constantFrom('rocketchat', 'livechat'),
      skewMs: fc.constantFrom(0, 0, 0, -7_000, 4_000, 3_600_000),
      webhooks: fc.constantFrom<WebhookTiming>('none', 'none', 'due', 'twice', 'late', 'some', 'early'),
      subscribers: fc.array(subscriber, { minLength: 1, maxLength: 5 }),
      accountSubscribers: fc.array(onlooker, { maxLength: 3 }),
      limit: fc.option(limit, { freq: 5 }),
      commands: fc.oneof(...usual, ...(long ? lengthy : [])),
    })
    .map((script) =>
      script.limit ? { ...script, commands: script.commands.filter(isWithinLimits) } : script,
    )
}

/** A clock that stands still never ends a window, and a refusal out of turn says something else of the limit. */
function isWithinLimits(step: Command): boolean {
  return (
    step.do !== 'hold clock' && step.do !== 'flood' && !(step.do === 'trouble' && step.trouble === 'too many')
  )
}
