/** A visitor whose token can be renewed: the provider's configured name, and the visitor's id there. */
export interface RenewableVisitor {
  readonly provider: string
  readonly visitorId: string
}

/** Tokens with which a visitor gets a new visitor token. Only gateways with the same secret can issue or verify them. */
export interface RenewalTokens {
  issue(visitor: RenewableVisitor): string
  /** Returns the visitor of a token; null for any text that is not a valid token. Never throws. */
  verify(token: string): RenewableVisitor | null
}
