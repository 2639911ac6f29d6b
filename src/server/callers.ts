import { createHash, timingSafeEqual } from 'node:crypto'
import { anonymous, type Caller } from '../chat/caller.ts'
import type { RefusalReason } from './security-log.ts'

/** What a caller presents: HTTP headers, or a WebSocket's connection_init payload. Absent and empty differ. */
export interface Presented {
  readonly authorization: string | undefined
  readonly visitorToken: string | undefined
}

/** Who may act as an operator, and by which secret. */
export interface OperatorKey {
  readonly name: string
  readonly key: string
}

const LONGEST_TOKEN = 512

/** Tells who presents what; null for a credential that is wrong. Nothing presented is anonymous. */
export type Identify = (presented: Presented) => Caller | null

/** The reason under which the security log counts a wrong credential. */
export function refusedCredential({ authorization }: Presented): RefusalReason {
  return authorization === undefined ? 'visitor_token' : 'operator_key'
}

/** Knows the operators by their keys. A key is compared with every configured one, in constant time. */
export function createIdentify(operators: readonly OperatorKey[]): Identify {
  const known = operators.map(({ name, key }) => ({ name, digest: digest(key) }))

  return ({ authorization, visitorToken }) => {
    if (authorization !== undefined) {
      const key = /^Bearer ([\x21-\x7e]+)$/i.exec(authorization)?.[1]
      return key === undefined ? null : operatorOf(known, digest(key))
    }
    if (visitorToken === undefined) return anonymous
    if (!/^[\x21-\x7e]+$/.test(visitorToken) || visitorToken.length > LONGEST_TOKEN) return null
    return { role: 'VISITOR', token: visitorToken }
  }
}

function operatorOf(known: readonly { name: string; digest: Buffer }[], presented: Buffer): Caller | null {
  let caller: Caller | null = null
  for (const { name, digest } of known)
    if (timingSafeEqual(digest, presented)) caller = { role: 'OPERATOR', name }
  return caller
}

/** Equal lengths for the comparison, whatever the key's. */
function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}
