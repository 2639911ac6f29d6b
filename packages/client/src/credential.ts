/** Proves who the caller is; null for an anonymous caller. */
export type Credential =
  | { /** Key or JWT of an operator. */ readonly operatorKey: string }
  | { /** Token of a visitor, as `startRoom` returns it. */ readonly visitorToken: string }
  | null

/**
 * A credential, or a function that returns the current one. It is called for each request and connection, and with the refused
 * credential after a refusal: it may renew that one, and returns the same if it cannot. A `NetworkError`, or another error that
 * is transient, lets the caller try again.
 */
export type CredentialSource = Credential | ((refused?: Credential) => Credential | Promise<Credential>)

/** Returns a function that reads the current credential of a source. */
export function credentialReader(source: CredentialSource): (refused?: Credential) => Promise<Credential> {
  return async (refused) => (typeof source === 'function' ? source(refused) : source)
}

/** The HTTP headers that send a credential. */
export const headersOf = (credential: Credential) => fieldsOf(credential, 'x-visitor-token')

/** The payload of `connection_init` that sends a credential. */
export const initPayloadOf = (credential: Credential) => fieldsOf(credential, 'visitorToken')

function fieldsOf(credential: Credential, visitorToken: string): Readonly<Record<string, string>> {
  if (!credential) return {}
  return 'operatorKey' in credential
    ? { authorization: `Bearer ${credential.operatorKey}` }
    : { [visitorToken]: credential.visitorToken }
}

/** Whether two credentials are equal. */
export function isSameCredential(one: Credential, other: Credential): boolean {
  return JSON.stringify(headersOf(one)) === JSON.stringify(headersOf(other))
}
