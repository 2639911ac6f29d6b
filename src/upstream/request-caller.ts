/**
 * Who causes a request, as far as queues must know. All requests of one caller share the object, and what it says may
 * change while they wait.
 */
export interface RequestCaller {
  /** Requests of one key wait in one line. It holds no credential. */
  readonly key: string
  /** Where the caller comes from: the client's network address, or empty. Callers not proven wait in one line per origin. */
  readonly origin: string
  /** Whether the provider has accepted the caller's credential. Those of all other callers share a small part of each limit. */
  readonly isVerified: boolean
  /** The provider's refusal of the credential, which stands for further ones; null while none is known. */
  readonly authenticationError: Error | null
}

/** The gateway itself, and whoever sends no credential. */
export const gatewayCaller: RequestCaller = {
  key: '',
  origin: '',
  isVerified: true,
  authenticationError: null,
}
