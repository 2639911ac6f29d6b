import { undeliveredRooms } from '../assertions/check-activity.ts'
import { hasReceivedOffline, undeliveredMessages } from '../assertions/check-offline.ts'
import type { AccountConnection, AccountSubscriber } from '../clients/account-subscriber.ts'
import type { ClientSet } from '../clients/client-set.ts'
import { undeliveredState } from '../oracle/room-states.ts'
import type { CommandActions } from './command-actions.ts'
import type { SimulationEnvironment } from './environment.ts'
import { waitWithin } from './wait-within.ts'

const ROUND_MS = 250

/** A client that must receive something. */
interface Recipient {
  readonly name: string
  hasReceived(): boolean
}

/** Sends messages until every connected client has received one. */
export class DeliveryProbe {
  readonly #environment: SimulationEnvironment
  readonly #actions: CommandActions
  readonly #clients: ClientSet

  constructor(environment: SimulationEnvironment, actions: CommandActions, clients: ClientSet) {
    this.#environment = environment
    this.#actions = actions
    this.#clients = clients
  }

  /**
   * Sends a message to each room, and an offline message, until every connected client has received one. Resolves with the
   * names of the clients that have not in time.
   */
  async expectDelivery(round: string, ms: number): Promise<readonly string[]> {
    const { provider, observe } = this.#environment
    const texts: string[] = []
    const since = this.#environment.time()
    const waiting = new Set<Recipient>([...this.#roomRecipients(texts), ...this.#accountRecipients(since)])
    const end = performance.now() + ms
    // A subscription may start after the first message, so more are sent.
    while (waiting.size > 0 && performance.now() < end) {
      provider.rooms.forEach((room, index) => {
        const text = `${this.#actions.textPrefix(index)} the ${round} ${texts.length}`
        provider.perform(room, { type: 'send', by: 'visitor', text })
        texts.push(text)
      })
      this.#sendOffline()
      observe()
      await waitWithin(ROUND_MS, () => {
        for (const recipient of waiting) if (recipient.hasReceived()) waiting.delete(recipient)
        return waiting.size === 0
      })
    }
    return [...waiting].map(({ name }) => name)
  }

  /** Waits until the account subscribers have received everything. Resolves with what they have not. */
  async undelivered(ms: number): Promise<readonly string[]> {
    const { ledger, provider } = this.#environment
    const { isStoreShared } = this.#environment
    const isListed = (text: string) => provider.offlineList?.has(text) ?? false
    const missing = () => [
      ...this.#clients.subscribersOf('roomActivity').flatMap(({ name, connection }) => {
        const rooms = connection ? undeliveredRooms(connection, ledger.commits) : ['any room']
        return rooms.map((room) => `${name}: did not receive ${room} after its last message`)
      }),
      ...this.#clients.subscribersOf('offlineMessageAdded').flatMap(({ name, connection }) => {
        const texts = connection
          ? undeliveredMessages(connection, this.#actions.offlineRecords, { isListed, isStoreShared })
          : ['any message']
        return texts.map((text) => `${name}: did not receive "${text}"`)
      }),
    ]
    await waitWithin(ms, () => missing().length === 0)
    return missing()
  }

  /** Waits until every connected client knows the state of its room. The checks report what is missing. */
  async waitForStates(ms: number): Promise<void> {
    const { states } = this.#environment.ledger
    await waitWithin(ms, () =>
      this.#clients.authorized.every(({ histories }) => {
        const last = histories.at(-1)
        return last === undefined || undeliveredState(last, states) === null
      }),
    )
  }

  #roomRecipients(texts: readonly string[]): readonly Recipient[] {
    return this.#clients.authorized.map((subscriber) => ({
      name: subscriber.plan.name,
      hasReceived: () => !subscriber.isWanted || texts.some((text) => subscriber.hasReceived(text)),
    }))
  }

  #accountRecipients(since: number): readonly Recipient[] {
    const hasList = this.#environment.provider.offlineList !== null
    const recipientWhen =
      (has: (connection: AccountConnection) => boolean) => (subscriber: AccountSubscriber) => ({
        name: subscriber.name,
        hasReceived: () =>
          !subscriber.isWanted || (subscriber.connection !== null && has(subscriber.connection)),
      })
    return [
      ...this.#clients
        .subscribersOf('roomActivity')
        .map(recipientWhen(({ delivered }) => delivered.some(({ at }) => at >= since))),
      ...this.#clients
        .subscribersOf('offlineMessageAdded')
        .map(
          recipientWhen((connection) =>
            hasReceivedOffline(connection, this.#actions.offlineRecords, { since, hasList }),
          ),
        ),
    ]
  }

  /** Sends one message through each gateway with a subscriber, and one at the provider. */
  #sendOffline(): void {
    const subscribers = this.#clients.subscribersOf('offlineMessageAdded')
    const gateways = new Set(subscribers.map(({ gateway }) => gateway))
    for (const gateway of gateways) this.#actions.sendOffline({ through: 'gateway', gateway })
    if (gateways.size > 0) this.#actions.sendOffline({ through: 'provider', gateway: 0 })
  }
}
