import type { Fault } from '../../../sandbox/faults.ts'
import type { WebhookControl } from '../../../sandbox/webhook-delivery.ts'
import type { WireServer } from '../../../sandbox/wire-server.ts'
import type { ProviderConfig } from '../../../src/config/index.ts'
import type { MessageVisibility } from '../../../src/domain/model.ts'
import type { StoredMessage } from '../oracle/ledger.ts'

/** How Rocket.Chat deletes: not at all there any more, as a mark, hidden, or by a retention policy. */
export type Deletion = 'removed' | 'marked' | 'hidden' | 'pruned'

/** What may be done to a room from inside its provider. */
export type ProviderAction =
  | { readonly do: 'say'; readonly by: 'visitor' | 'agent' | 'bot'; readonly text: string }
  | { readonly do: 'say late'; readonly byMs: number; readonly text: string }
  | { readonly do: 'note'; readonly text: string }
  | { readonly do: 'edit'; readonly id: string; readonly text: string }
  | { readonly do: 'preview'; readonly id: string }
  | { readonly do: 'delete'; readonly id: string; readonly how: Deletion }
  | { readonly do: 'close' | 'reopen' }
  /** The room's own state becomes another one, and no message says so. */
  | { readonly do: 'change quietly' }

export interface SimulatedRoom {
  readonly nativeId: string
  /** Global. */
  readonly id: string
  readonly visitorToken: string
}

/** How a provider limits calls: so many of each route per window. */
export interface CallLimit {
  readonly calls: number
  readonly windowMs: number
}

/** A provider's clock, which the script may hold and shift. */
export interface ProviderClock {
  /** How far it is from ours, in milliseconds. */
  readonly skewMs: number
  readonly now: () => number
  hold(): void
  release(): void
}

/** The offline messages that a provider keeps. */
export interface OfflineMessages {
  /** Leaves one by the provider's own form. */
  leave(text: string): void
  has(text: string): boolean
}

/** One sandbox provider with its rooms, as a script sees it. */
export interface SimulatedProvider {
  readonly provider: string
  readonly config: ProviderConfig
  readonly server: WireServer
  readonly clock: ProviderClock
  readonly rooms: readonly SimulatedRoom[]
  /** The global id of one more, in which nothing ever happens. */
  readonly quietRoom: string
  /** Whether agents and visitors are shown a room differently. */
  readonly viewsByRole: boolean
  /** How it limits calls; null where it does not. */
  readonly limit: CallLimit | null
  /** The answer of a call that was one too many, with a wait of one second. */
  readonly rateLimitFault: Extract<Fault, { kind: 'answer' }>
  readonly webhooks: WebhookControl
  /** From now on tells this address of what happens, with the secret that `config` expects. */
  sendWebhooksTo(url: string): Promise<void>
  /** Does it at once; what the provider knows no way to do, or not now, is left undone. */
  perform(room: SimulatedRoom, deed: ProviderAction): void
  /** What the room holds now. */
  storedMessages(room: SimulatedRoom): readonly StoredMessage[]
  /** The room's own state now as a view is shown it, in the words of `stateText`. */
  stateOf(room: SimulatedRoom, view: MessageVisibility): string
  /** Refuses the token of a room's visitor from now on. */
  revoke(room: SimulatedRoom): void
  /** Refuses the gateways' own account, until the returned function is called. */
  revokeAccount(): () => void
  /** The provider's own list of offline messages; null where it keeps none. */
  readonly offlineList: OfflineMessages | null
  close(): Promise<void>
}

/** A clock beside ours. Held, it stands still; it never goes back. */
export function createProviderClock(skewMs: number): ProviderClock {
  let held: number | null = null
  let last = 0
  return {
    skewMs,
    now: () => {
      last = Math.max(last, held ?? Date.now() + skewMs)
      return last
    },
    hold: () => {
      held ??= Math.max(last, Date.now() + skewMs)
    },
    release: () => {
      held = null
    },
  }
}
