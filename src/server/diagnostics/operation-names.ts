import type { Caller } from '../../domain/caller.ts'

const MAX_NAMES = 200
const MAX_LENGTH = 64
const UNNAMED = 'unnamed'
const OTHER = 'other'

/**
 * Names of operations for metrics and logs. Clients choose names, so only a limited number is shown, and only those of
 * trusted documents and those that an operator has sent: strangers must neither fill the metrics nor write into them.
 */
export class OperationNames {
  readonly #names: Set<string>

  /** `trusted` are the names in trusted documents, which are always shown. */
  constructor(trusted: Iterable<string> = []) {
    this.#names = new Set(trusted)
  }

  /** The name to show: the operation's own, `unnamed` or `other`. */
  shownName(name: string | null, { role }: Caller): string {
    if (name === null) return UNNAMED
    if (this.#names.has(name)) return name
    if (role !== 'OPERATOR' || this.#names.size >= MAX_NAMES || name.length > MAX_LENGTH) return OTHER
    this.#names.add(name)
    return name
  }
}
