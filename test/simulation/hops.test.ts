import { expect, it } from 'vitest'
import { hasPostgres } from '../support/postgres.ts'
import { exampleScenario, exampleSubscriber } from './commands/example-scenario.ts'
import type { Command } from './commands/scenario.ts'
import { runScenario } from './driver/run-scenario.ts'

/** A message disappears without a trace while the second client is on its way to another replica. */
function deletionDuringHop(to: number): readonly Command[] {
  return [
    { type: 'send', room: 0, by: 'visitor', through: 'provider' },
    { type: 'expect delivery' },
    { type: 'disconnect', client: 1, how: 'cut' },
    { type: 'delete', room: 0, pick: 2, how: 'removed' },
    { type: 'wait for polls', times: 5 },
    { type: 'connect', client: 1, gateway: to },
    { type: 'expect delivery' },
  ]
}

it.runIf(hasPostgres).each([
  ['rocketchat', false],
  ['livechat', false],
  ['rocketchat', true],
  ['livechat', true],
] as const)(
  'a client that hops between replicas receives every deletion, and no gap (%s, push: %s)',
  async (provider, push) => {
    const { violations, counts } = await runScenario(
      exampleScenario({
        provider,
        push,
        replicas: 3,
        subscribers: [exampleSubscriber(), exampleSubscriber()],
        commands: [0, 2, 1, 0].flatMap(deletionDuringHop),
      }),
    )
    expect(violations).toEqual([])
    expect(counts['gaps CURSOR_EXPIRED']).toBeUndefined()
  },
)
