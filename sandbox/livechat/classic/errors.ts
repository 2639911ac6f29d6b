import type { WireResponse } from '../../wire-server.ts'

/**
 * The form of a REST v1/v2 error. Clients must handle every form (docs/providers/livechat.md 1.3): `{"error":
 * text}`, `{"errors": [text]}`, `{"errors": text}`, `{"errors": [{rule: [text]}]}`, or text that is no JSON.
 */
export type ClassicErrorForm = 'error' | 'errors-list' | 'errors-string' | 'errors-objects' | 'plain'

/** An error of the classic API: 400 bad argument, 401 bad login or key, 404 unknown resource. */
export class ClassicError extends Error {
  readonly status: 400 | 401 | 404
  /** The invalid argument or resource. The object form uses it as the name of the rule. */
  readonly subject: string

  constructor(status: 400 | 401 | 404, subject: string, message: string) {
    super(message)
    this.status = status
    this.subject = subject
  }
}

/** The response for an error, in the chosen form. */
export function renderClassicError(error: ClassicError, form: ClassicErrorForm): WireResponse {
  const { status, message, subject } = error
  switch (form) {
    case 'error':
      return { status, body: { error: message } }
    case 'errors-list':
      return { status, body: { errors: [message] } }
    case 'errors-string':
      return { status, body: { errors: message } }
    case 'errors-objects':
      return { status, body: { errors: [{ [subject]: [message] }] } }
    case 'plain':
      return { status, body: message, headers: { 'content-type': 'text/plain; charset=utf-8' } }
  }
}

/** A server error in a proxy's form, not JSON (docs/providers/livechat.md 1.3), for `sandbox.injectFault`. */
export const htmlServerError = {
  kind: 'answer',
  status: 500,
  body: '<html>\r\n<head><title>500 Internal Server Error</title></head>\r\n<body>\r\n<center><h1>500 Internal Server Error</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n',
} as const
