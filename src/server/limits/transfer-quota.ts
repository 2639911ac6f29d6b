/** The largest numbers of files that are transferred at a time. */
export interface TransferLimits {
  readonly maxTransfers: number
  /** Maximum for one operator, or one client address. */
  readonly maxTransfersPerSource: number
}

/** Few enough that slow uploads leave most connections of a provider's pool (64) to other requests. */
export const uploadLimits: TransferLimits = { maxTransfers: 24, maxTransfersPerSource: 8 }
export const downloadLimits: TransferLimits = { maxTransfers: 64, maxTransfersPerSource: 16 }

/** Limits the transfers at a time, in total and by source: each holds a connection to a provider as long as its client takes. */
export class TransferQuota {
  readonly #limits: TransferLimits
  readonly #openBySource = new Map<string, number>()
  #open = 0

  constructor(limits: TransferLimits) {
    this.#limits = limits
  }

  /** Counts one more transfer. Returns the function to call at its end, or null if a limit would be exceeded. */
  acquire(source: string): (() => void) | null {
    const { maxTransfers, maxTransfersPerSource } = this.#limits
    const ofSource = this.#openBySource.get(source) ?? 0
    if (this.#open >= maxTransfers || ofSource >= maxTransfersPerSource) return null
    this.#count(source, 1)
    let isOpen = true
    return () => {
      if (isOpen) this.#count(source, -1)
      isOpen = false
    }
  }

  #count(source: string, by: 1 | -1): void {
    this.#open += by
    const open = (this.#openBySource.get(source) ?? 0) + by
    if (open > 0) this.#openBySource.set(source, open)
    else this.#openBySource.delete(source)
  }
}
