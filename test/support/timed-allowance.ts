import { CallAllowance } from '../../src/domain/call-allowance.ts'
import { anonymousCaller } from '../../src/domain/caller.ts'

/** The allowance of an operation that has the time that the test says. */
export class TimedAllowance extends CallAllowance {
  readonly #leftMs: () => number

  constructor(leftMs: () => number) {
    super(anonymousCaller, () => false)
    this.#leftMs = leftMs
  }

  override get remainingMs(): number {
    return this.#leftMs()
  }
}
