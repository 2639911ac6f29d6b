import type { SimulatedProvider, SimulatedRoom } from './simulated-provider.ts'

/** A visitor's token that the provider rejects. */
export interface Revocation {
  readonly room: string
  /** In milliseconds of the scenario's clock. Later commits were never visible with the token. */
  readonly at: number
}

/** The credentials that the provider rejects, and since when. */
export class RevokedCredentials {
  readonly #provider: Pick<SimulatedProvider, 'revoke' | 'revokeAccount'>
  readonly #revocationsByRoom = new Map<string, Revocation>()
  #restore: (() => void) | null = null
  #wasAccountRevoked = false

  constructor(provider: Pick<SimulatedProvider, 'revoke' | 'revokeAccount'>) {
    this.#provider = provider
  }

  get revocations(): readonly Revocation[] {
    return [...this.#revocationsByRoom.values()]
  }

  /** Whether the gateways' account was ever revoked. Its subscribers may be rejected for that even a little later. */
  get wasAccountRevoked(): boolean {
    return this.#wasAccountRevoked
  }

  isRevoked({ id }: Pick<SimulatedRoom, 'id'>): boolean {
    return this.#revocationsByRoom.has(id)
  }

  /** `at` is now. */
  revoke(room: SimulatedRoom, at: number): void {
    if (this.isRevoked(room)) return
    this.#provider.revoke(room)
    this.#revocationsByRoom.set(room.id, { room: room.id, at })
  }

  revokeAccount(): void {
    this.#wasAccountRevoked = true
    this.#restore ??= this.#provider.revokeAccount()
  }

  restoreAccount(): void {
    this.#restore?.()
    this.#restore = null
  }
}
