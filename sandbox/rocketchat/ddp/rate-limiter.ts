import type { Settings } from '../settings.ts'
import type { DdpSession } from './session.ts'

/** Requests that are counted apart (docs/providers/rocketchat.md 21.1). */
export type RequestKind = 'method' | 'sub'

/** A limit: how many requests per window, and whom they are counted for. */
interface Rule {
  readonly setting: 'User' | 'Connection' | 'User_By_Method' | 'Connection_By_Method'
  /** For names that begin with `stream-`, both numbers are multiplied. */
  readonly factor: number
}

interface Window {
  startedAt: number
  readonly counts: Map<string, number>
}

const STREAM_FACTOR = 4

/**
 * The limiter of Meteor's methods and subscriptions (docs/providers/rocketchat.md 21.1). Windows are fixed, one for all
 * clients of a rule, and refused requests count. The limit per address is left out: it exempts 127.0.0.1.
 */
export class DdpRateLimiter {
  readonly #settings: Settings
  readonly #now: () => number
  readonly #windows = new Map<string, Window>()

  constructor(settings: Settings, now: () => number) {
    this.#settings = settings
    this.#now = now
  }

  /** Counts a request. Returns the milliseconds until it is accepted again where it exceeds a limit, otherwise null. */
  take(kind: RequestKind, name: string, session: DdpSession): number | null {
    const waits = rulesFor(name).map((rule) => this.#count(rule, kind, name, session))
    const longest = Math.max(...waits)
    return longest > 0 ? longest : null
  }

  /** The milliseconds to wait for one rule; 0 where the request is within it. */
  #count(rule: Rule, kind: RequestKind, name: string, session: DdpSession): number {
    const { isEnabled, calls, windowMs } = this.#limitOf(rule)
    const holder = holderOf(rule, session)
    if (!isEnabled || holder === null) return 0
    const key = rule.setting.endsWith('_By_Method') ? `${holder} ${name}` : holder
    const window = this.#window(`${rule.setting} ${rule.factor} ${kind}`, windowMs)
    const count = (window.counts.get(key) ?? 0) + 1
    window.counts.set(key, count)
    return count > calls ? Math.max(1, window.startedAt + windowMs - this.#now()) : 0
  }

  #limitOf({ setting, factor }: Rule): { isEnabled: boolean; calls: number; windowMs: number } {
    return {
      isEnabled: this.#settings[`DDP_Rate_Limit_${setting}_Enabled`],
      calls: this.#settings[`DDP_Rate_Limit_${setting}_Requests_Allowed`] * factor,
      windowMs: this.#settings[`DDP_Rate_Limit_${setting}_Interval_Time`] * factor,
    }
  }

  #window(key: string, windowMs: number): Window {
    const now = this.#now()
    const known = this.#windows.get(key)
    if (known && now - known.startedAt <= windowMs) return known
    const window = { startedAt: now, counts: new Map<string, number>() }
    this.#windows.set(key, window)
    return window
  }
}

function rulesFor(name: string): readonly Rule[] {
  const factor = name.startsWith('stream-') ? STREAM_FACTOR : 1
  return [
    { setting: 'User', factor: 1 },
    { setting: 'Connection', factor: 1 },
    { setting: 'User_By_Method', factor },
    { setting: 'Connection_By_Method', factor },
  ]
}

function holderOf({ setting }: Rule, { login, connection }: DdpSession): string | null {
  if (setting.startsWith('Connection')) return String(connection.number)
  return login?.userId ?? null
}
