import type { PushControl } from '../../sandbox/push-server.ts'
import type { WireCall, WireServer } from '../../sandbox/wire-server.ts'

/** The sandboxes keep the last 10 000 calls and frames only. */
const COLLECT_MS = 250

/** What a gateway has sent to a provider. */
export interface Traffic {
  /** HTTP calls by route. */
  readonly calls: Readonly<Record<string, number>>
  /** Calls, and requests over the push sockets, that the provider refused for their rate. */
  readonly refused: number
}

/** Counts what reaches a sandbox. */
export class UpstreamTraffic {
  readonly #sandbox: WireServer & { readonly push: PushControl }
  #calls = new Map<string, number>()
  #refused = 0
  /** Calls without a response yet. */
  #open: readonly WireCall[] = []
  readonly #timer: NodeJS.Timeout

  constructor(sandbox: WireServer & { readonly push: PushControl }) {
    this.#sandbox = sandbox
    this.#timer = setInterval(() => this.#collect(), COLLECT_MS)
  }

  /** The traffic since the last report. */
  report(): Traffic {
    this.#collect()
    const traffic = { calls: Object.fromEntries(this.#calls), refused: this.#refused }
    this.#calls = new Map()
    this.#refused = 0
    return traffic
  }

  /** Ends the counting. */
  stop(): void {
    clearInterval(this.#timer)
  }

  #collect(): void {
    const { push, calls } = this.#sandbox
    for (const [route, count] of Object.entries(this.#sandbox.counts()))
      this.#calls.set(route, (this.#calls.get(route) ?? 0) + count)
    const seen = [...this.#open, ...calls]
    this.#open = seen.filter(({ status, aborted }) => status === null && !aborted)
    this.#refused += seen.filter(({ status }) => status === 429).length
    this.#refused += push.frames.filter(isRefusal).length
    this.#sandbox.clearCalls()
    push.clearFrames()
  }
}

/** DDP spells it with hyphens, RTM with underscores. */
function isRefusal({ direction, text }: PushControl['frames'][number]): boolean {
  return direction === 'out' && /"too[-_]many[-_]requests"/.test(text)
}
