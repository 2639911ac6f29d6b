/** The allowance that a mutation counts against. Signals have their own, so that typing does not use up what a caller may write. */
export type MutationAllowance = 'WRITES' | 'SIGNALS'

const EXTENSION = 'isSignal'

/** Extensions of a mutation field that counts against the allowance of signals. */
export const countedAsSignal = { [EXTENSION]: true }

/** Reads the allowance of a field of Mutation. */
export function allowanceOf(extensions: Readonly<Record<string | symbol, unknown>>): MutationAllowance {
  return extensions[EXTENSION] === true ? 'SIGNALS' : 'WRITES'
}
