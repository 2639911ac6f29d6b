import type { PushedChange } from '../../../domain/push.ts'
import { fieldOf, readNonEmptyString, readString } from '../../shared/read-document.ts'
import type { AccessProofs } from './access-proofs.ts'
import type { LoginConnection } from './login-connection.ts'
import { type AccountMessage, type RoomStreams, readAccountMessage } from './room-streams.ts'
import { SharedSubscription, type StreamSpec } from './shared-subscription.ts'

/** A subscription that is live only while `__my_messages__` is. */
type Dependent = Pick<SharedSubscription<never>, 'attach' | 'detach' | 'refuse'>

/**
 * What the service account receives. Its messages come from `__my_messages__`, one subscription for all rooms: those of
 * each room would deliver every message a second time, and the server accepts only forty in forty seconds. Their order is
 * not certain, which the contract of push does not promise anyway (docs/providers/rocketchat.md 21.1 to 21.3). `ready` proves
 * no access there: callers of `addRoom` have proven it.
 */
export class AccountPush {
  readonly #connection: LoginConnection
  readonly #userId: string
  readonly #streams: RoomStreams
  readonly #access: Pick<AccessProofs, 'onMessage'>
  readonly #rooms = new Map<string, SharedSubscription<PushedChange>>()
  readonly #dependents = new Set<Dependent>()
  #activity: SharedSubscription<string> | null = null
  #messages: SharedSubscription<AccountMessage> | null = null
  #state: 'pending' | 'live' | { readonly downReason: string } = 'pending'

  /** `userId` is the account's. */
  constructor(
    connection: LoginConnection,
    userId: string,
    streams: RoomStreams,
    access: Pick<AccessProofs, 'onMessage'>,
  ) {
    this.#connection = connection
    this.#userId = userId
    this.#streams = streams
    this.#access = access
  }

  /** Adds an operator's room that the account has proven to see; until it is removed. */
  addRoom(roomId: string, subscription: SharedSubscription<PushedChange>): void {
    this.#rooms.set(roomId, subscription)
    this.#addDependent(subscription)
  }

  /** The room's subscription has ended. */
  removeRoom(roomId: string, subscription: SharedSubscription<PushedChange>): void {
    if (this.#rooms.get(roomId) === subscription) this.#rooms.delete(roomId)
    this.#removeDependent(subscription)
  }

  /** The activity of all rooms of the account, as ids of rooms, shared by all who want it. */
  activity(): SharedSubscription<string> {
    if (this.#activity) return this.#activity
    const activity: SharedSubscription<string> = new SharedSubscription(
      { streams: activityStreams(this.#userId), visitorToken: null, refusal: null },
      () => {
        this.#activity = null
        this.#removeDependent(activity)
      },
    )
    this.#activity = activity
    this.#addDependent(activity)
    return activity
  }

  #addDependent(dependent: Dependent): void {
    this.#dependents.add(dependent)
    if (this.#messages === null) this.#subscribeToMessages()
    const { current } = this.#connection
    if (this.#state === 'live' && current) dependent.attach(current)
    else if (typeof this.#state === 'object') dependent.detach(this.#state.downReason)
  }

  #removeDependent(dependent: Dependent): void {
    if (!this.#dependents.delete(dependent) || this.#dependents.size > 0) return
    this.#endMessages()
  }

  #endMessages = (): void => {}

  #subscribeToMessages(): void {
    const messages: SharedSubscription<AccountMessage> = new SharedSubscription(
      { streams: [ACCOUNT_MESSAGES], visitorToken: null, refusal: null },
      () => {
        this.#messages = null
        this.#state = 'pending'
        this.#connection.remove(messages)
      },
    )
    this.#messages = messages
    const subscription = messages.add({
      state: {
        onLive: () => this.#onLive(),
        onDown: (reason, isFinal) => this.#onDown(reason, isFinal),
      },
      deliver: (message) => this.#onMessage(message),
    })
    this.#endMessages = () => subscription.close()
    this.#connection.add(messages)
  }

  #onLive(): void {
    this.#state = 'live'
    for (const dependent of [...this.#dependents]) {
      const { current } = this.#connection
      if (current && this.#dependents.has(dependent)) dependent.attach(current)
    }
  }

  #onDown(downReason: string, isFinal: boolean): void {
    if (!isFinal) this.#state = { downReason }
    for (const dependent of [...this.#dependents]) {
      if (isFinal) dependent.refuse(downReason, null)
      else dependent.detach(downReason)
    }
  }

  #onMessage({ roomId, document }: AccountMessage): void {
    this.#activity?.publish(roomId)
    // The server tests the access for each message (docs/providers/rocketchat.md 21.3).
    this.#access.onMessage(roomId, readString(fieldOf(document, 't')) !== null)
    const room = this.#rooms.get(roomId)
    if (!room) return
    for (const change of this.#streams.readMessage(document, roomId)) room.publish(change)
  }
}

const ACCOUNT_MESSAGES: StreamSpec<AccountMessage> = {
  stream: 'stream-room-messages',
  event: '__my_messages__',
  need: 'required',
  read: readAccountMessage,
}

/** What shows activity without a message: the queue, and the rooms that the account is a member of. */
function activityStreams(userId: string): readonly StreamSpec<string>[] {
  return [
    {
      stream: 'stream-livechat-inquiry-queue-observer',
      event: 'public',
      need: 'optional',
      read: ([inquiry]) => idOf(inquiry, 'rid'),
    },
    {
      stream: 'stream-notify-user',
      event: `${userId}/rooms-changed`,
      need: 'optional',
      read: ([, room]) => (isLivechat(room) ? idOf(room, '_id') : []),
    },
    {
      stream: 'stream-notify-user',
      event: `${userId}/subscriptions-changed`,
      need: 'optional',
      read: ([, membership]) => (isLivechat(membership) ? idOf(membership, 'rid') : []),
    },
  ]
}

function isLivechat(document: unknown): boolean {
  return readString(fieldOf(document, 't')) === 'l'
}

function idOf(document: unknown, field: string): readonly string[] {
  const id = readNonEmptyString(fieldOf(document, field))
  return id === null ? [] : [id]
}
