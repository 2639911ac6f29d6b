import type { IncomingMessage } from 'node:http'
import type { Credentials } from './caller-identification.ts'

/** The credentials in the headers of a request. */
export function credentialsOf({ headers }: IncomingMessage): Credentials {
  const token = headers['x-visitor-token']
  return {
    authorization: headers.authorization,
    // A repeated header is joined, and so is not a valid token.
    visitorToken: Array.isArray(token) ? token.join(', ') : token,
  }
}
