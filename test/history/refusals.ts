import type { Stage, StageRoom } from './stage.ts'

/** A visitor's token that is refused. */
export interface Revocation {
  readonly room: string
  /** In milliseconds of the script's clock: what was committed later was never shown to it. */
  readonly at: number
}

/** Whom the provider refuses, and since when. */
export class Refusals {
  readonly #stage: Pick<Stage, 'revoke' | 'refuseAccount'>
  readonly #revoked = new Map<string, Revocation>()
  #grant: (() => void) | null = null
  #wasAccountRefused = false

  constructor(stage: Pick<Stage, 'revoke' | 'refuseAccount'>) {
    this.#stage = stage
  }

  get revocations(): readonly Revocation[] {
    return [...this.#revoked.values()]
  }

  /** Whether the gateways' account was ever refused: whoever comes with it may be told so, even a little later. */
  get wasAccountRefused(): boolean {
    return this.#wasAccountRefused
  }

  isRevoked({ id }: Pick<StageRoom, 'id'>): boolean {
    return this.#revoked.has(id)
  }

  /** `at` is now. */
  revoke(room: StageRoom, at: number): void {
    if (this.isRevoked(room)) return
    this.#stage.revoke(room)
    this.#revoked.set(room.id, { room: room.id, at })
  }

  refuseAccount(): void {
    this.#wasAccountRefused = true
    this.#grant ??= this.#stage.refuseAccount()
  }

  grantAccount(): void {
    this.#grant?.()
    this.#grant = null
  }
}
