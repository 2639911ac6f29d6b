import type { AdapterRegistry, CallContext } from '../../domain/adapter.ts'

/** Context of one file transfer. */
export interface FileTransfer {
  /** Aborts when the client disconnects. */
  readonly call: CallContext
  /** The providers that the caller may use. */
  readonly registry: AdapterRegistry
  /** Milliseconds that the client may neither send nor take anything. */
  readonly idleMs: number
}
