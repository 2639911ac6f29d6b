/**
 * The caller that causes a request, as far as the request queues must know it. All requests of one caller share this
 * object, whose `isVerified` and `authenticationError` may change while they are queued.
 */
export interface RequestCaller {
  /** Requests with the same key are queued together. Holds no credential. */
  readonly key: string
  /** The client's network address, or empty. Unverified callers of one origin are queued together. */
  readonly origin: string
  /** Whether the provider has accepted the caller's credential. All other callers share a small part of each limit. */
  readonly isVerified: boolean
  /** The provider's rejection of the credential, which also fails later requests; null while none is known. */
  readonly authenticationError: Error | null
}

/** The gateway itself, and callers without a credential. */
export const gatewayCaller: RequestCaller = {
  key: '',
  origin: '',
  isVerified: true,
  authenticationError: null,
}
