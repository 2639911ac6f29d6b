import type { WireResponse } from '../../wire-server.ts'
import type { ErrorReason } from '../errors.ts'
import type { Profile } from '../profiles.ts'

/** How a route of 4.x and older reported errors: the whole error object, or its code alone. */
export type LegacyStyle = 'object' | 'code'

/** The coded errors that 9.0 answers with 403 (PR #43214). Plain errors have no code and stay at 400. */
const NOT_ALLOWED = new Set(['error-not-allowed', 'not-allowed', 'error-action-not-allowed'])

const LOGIN_NEEDED = 'You must be logged in to do this.'
const LACKING = 'User does not have the permissions required for this action'

/** The status and body of an error, in the form of its release and route (docs/providers/rocketchat.md 0). */
export function errorResponse(reason: ErrorReason, profile: Profile, style: LegacyStyle): WireResponse {
  switch (reason.kind) {
    case 'limited':
      return limited(reason.seconds, profile)
    case 'not-logged-in':
      return answer(401, {
        error: LOGIN_NEEDED,
        ...(!profile.slimUnauthorized && { status: 'error', message: LOGIN_NEEDED }),
      })
    case 'forbidden':
      return answer(403, { error: profile.notAllowedStatus === 403 ? 'forbidden' : 'unauthorized' })
    case 'lacks-permission':
      return answer(403, { error: withCode('error-unauthorized', LACKING) })
    case 'unlicensed':
      return { status: 404, body: '404 Not Found', headers: { 'content-type': 'text/plain; charset=UTF-8' } }
    case 'login-failed':
      return { status: 401, body: { status: 'error', error: 'Unauthorized', message: 'Unauthorized' } }
    case 'not-found':
      return answer(404, { error: reason.text })
    case 'failure':
      return answer(400, reason.body)
    case 'typed-invalid':
      return answer(400, {
        error: reason.text,
        errorType: reason.part === 'query' ? 'error-invalid-params' : 'invalid-params',
      })
    default:
      return profile.legacy ? legacyError(reason, style) : currentError(reason, profile)
  }
}

type HandlerErrorReason = Extract<ErrorReason, { kind: 'plain' | 'coded' | 'mismatch' | 'database' }>

function currentError(reason: HandlerErrorReason, profile: Profile): WireResponse {
  if (reason.kind !== 'coded') return answer(400, { error: reason.text })
  const { code, reason: text, details } = reason
  const forbidden = profile.notAllowedStatus === 403 && NOT_ALLOWED.has(code)
  return answer(forbidden ? 403 : 400, {
    error: withCode(code, text),
    errorType: forbidden ? 'error-forbidden' : code,
    ...(details && { details }),
  })
}

/** 4.x and older passed the caught error on: whole, so that its own keys became the body, or only its `error` key. */
function legacyError(reason: HandlerErrorReason, style: LegacyStyle): WireResponse {
  switch (reason.kind) {
    case 'mismatch':
      return answer(400, style === 'code' ? {} : mismatchObject(reason))
    case 'database':
      return answer(
        400,
        style === 'code' ? {} : { name: 'MongoError', driver: true, code: 11000, errmsg: reason.text },
      )
    default: {
      const code = reason.kind === 'plain' ? reason.text : reason.code
      const text = reason.kind === 'plain' ? undefined : reason.reason
      return answer(400, style === 'code' ? { error: code } : errorObject(code, text))
    }
  }
}

function errorObject(code: string | number, reason: string | undefined): Record<string, unknown> {
  return {
    isClientSafe: true,
    error: code,
    ...(reason !== undefined && { reason }),
    message: withCode(String(code), reason),
    errorType: 'Meteor.Error',
  }
}

function mismatchObject({ text, path }: { text: string; path: string }): Record<string, unknown> {
  return {
    message: text,
    path,
    sanitizedError: errorObject(400, 'Match failed'),
    errorType: 'Match.Error',
  }
}

function limited(seconds: number, profile: Profile): WireResponse {
  const code = 'error-too-many-requests'
  const reason = `Error, too many requests. Please slow down. You must wait ${seconds} seconds before trying this endpoint again.`
  return answer(429, { error: withCode(code, reason), ...(profile.legacy && { errorType: code }) })
}

function withCode(code: string, reason: string | undefined): string {
  return reason === undefined ? `[${code}]` : `${reason} [${code}]`
}

function answer(status: number, body: Readonly<Record<string, unknown>>): WireResponse {
  return { status, body: { ...body, success: false } }
}
