import type { SimulatedProvider, SimulatedRoom } from './simulated-provider.ts'

/** A visitor's token that is refused. */
export interface Revocation {
  readonly room: string
  /** In milliseconds of the script's clock: what was committed later was never shown to it. */
  readonly at: number
}

/** Whom the provider refuses, and since when. */
export class RevokedCredentials {
  readonly #stage: Pick<SimulatedProvider, 'revoke' | 'revokeAccount'>
  readonly #revoked = new Map<string, Revocation>()
  #grant: (() => void) | null = null
  #wasAccountRefused = false

  constructor(stage: Pick<SimulatedProvider, 'revoke' | 'revokeAccount'>) {
    this.#stage = stage
  }

  get revocations(): readonly Revocation[] {
    return [...this.#revoked.values()]
  }

  /** Whether the gateways' account was ever refused: whoever comes with it may be told so, even a little later. */
  get wasAccountRevoked(): boolean {
    return this.#wasAccountRefused
  }

  isRevoked({ id }: Pick<SimulatedRoom, 'id'>): boolean {
    return this.#revoked.has(id)
  }

  /** `at` is now. */
  revoke(room: SimulatedRoom, at: number): void {
    if (this.isRevoked(room)) return
    this.#stage.revoke(room)
    this.#revoked.set(room.id, { room: room.id, at })
  }

  revokeAccount(): void {
    this.#wasAccountRefused = true
    this.#grant ??= this.#stage.revokeAccount()
  }

  restoreAccount(): void {
    this.#grant?.()
    this.#grant = null
  }
}
