/** The actions that an installed App can reject. */
export type VetoedAction = 'send' | 'edit' | 'delete'

/** Rejections that tests configure in place of a Rocket.Chat App's hook. */
export class Vetoes {
  readonly #left = new Map<VetoedAction, number>()

  /** Rejects the next `times` actions of this kind. */
  add(action: VetoedAction, times = 1): void {
    this.#left.set(action, (this.#left.get(action) ?? 0) + times)
  }

  /** Whether this action is rejected. Counts the rejection. */
  take(action: VetoedAction): boolean {
    const left = this.#left.get(action) ?? 0
    if (left > 0) this.#left.set(action, left - 1)
    return left > 0
  }
}
