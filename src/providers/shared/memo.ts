let inspect: ((result: unknown) => void) | null = null

/** Passes each new result that callers share to `inspector`. Tests freeze them: nobody may change a shared object. */
export function inspectSharedResults(inspector: (result: unknown) => void): void {
  inspect = inspector
}

/**
 * Results that are made from one object, kept as long as that object is in use: the same object with the same arguments gives
 * the identical result. Equal bodies of a repeated read are one object (`ResponseBody`), and so is everything that is made
 * from them through memos, up to the messages and rooms.
 */
export class Memo<Source extends object, Result> {
  readonly #entries = new WeakMap<Source, { readonly args: readonly unknown[]; readonly result: Result }>()

  /** Returns the result of `source`, and computes it if it is not known or was computed with other arguments. */
  get(source: Source, args: readonly unknown[], compute: () => Result): Result {
    const known = this.#entries.get(source)
    if (known && areIdentical(known.args, args)) return known.result
    const result = compute()
    this.#entries.set(source, { args, result })
    inspect?.(result)
    return result
  }
}

function areIdentical(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false
  for (let index = 0; index < a.length; index += 1) if (!Object.is(a[index], b[index])) return false
  return true
}
