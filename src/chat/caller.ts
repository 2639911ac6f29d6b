/** Who is asking. A visitor's token is the provider's: the gateway passes it on and never judges it. */
export type Caller =
  | { readonly role: 'OPERATOR'; readonly name: string }
  | { readonly role: 'VISITOR'; readonly token: string }
  | { readonly role: 'ANONYMOUS' }

export type Role = Caller['role']

/** The caller who sent no credential. */
export const anonymous: Caller = { role: 'ANONYMOUS' }
