import type { AccountConnection, AccountSubscriber } from '../clients/account-subscriber.ts'

/** An offline message that was sent. Times are of the scenario's clock. */
export interface OfflineRecord {
  readonly text: string
  readonly at: number
  /** The number of the gateway that accepted it; null for the provider's own form. */
  readonly gateway: number | null
  /** When the gateway confirmed it; infinite where it did not. */
  acceptedAt: number
}

/** A subscriber may receive messages this much older than its start, because a poll can be shared with earlier subscribers. */
const START_TOLERANCE_MS = 2_000

export interface OfflineCheckOptions {
  /** Whether polls may have failed: then a new subscriber may receive much older messages. */
  readonly hadFaults: boolean
  /**
   * Whether the provider's clock is close enough to ours to compare times. Where it is not, the gateway cannot tell what is new in
   * the provider's list, nor recognise its own message before the provider's response names it.
   */
  readonly areClocksClose: boolean
  /** Whether all gateways keep offline messages in one database. */
  readonly isStoreShared: boolean
}

/** Whether a subscriber received a message twice, one that was never sent, or one from before its start. */
export function checkOfflineMessages(
  subscribers: readonly Pick<AccountSubscriber, 'name' | 'connections'>[],
  records: readonly OfflineRecord[],
  { hadFaults, areClocksClose, isStoreShared }: OfflineCheckOptions,
): readonly string[] {
  const toleranceMs = hadFaults ? Number.POSITIVE_INFINITY : START_TOLERANCE_MS
  const recordsByText = new Map(records.map((record) => [record.text, record]))
  return subscribers.flatMap(({ name, connections }) =>
    connections.flatMap((connection) =>
      connection.delivered.flatMap(({ item }, index) => {
        const record = recordsByText.get(item)
        if (!record) return `${name}: received "${item}", which nobody sent`
        if (!areClocksClose) return []
        if (connection.delivered.findIndex((other) => other.item === item) < index)
          return `${name}: received "${item}" twice`
        return isOld(record, connection, { toleranceMs, isStoreShared })
          ? `${name}: received "${item}", which was sent before it subscribed`
          : []
      }),
    ),
  )
}

export interface UndeliveredOptions {
  /** Whether the provider's own list contains a text. */
  readonly isListed: (text: string) => boolean
  /** Whether all gateways keep offline messages in one database. */
  readonly isStoreShared: boolean
}

/**
 * The messages that a subscriber must have received and has not: those that its gateway accepted, or any that share its database, and those that the provider lists.
 * Each kind counts from the first message of that kind that it received: what exists at the first poll is not new.
 */
export function undeliveredMessages(
  { delivered, gateway }: AccountConnection,
  records: readonly OfflineRecord[],
  { isListed, isStoreShared }: UndeliveredOptions,
): readonly string[] {
  const texts = new Set(delivered.map(({ item }) => item))
  const missing = (kind: readonly OfflineRecord[], isRequired: (record: OfflineRecord) => boolean) => {
    const first = delivered.find(({ item }) => kind.some(({ text }) => text === item))
    return kind.filter(
      (record) => first && record.at > first.at && isRequired(record) && !texts.has(record.text),
    )
  }
  const isOwn = (record: OfflineRecord) =>
    record.gateway === gateway || (isStoreShared && record.gateway !== null)
  const own = records.filter(isOwn)
  const others = records.filter((record) => !isOwn(record))
  return [
    ...missing(own, ({ acceptedAt }) => Number.isFinite(acceptedAt)),
    ...missing(others, ({ text }) => isListed(text)),
  ].map(({ text }) => text)
}

/** Whether a subscriber received, since a moment, a message of its gateway and, where the provider has a list, one of that. */
export function hasReceivedOffline(
  { delivered, gateway }: AccountConnection,
  records: readonly OfflineRecord[],
  { since, hasList }: { readonly since: number; readonly hasList: boolean },
): boolean {
  const texts = new Set(delivered.filter(({ at }) => at >= since).map(({ item }) => item))
  const received = records.filter(({ text }) => texts.has(text))
  const isOwn = (record: OfflineRecord) => record.gateway === gateway
  return received.some(isOwn) && (!hasList || received.some((record) => !isOwn(record)))
}

/** A gateway delivers what it accepts at once, and never later. It finds with a delay what others accept. */
function isOld(
  { at, gateway, acceptedAt }: OfflineRecord,
  connection: AccountConnection,
  { toleranceMs, isStoreShared }: { readonly toleranceMs: number; readonly isStoreShared: boolean },
): boolean {
  if (gateway === connection.gateway) return acceptedAt < connection.from
  return (gateway === null || isStoreShared) && at < connection.from - toleranceMs
}
