import type { Fault } from '../../../sandbox/faults.ts'
import type { PushControl } from '../../../sandbox/push-server.ts'
import type { WebhookControl } from '../../../sandbox/webhook-delivery.ts'
import type { WireServer } from '../../../sandbox/wire-server.ts'
import type { ProviderConfig } from '../../../src/config/index.ts'
import type { MessageVisibility } from '../../../src/domain/model.ts'
import type { StoredMessage } from '../oracle/ledger.ts'

/** How Rocket.Chat deletes: completely, with a tombstone, hidden, or by a retention policy. */
export type Deletion = 'removed' | 'tombstone' | 'hidden' | 'pruned'

/** How a simulated provider is set up. */
export interface SimulatedProviderOptions {
  /** Whether the gateways use its push. */
  readonly push: boolean
  /** The number of its rooms; a few by default. */
  readonly rooms?: number
}

/** What can be done to a room directly at its provider. */
export type ProviderAction =
  | { readonly type: 'send'; readonly by: 'visitor' | 'agent' | 'bot'; readonly text: string }
  | { readonly type: 'send late'; readonly byMs: number; readonly text: string }
  | { readonly type: 'add note'; readonly text: string }
  | { readonly type: 'edit'; readonly id: string; readonly text: string }
  | { readonly type: 'preview'; readonly id: string }
  | { readonly type: 'delete'; readonly id: string; readonly how: Deletion }
  | { readonly type: 'close' | 'reopen' }
  /** Changes the room's own state without a message about it. */
  | { readonly type: 'change silently' }

export interface SimulatedRoom {
  readonly nativeId: string
  /** Global id. */
  readonly id: string
  readonly visitorToken: string
}

/** A provider's rate limit for each route. */
export interface CallLimit {
  readonly calls: number
  readonly windowMs: number
}

/** A provider's clock, which a scenario can hold and shift. */
export interface ProviderClock {
  /** Its difference to ours, in milliseconds. */
  readonly skewMs: number
  readonly now: () => number
  /** How far it has been behind at most, because it was held, in milliseconds. */
  readonly maxLagMs: number
  hold(): void
  release(): void
}

/** A provider's own list of offline messages. */
export interface OfflineMessages {
  /** Sends one by the provider's own form. */
  send(text: string): void
  has(text: string): boolean
}

/** A provider's push. */
export interface SimulatedPush {
  readonly control: PushControl
  /** The errors with which it refuses a login or a request, in its own form. */
  readonly errors: readonly object[]
  /** Ends all connections with one of its reasons. */
  end(pick: number): void
}

/** One sandbox provider with its rooms, as a scenario uses it. */
export interface SimulatedProvider {
  readonly provider: string
  readonly config: ProviderConfig
  readonly server: WireServer
  readonly clock: ProviderClock
  readonly rooms: readonly SimulatedRoom[]
  /** The global id of another room, which never changes. */
  readonly quietRoom: string
  /** Whether agents and visitors have separate views of a room. */
  readonly viewsByRole: boolean
  /** Its rate limit; null where it has none. */
  readonly limit: CallLimit | null
  /** A rate-limit response with a wait of one second. */
  readonly rateLimitFault: Extract<Fault, { kind: 'answer' }>
  readonly webhooks: WebhookControl
  readonly push: SimulatedPush
  /** Sends all webhooks to this address, with the secret that `config` expects. */
  sendWebhooksTo(url: string): Promise<void>
  /** Performs an action at once. Actions that the provider cannot do, or not now, have no effect. */
  perform(room: SimulatedRoom, action: ProviderAction): void
  /** The messages that the room holds now. */
  storedMessages(room: SimulatedRoom): readonly StoredMessage[]
  /** The room's current state as a view sees it, as `stateText` writes it. */
  stateOf(room: SimulatedRoom, view: MessageVisibility): string
  /** Rejects the token of a room's visitor from now on. */
  revoke(room: SimulatedRoom): void
  /** Rejects the gateways' own account until the returned function is called. */
  revokeAccount(): () => void
  /** Its own list of offline messages; null where it has none. */
  readonly offlineList: OfflineMessages | null
  close(): Promise<void>
}

/** Creates a clock with a skew. It stands still while it is held, and never goes back. */
export function createProviderClock(skewMs: number): ProviderClock {
  let held: number | null = null
  let last = 0
  let maxLagMs = 0
  const noteLag = () => {
    if (held !== null) maxLagMs = Math.max(maxLagMs, Date.now() + skewMs - held)
  }
  return {
    skewMs,
    get maxLagMs() {
      noteLag()
      return maxLagMs
    },
    now: () => {
      last = Math.max(last, held ?? Date.now() + skewMs)
      return last
    },
    hold: () => {
      held ??= Math.max(last, Date.now() + skewMs)
    },
    release: () => {
      noteLag()
      held = null
    },
  }
}
