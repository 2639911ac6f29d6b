import type { Logger } from 'pino'
import type { OperatorCaller } from '../../../domain/caller.ts'
import { ChatError } from '../../../domain/errors.ts'
import type { AccountPushReceiver, PushedChange, PushSubscription } from '../../../domain/push.ts'
import type { PushedSignal } from '../../../domain/signals.ts'
import { toChatError } from '../errors.ts'
import type { AccessProofs } from './access-proofs.ts'
import type { AccountPush } from './account-push.ts'
import type { LoginConnection } from './login-connection.ts'
import type { RoomStreams } from './room-streams.ts'
import {
  type SharedReceiver,
  type SharedSubscription,
  type SharedSubscriptions,
  share,
} from './shared-subscription.ts'
import type { SignalStreams } from './signal-streams.ts'

/** When access that could not be checked is checked again. */
const RETRY_MS = 30_000

const NO_SUCH_ROOM = 'The service account sees no such livechat room.'
const NOT_CHECKED = 'The server did not say whether the service account may see the room.'

export interface OperatorPushOptions {
  /** The configured name. */
  readonly provider: string
  readonly connection: LoginConnection
  readonly account: AccountPush
  readonly access: Pick<AccessProofs, 'prove'>
  readonly rooms: RoomStreams
  readonly signals: SignalStreams
  readonly log: Logger
}

/**
 * What operators receive, with the service account: one subscription per room. The account can also see channels, so the
 * server must have shown first that a room is a livechat room that the account sees.
 */
export class OperatorPush {
  readonly #options: OperatorPushOptions
  readonly #rooms: SharedSubscriptions<PushedChange> = new Map()
  readonly #signals: SharedSubscriptions<PushedSignal> = new Map()
  readonly #lifetime = new AbortController()

  constructor(options: OperatorPushOptions) {
    this.#options = options
  }

  subscribeToRoom(
    roomId: string,
    caller: OperatorCaller,
    receiver: SharedReceiver<PushedChange>,
  ): PushSubscription {
    const { account, rooms } = this.#options
    return share(this.#rooms, roomId, receiver, {
      spec: { streams: rooms.ofAccount(roomId), visitorToken: null, refusal: null },
      start: (subscription) =>
        void this.#admit(roomId, caller, subscription, () => account.addRoom(roomId, subscription)),
      end: (subscription) => account.removeRoom(roomId, subscription),
    })
  }

  subscribeToSignals(
    roomId: string,
    caller: OperatorCaller,
    receiver: SharedReceiver<PushedSignal>,
  ): PushSubscription {
    const { connection, signals } = this.#options
    return share(this.#signals, roomId, receiver, {
      spec: { streams: signals.ofAccount(roomId), visitorToken: null, refusal: null },
      start: (subscription) =>
        void this.#admit(roomId, caller, subscription, () => connection.add(subscription)),
      end: (subscription) => connection.remove(subscription),
    })
  }

  subscribeToAccount(receiver: AccountPushReceiver): PushSubscription {
    return this.#options.account
      .activity()
      .add({ state: receiver, deliver: (roomId) => receiver.onActivity(roomId) })
  }

  close(): void {
    this.#lifetime.abort()
  }

  /** Calls `carry` when the account has proven that it sees the room. */
  async #admit<Item>(
    roomId: string,
    caller: OperatorCaller,
    subscription: SharedSubscription<Item>,
    carry: () => void,
  ): Promise<void> {
    const { provider, access, log } = this.#options
    const call = { caller, log, signal: this.#lifetime.signal, priority: 'background' } as const
    try {
      await access.prove(roomId, call)
      if (!subscription.hasEnded) carry()
    } catch (error) {
      const chatError = toChatError(error, provider)
      if (chatError instanceof ChatError && isRefusal(chatError)) {
        subscription.refuse(NO_SUCH_ROOM, chatError)
        return
      }
      subscription.detach(NOT_CHECKED)
      setTimeout(() => {
        if (subscription.hasEnded || this.#lifetime.signal.aborted) return
        void this.#admit(roomId, caller, subscription, carry)
      }, RETRY_MS).unref()
    }
  }
}

function isRefusal({ code }: ChatError): boolean {
  return code === 'NOT_FOUND' || code === 'FORBIDDEN'
}
