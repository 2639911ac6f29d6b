import type { Commit } from './ledger.ts'

/** A time in which the provider's push or webhooks lost, delayed or reordered changes. In milliseconds of the scenario's clock. */
export interface Disturbance {
  readonly from: number
  /** Infinite while it lasts. */
  until: number
}

/** Whether the push or webhook of a commit may have been lost, delayed or reordered. */
export function isDisturbed({ at }: Commit, disturbances: readonly Disturbance[]): boolean {
  return disturbances.some(({ from, until }) => at >= from && at <= until)
}
