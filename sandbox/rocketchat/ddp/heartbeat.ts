import type { DdpOptions } from './options.ts'
import type { DdpSession } from './session.ts'

const DEFAULT_MS = { monolith: 15_000, 'ddp-streamer': 30_000 }

/**
 * Pings a client that is silent, and closes the connection of one that stays silent for as long again
 * (docs/providers/rocketchat.md 21.1).
 */
export class Heartbeat {
  readonly #session: DdpSession
  readonly #options: DdpOptions
  readonly #timer: NodeJS.Timeout
  #isPinged = false

  constructor(session: DdpSession, options: DdpOptions) {
    const { server = 'monolith', heartbeatMs = DEFAULT_MS[server] } = options
    this.#session = session
    this.#options = options
    this.#timer = setInterval(() => this.#onSilence(), heartbeatMs).unref()
  }

  /** The client has sent a frame. */
  onFrame(): void {
    this.#isPinged = false
    this.#timer.refresh()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #onSilence(): void {
    if (!this.#isPinged) {
      this.#isPinged = true
      this.#session.reply({ msg: 'ping' })
    } else if (this.#options.server === 'ddp-streamer') this.#session.connection.close(4000)
    else this.#session.connection.close()
  }
}
