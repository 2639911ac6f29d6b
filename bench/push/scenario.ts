/** What is measured: so many watched rooms of one provider, each with one subscriber. */
export interface Scenario {
  /** `visitors` and `operators` watch rooms of a stock Rocket.Chat, `customers` chats of LiveChat. */
  readonly watchers: 'visitors' | 'operators' | 'customers'
  readonly rooms: number
  /** Whether the provider's push is on; otherwise there are only polls. */
  readonly push: boolean
}

/** A watched room, and the credential of its subscriber. */
export interface WatchedRoom {
  /** Global id. */
  readonly id: string
  /** Null where an operator watches it. */
  readonly visitorToken: string | null
}

/** Messages in each room, as people write them: this many milliseconds apart, at random between the two. */
export const MESSAGE_EVERY_MS = { min: 20_000, max: 30_000 } as const
