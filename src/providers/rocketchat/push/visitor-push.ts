import { type Caller, hashCallerToken } from '../../../domain/caller.ts'
import { ChatError, notFound } from '../../../domain/errors.ts'
import type { PushedChange, PushSubscription } from '../../../domain/push.ts'
import type { PushedSignal } from '../../../domain/signals.ts'
import type { AccountTokens } from '../../shared/visitor-token-owners.ts'
import type { VisitorTokenVerification } from '../../shared/visitor-token-verification.ts'
import type { RoomStreams } from './room-streams.ts'
import {
  type SharedReceiver,
  type SharedSubscription,
  type SharedSubscriptions,
  type StreamSpec,
  share,
} from './shared-subscription.ts'
import type { SignalStreams } from './signal-streams.ts'
import type { VisitorConnections } from './visitor-connections.ts'

/** How long the server's answer to a token is waited for before another account may be tried with it. */
const ANSWER_TIMEOUT_MS = 10_000

const TOO_MANY = 'The gateway subscribes to no more rooms of this server’s push.'

type Visitor = Extract<Caller, { role: 'VISITOR' }>

export interface VisitorPushOptions {
  /** The configured name. */
  readonly provider: string
  readonly connections: VisitorConnections
  readonly accountTokens: AccountTokens
  readonly tokens: VisitorTokenVerification
  readonly rooms: RoomStreams
  readonly signals: SignalStreams
}

/** What visitors receive of their rooms, with their tokens: one subscription per room and token. */
export class VisitorPush {
  readonly #options: VisitorPushOptions
  readonly #rooms: SharedSubscriptions<PushedChange> = new Map()
  readonly #signals: SharedSubscriptions<PushedSignal> = new Map()

  constructor(options: VisitorPushOptions) {
    this.#options = options
  }

  subscribeToRoom(
    roomId: string,
    visitor: Visitor,
    receiver: SharedReceiver<PushedChange>,
  ): PushSubscription {
    return this.#share(this.#rooms, this.#options.rooms.ofVisitor(roomId), roomId, visitor, receiver)
  }

  subscribeToSignals(
    roomId: string,
    visitor: Visitor,
    receiver: SharedReceiver<PushedSignal>,
  ): PushSubscription {
    return this.#share(this.#signals, this.#options.signals.ofVisitor(roomId), roomId, visitor, receiver)
  }

  #share<Item>(
    subscriptions: SharedSubscriptions<Item>,
    streams: readonly StreamSpec<Item>[],
    roomId: string,
    visitor: Visitor,
    receiver: SharedReceiver<Item>,
  ): PushSubscription {
    const { provider, connections, accountTokens, tokens } = this.#options
    // As with a successful read: the server has tested the token.
    const onLive = () => {
      accountTokens.markAccepted(visitor.token)
      tokens.markAccepted(hashCallerToken(visitor))
    }
    const refusal = notFound('room', provider)
    const key = `${hashCallerToken(visitor)} ${roomId}`
    return share(subscriptions, key, receiver, {
      spec: {
        streams,
        visitorToken: visitor.token,
        isProven: () => tokens.isVerified(visitor),
        refusal,
        onLive,
      },
      start: (subscription) => void this.#start(subscription, visitor),
      end: (subscription) => connections.remove(subscription),
    })
  }

  /** A token goes to one account at a time, as it does with requests. */
  async #start<Item>(subscription: SharedSubscription<Item>, caller: Visitor): Promise<void> {
    try {
      const use = { token: caller.token, caller }
      const carry = () => this.#carry(subscription)
      await this.#options.accountTokens.runWithToken(use, carry, () => false)
    } catch (error) {
      if (!(error instanceof ChatError)) throw error
      subscription.refuse('The server does not know this visitor token.', error)
    }
  }

  /** Resolves with true when the server has accepted the token, and with null if that is not known soon. */
  #carry<Item>(subscription: SharedSubscription<Item>): Promise<true | null> {
    if (!subscription.hasEnded && !this.#options.connections.add(subscription)) {
      subscription.refuse(TOO_MANY, null)
    }
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(null), ANSWER_TIMEOUT_MS)
      timer.unref()
      void subscription.firstAnswer.then((answer) => {
        clearTimeout(timer)
        resolve(answer)
      })
    })
  }
}
