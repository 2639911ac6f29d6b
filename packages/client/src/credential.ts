/** Proves who the caller is; null for an anonymous caller. */
export type Credential =
  | { /** Key or JWT of an operator. */ readonly operatorKey: string }
  | { /** Token of a visitor, as `startRoom` returns it. */ readonly visitorToken: string }
  | null

/** A credential, or a function that returns the current one: it is called for each request and connection. */
export type CredentialSource = Credential | (() => Credential | Promise<Credential>)

/** Returns a function that reads the current credential of a source. */
export function credentialReader(source: CredentialSource): () => Promise<Credential> {
  return async () => (typeof source === 'function' ? source() : source)
}

/** The HTTP headers that send a credential. */
export function headersOf(credential: Credential): Readonly<Record<string, string>> {
  if (credential === null) return {}
  if ('operatorKey' in credential) return { authorization: `Bearer ${credential.operatorKey}` }
  return { 'x-visitor-token': credential.visitorToken }
}

/** The payload of `connection_init` that sends a credential. */
export function initPayloadOf(credential: Credential): Readonly<Record<string, string>> {
  if (credential === null) return {}
  if ('operatorKey' in credential) return { authorization: `Bearer ${credential.operatorKey}` }
  return { visitorToken: credential.visitorToken }
}

/** Whether two credentials are equal. */
export function isSameCredential(one: Credential, other: Credential): boolean {
  return JSON.stringify(headersOf(one)) === JSON.stringify(headersOf(other))
}
