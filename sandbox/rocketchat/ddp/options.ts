/** Options of the DDP side. */
export interface DdpOptions {
  /**
   * The server behind the socket: Meteor's own, or the microservice `ddp-streamer`. They differ in limits, in the heartbeat,
   * and in the answers to invalid frames (docs/providers/rocketchat.md 21.1). `monolith` by default.
   */
  readonly server?: 'monolith' | 'ddp-streamer'
  /** Milliseconds of silence before a ping, and from a ping to the end; by default the server's own. */
  readonly heartbeatMs?: number
}
