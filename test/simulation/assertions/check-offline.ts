import type { AccountConnection, AccountSubscriber } from '../clients/account-subscriber.ts'

/** An offline message that was left. Times are the script's. */
export interface OfflineRecord {
  readonly text: string
  readonly at: number
  /** The number of the gateway that was to send it; null for the provider's own form. */
  readonly gateway: number | null
  /** When the gateway said that it has it; infinite where it did not say so. */
  acceptedAt: number
}

/** What happened so long before a beginning may be told by a look that others had waited for. */
const VAGUE_MS = 2_000

export interface OfflineCheckOptions {
  /** Whether looks may have failed: then a beginning may be told what happened long before it. */
  readonly hadFaults: boolean
  /**
   * Whether the provider's clock is near enough to ours for times to be compared: where it is not, nothing tells what is
   * new in the provider's list, nor what was sent from here before the provider's answer names it.
   */
  readonly areClocksClose: boolean
}

/** Whether anybody was told twice, of what was never left, or of what was there before. */
export function checkOfflineMessages(
  watchers: readonly Pick<AccountSubscriber, 'name' | 'connections'>[],
  left: readonly OfflineRecord[],
  { hadFaults: isTroubled, areClocksClose: areClocksNear }: OfflineCheckOptions,
): readonly string[] {
  const vagueMs = isTroubled ? Number.POSITIVE_INFINITY : VAGUE_MS
  const byText = new Map(left.map((message) => [message.text, message]))
  return watchers.flatMap(({ name, connections: sights }) =>
    sights.flatMap((sight) =>
      sight.delivered.flatMap(({ what }, index) => {
        const message = byText.get(what)
        if (!message) return `${name}: was told of "${what}", which nobody left`
        if (!areClocksNear) return []
        if (sight.delivered.findIndex((told) => told.what === what) < index)
          return `${name}: was told twice of "${what}"`
        return isOld(message, sight, vagueMs) ? `${name}: was told of "${what}", which was there before` : []
      }),
    ),
  )
}

/**
 * The messages that a watcher must be told of and has not been: of those that its gateway accepted, and of those that the
 * provider lists, each since it was first told of one of that kind. What is there at the first look is not new.
 */
export function undeliveredMessages(
  { delivered: told, gateway }: AccountConnection,
  left: readonly OfflineRecord[],
  isListed: (text: string) => boolean,
): readonly string[] {
  const texts = new Set(told.map(({ what }) => what))
  const untold = (kind: readonly OfflineRecord[], isToBeTold: (message: OfflineRecord) => boolean) => {
    const first = told.find(({ what }) => kind.some(({ text }) => text === what))
    return kind.filter(
      (message) => first && message.at > first.at && isToBeTold(message) && !texts.has(message.text),
    )
  }
  const own = left.filter((message) => message.gateway === gateway)
  const others = left.filter((message) => message.gateway !== gateway)
  return [
    ...untold(own, ({ acceptedAt }) => Number.isFinite(acceptedAt)),
    ...untold(others, ({ text }) => isListed(text)),
  ].map(({ text }) => text)
}

/** Whether a watcher was told, since a moment, of a message of its gateway's and of one of the provider's list, if it has one. */
export function hasReceivedOffline(
  { delivered: told, gateway }: AccountConnection,
  left: readonly OfflineRecord[],
  { since, hasList }: { readonly since: number; readonly hasList: boolean },
): boolean {
  const texts = new Set(told.filter(({ at }) => at >= since).map(({ what }) => what))
  const heard = left.filter(({ text }) => texts.has(text))
  const isOwn = (message: OfflineRecord) => message.gateway === gateway
  return heard.some(isOwn) && (!hasList || heard.some((message) => !isOwn(message)))
}

/** What this gateway had accepted is told at once, and never later. */
function isOld(
  { at, gateway, acceptedAt }: OfflineRecord,
  sight: AccountConnection,
  vagueMs: number,
): boolean {
  if (gateway === sight.gateway) return acceptedAt < sight.from
  return gateway === null && at < sight.from - vagueMs
}
