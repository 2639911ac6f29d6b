/** What an installed App can refuse. */
export type VetoedAction = 'send' | 'edit' | 'delete'

/** Refusals that tests ask for in place of a Rocket.Chat App's hook. */
export class Vetoes {
  readonly #left = new Map<VetoedAction, number>()

  /** The next `times` actions of this kind will be refused. */
  add(action: VetoedAction, times = 1): void {
    this.#left.set(action, (this.#left.get(action) ?? 0) + times)
  }

  /** Whether this action is refused; counts the refusal as used. */
  take(action: VetoedAction): boolean {
    const left = this.#left.get(action) ?? 0
    if (left > 0) this.#left.set(action, left - 1)
    return left > 0
  }
}
