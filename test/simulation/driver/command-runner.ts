import { setImmediate as nextTurn } from 'node:timers/promises'
import type { PollerCount } from '../assertions/poller-count.ts'
import type { ClientSet } from '../clients/client-set.ts'
import type { Command } from '../commands/scenario.ts'
import type { CommandActions } from './command-actions.ts'
import type { DeliveryProbe } from './delivery-probe.ts'
import type { SimulationEnvironment } from './environment.ts'
import { waitForPush } from './live-sources.ts'
import { waitWithin } from './wait-within.ts'

/** How long a command waits while faults may be active. */
const DELIVERY_TIMEOUT_MS = 1_500
const POLL_TIMEOUT_MS = 150

/** What the commands of a scenario act on. */
export interface SimulationParts {
  readonly environment: SimulationEnvironment
  readonly actions: CommandActions
  readonly clients: ClientSet
  readonly probe: DeliveryProbe
  readonly pollers: PollerCount
}

/** Runs the commands of a scenario, one by one. */
export class CommandRunner {
  readonly #parts: SimulationParts
  #rounds = 0

  constructor(parts: SimulationParts) {
    this.#parts = parts
  }

  async run(command: Command): Promise<void> {
    const { actions, clients, probe, pollers, environment } = this.#parts
    const { provider, instances, revoked } = environment
    switch (command.type) {
      case 'send':
        return actions.send(command)
      case 'send burst':
        return actions.sendBurst(command)
      case 'flood':
        return actions.flood(command.room, () => this.#waitForPolls(2))
      case 'send late':
        return actions.sendLate(command)
      case 'add note':
        return actions.addNote(command.room)
      case 'close':
      case 'reopen':
      case 'change silently':
        return provider.perform(actions.room(command.room), { type: command.type })
      case 'edit':
      case 'preview':
      case 'delete':
        return actions.change(command)
      case 'hold clock':
        return provider.clock.hold()
      case 'release clock':
        return provider.clock.release()
      case 'inject fault':
        return actions.injectFault(command)
      case 'clear faults':
        return actions.clearFaults()
      case 'inject push fault':
        return actions.injectPushFault(command)
      case 'clear push faults':
        return actions.clearPushFaults()
      case 'push garbage':
        return actions.pushGarbage()
      case 'push oversized':
        return actions.pushOversized()
      case 'cut push':
        return actions.cutPush(command)
      case 'wait for push':
        await waitForPush(instances, (index) => pollers.countSubscribed(index), DELIVERY_TIMEOUT_MS)
        return
      case 'end push':
        return provider.push.end(command.pick)
      case 'connect':
        return clients.pick(command.client).connect(command.gateway % instances.length)
      case 'disconnect':
        return clients.pick(command.client).disconnect(command.how)
      case 'connect briefly':
        return this.#connectBriefly(command)
      case 'pause reading':
        return clients.pick(command.client).pauseReading()
      case 'resume reading':
        return clients.pick(command.client).resumeReading()
      case 'restart gateway':
        return environment.restart(command.gateway % instances.length)
      case 'kill gateway':
        return environment.restart(command.gateway % instances.length, 'abruptly')
      case 'interrupt database':
        return environment.interruptDatabase(command.gateway % instances.length, command.how)
      case 'restore database':
        return environment.restoreDatabase(command.gateway % instances.length)
      case 'hop':
        clients.pick(command.client).disconnect(command.how)
        return clients.pick(command.client).connect(command.gateway % instances.length)
      case 'subscribe as stranger':
        return actions.subscribeAsStranger(command.room)
      case 'expect delivery':
        this.#rounds += 1
        await probe.expectDelivery(`round ${this.#rounds}`, DELIVERY_TIMEOUT_MS)
        return
      case 'revoke token':
        return actions.revoke(command.room)
      case 'revoke account':
        return revoked.revokeAccount()
      case 'restore account':
        return revoked.restoreAccount()
      case 'connect account':
        return clients.pickAccountSubscriber(command.client)?.connect(command.gateway % instances.length)
      case 'disconnect account':
        return clients.pickAccountSubscriber(command.client)?.disconnect(command.how)
      case 'send offline':
        return actions.sendOffline(command)
      case 'check pollers':
        return pollers.expectNoneUnused()
      case 'wait for polls':
        return this.#waitForPolls(command.times)
      case 'yield':
        for (let times = 0; times < command.times; times += 1) await nextTurn()
    }
  }

  /** Connects a client, and disconnects it during the first call to the provider. */
  async #connectBriefly({
    client,
    gateway,
    how,
  }: Extract<Command, { type: 'connect briefly' }>): Promise<void> {
    const { clients, actions, environment } = this.#parts
    const transient = clients.addTransient(client)
    actions.injectFault({ type: 'inject fault', fault: 'slow', times: 1 })
    const { server } = environment.provider
    const before = server.calls.at(-1)
    transient.connect(gateway % environment.instances.length)
    await waitWithin(POLL_TIMEOUT_MS, () => server.calls.at(-1) !== before)
    transient.disconnect(how)
  }

  /** Waits for this many more calls to the provider. */
  async #waitForPolls(times: number): Promise<void> {
    const { clients, environment } = this.#parts
    const { server } = environment.provider
    if (clients.connected.length === 0) return
    for (let done = 0; done < times; done += 1) {
      const before = server.calls.at(-1)
      await waitWithin(POLL_TIMEOUT_MS, () => server.calls.at(-1) !== before)
    }
  }
}
