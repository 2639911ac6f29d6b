import fc from 'fast-check'
import type { DisconnectMode } from '../clients/transport.ts'
import type { CallLimit, Deletion } from '../driver/simulated-provider.ts'
import type {
  Command,
  DatabaseInterruption,
  ProviderFault,
  Scenario,
  SimulatedPushFault,
  WebhookTiming,
} from './scenario.ts'

export interface RandomScenarioOptions {
  readonly maxCommands: number
  /**
   * Includes slow commands: floods that disconnect a client that stops reading, and rate-limit responses, after which the gateway
   * polls rarely for a while.
   */
  readonly long: boolean
  /** Whether the gateways use push: in half of the scenarios unless it is given. */
  readonly push?: boolean | undefined
  /** Whether the gateways are replicas that share one database; false by default. */
  readonly replicas?: boolean
}

const pick = fc.nat(7)
/** A number of two or three gateways, each as often. */
const gateway = fc.nat(5)
const room = fc.oneof({ weight: 6, arbitrary: fc.nat(1) }, { weight: 1, arbitrary: fc.nat(5) })
const disconnectMode = fc.constantFrom<DisconnectMode>('complete', 'close', 'cut')

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
  hops: fc.boolean(),
} as const)

const accountSubscriber = fc.record({
  stream: fc.constantFrom('roomActivity', 'offlineMessageAdded'),
  over: fc.constantFrom('WebSocket', 'SSE'),
  early: fc.boolean(),
} as const)

/** Short windows. A `Date` header has whole seconds, so the gateway takes them for longer. */
const limit: fc.Arbitrary<CallLimit> = fc.record({
  calls: fc.constantFrom(4, 6, 10),
  windowMs: fc.constantFrom(300, 800),
})

/** What visitors, agents and the provider do. */
const roomCommands = [
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant('send'),
      room,
      by: fc.constantFrom('visitor', 'agent', 'bot'),
      through: fc.constantFrom('provider', 'provider', 'gateway'),
    } as const),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('send burst'),
      room,
      count: fc.integer({ min: 2, max: 130 }),
      held: fc.boolean(),
    } as const),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('send late'),
      room,
      byMs: fc.integer({ min: 1, max: 3_000 }),
    } as const),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('add note'), room } as const) },
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constantFrom('close', 'reopen', 'change silently'), room } as const),
  },
  {
    weight: 5,
    arbitrary: fc.record({ type: fc.constantFrom('edit', 'edit', 'edit', 'preview'), room, pick } as const),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('delete'),
      room,
      pick,
      how: fc.constantFrom<Deletion>('removed', 'tombstone', 'hidden', 'pruned'),
    } as const),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constantFrom('hold clock', 'release clock') } as const) },
] as const

/** What clients and gateways do, and faults. */
const faultAndClientCommands = [
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('inject fault'),
      fault: fc.constantFrom<ProviderFault>(
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
  { weight: 1, arbitrary: fc.record({ type: fc.constant('clear faults') } as const) },
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant('connect'), client: pick, gateway } as const),
  },
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constant('disconnect'), client: pick, how: disconnectMode } as const),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('connect briefly'),
      client: pick,
      gateway,
      how: disconnectMode,
    } as const),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constantFrom('pause reading', 'resume reading'), client: pick } as const),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('restart gateway'), gateway } as const) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('subscribe as stranger'), room } as const) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('check pollers') } as const) },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('connect account'), client: pick, gateway } as const),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('disconnect account'),
      client: pick,
      how: disconnectMode,
    } as const),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('send offline'),
      through: fc.constantFrom('provider', 'gateway'),
      gateway,
    } as const),
  },
  {
    weight: 7,
    arbitrary: fc.record({
      type: fc.constant('wait for polls'),
      times: fc.integer({ min: 1, max: 3 }),
    } as const),
  },
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constant('yield'), times: fc.integer({ min: 1, max: 12 }) } as const),
  },
] as const

/** What happens to the provider's push. */
const pushCommands = [
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('inject push fault'),
      fault: fc.constantFrom<SimulatedPushFault>(
        'refuse upgrades',
        'refuse logins',
        'refuse requests',
        'half-open',
        'silent',
        'silent',
        'hold',
        'hold',
        'hold replies',
        'lag',
        'duplicate',
        'reorder',
      ),
      pick,
      ofHalf: fc.boolean(),
    } as const),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('clear push faults') } as const) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('cut push'), ofHalf: fc.boolean() } as const) },
  { weight: 2, arbitrary: fc.record({ type: fc.constantFrom('push garbage', 'push oversized') } as const) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('wait for push') } as const) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('end push'), pick: fc.nat(20) } as const) },
] as const

/** What happens to replicas that share a database. */
const hop = {
  weight: 10,
  arbitrary: fc.record({
    type: fc.constant('hop'),
    client: pick,
    gateway,
    how: disconnectMode,
  } as const),
}
const replicaFaults = [
  { weight: 2, arbitrary: fc.record({ type: fc.constant('kill gateway'), gateway } as const) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('interrupt database'),
      gateway,
      how: fc.constantFrom<DatabaseInterruption>('disconnect', 'stall'),
    } as const),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('restore database'), gateway } as const) },
] as const

const expectDelivery = { weight: 3, arbitrary: fc.record({ type: fc.constant('expect delivery') } as const) }
const flood = { weight: 1, arbitrary: fc.record({ type: fc.constant('flood'), room } as const) }
const rateLimitResponse = {
  weight: 1,
  arbitrary: fc.record({
    type: fc.constant('inject fault'),
    fault: fc.constant('rate limit'),
    times: fc.integer({ min: 1, max: 3 }),
  } as const),
}
const revocations = {
  weight: 3,
  arbitrary: fc.oneof(
    fc.record({ type: fc.constant('revoke token'), room } as const),
    fc.record({ type: fc.constantFrom('revoke account', 'restore account') } as const),
  ),
}

/** Commands of only some scenarios. */
type More =
  | typeof flood
  | typeof rateLimitResponse
  | typeof revocations
  | typeof hop
  | (typeof pushCommands)[number]
  | (typeof replicaFaults)[number]

/** Random scenarios that shrink. */
export function randomScenarios(options: RandomScenarioOptions): fc.Arbitrary<Scenario> {
  const { maxCommands, long, push, replicas = false } = options
  const commandsOf = (...more: readonly More[]) =>
    fc.array(fc.oneof(...roomCommands, ...faultAndClientCommands, expectDelivery, ...more), {
      minLength: 1,
      maxLength: maxCommands,
      size: 'max',
    })
  const usual = [
    { weight: 14, arbitrary: commandsOf() },
    { weight: 4, arbitrary: commandsOf(revocations) },
    { weight: 14, arbitrary: commandsOf(...pushCommands) },
    { weight: 2, arbitrary: commandsOf(revocations, ...pushCommands) },
  ]
  const lengthy = [
    { weight: 1, arbitrary: commandsOf(flood) },
    { weight: 1, arbitrary: commandsOf(rateLimitResponse) },
  ]
  const withReplicas = [
    { weight: 12, arbitrary: commandsOf(hop) },
    { weight: 12, arbitrary: commandsOf(hop, ...replicaFaults) },
    { weight: 2, arbitrary: commandsOf(hop, revocations) },
    { weight: 12, arbitrary: commandsOf(hop, ...pushCommands) },
    { weight: 6, arbitrary: commandsOf(hop, ...replicaFaults, ...pushCommands) },
  ]
  return fc
    .record({
      provider: fc.constantFrom('rocketchat', 'livechat'),
      skewMs: fc.constantFrom(0, 0, 0, -7_000, 4_000, 3_600_000),
      webhooks: fc.constantFrom<WebhookTiming>('none', 'none', 'due', 'twice', 'late', 'some', 'early'),
      push: push === undefined ? fc.boolean() : fc.constant(push),
      subscribers: fc.array(subscriber, { minLength: 1, maxLength: 5 }),
      accountSubscribers: fc.array(accountSubscriber, { maxLength: 3 }),
      // The check of limits knows what one gateway has learned, not several that share a limit.
      limit: replicas ? fc.constant(null) : fc.option(limit, { freq: 5 }),
      replicas: replicas ? fc.constantFrom(2, 3) : fc.constant(null),
      commands: fc.oneof(...(replicas ? withReplicas : usual), ...(long ? lengthy : [])),
    })
    .map((scenario) => {
      const { commands, limit, push: hasPush, subscribers } = scenario
      return {
        ...scenario,
        subscribers: subscribers.map((plan) => ({ ...plan, hops: replicas && plan.hops })),
        commands: commands.filter(
          (command) => (hasPush || !PUSH_COMMANDS.has(command.type)) && (!limit || isWithinLimits(command)),
        ),
      }
    })
}

const PUSH_COMMANDS: ReadonlySet<Command['type']> = new Set([
  'inject push fault',
  'clear push faults',
  'cut push',
  'push garbage',
  'push oversized',
  'wait for push',
  'end push',
])

/** A held clock never ends a window, and an injected rate-limit response contradicts the real limit. */
function isWithinLimits(command: Command): boolean {
  return (
    command.type !== 'hold clock' &&
    command.type !== 'flood' &&
    !(command.type === 'inject fault' && command.fault === 'rate limit')
  )
}
