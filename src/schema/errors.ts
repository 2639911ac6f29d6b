import type { ObjectRef } from '@pothos/core'
import { ChatError, type ErrorCode } from '../domain/errors.ts'
import { builder } from './builder.ts'
import type { MutationFailure } from './mutation-failure.ts'

/** Object type of each code. The description is also that of the code. */
const errorTypes = {
  UNAUTHENTICATED: {
    name: 'UnauthenticatedError',
    description: 'A credential is required, or the credential that was sent is not valid.',
  },
  FORBIDDEN: {
    name: 'ForbiddenError',
    description: 'The caller is known, and is not allowed to do this.',
  },
  INVALID_INPUT: {
    name: 'InvalidInputError',
    description: 'The input is not acceptable. Change it before you try again.',
  },
  NOT_FOUND: {
    name: 'NotFoundError',
    description: 'The object does not exist, or the caller is not allowed to see it.',
  },
  CONFLICT: {
    name: 'ConflictError',
    description:
      'The request contradicts the current state: an idempotency key was used with another input, no agent is online, another agent serves the room, or the state of the offline message does not allow the change.',
  },
  UNSUPPORTED: {
    name: 'UnsupportedError',
    description: 'The provider cannot do this as it is configured. Nothing was changed there.',
  },
  ROOM_CLOSED: {
    name: 'RoomClosedError',
    description: 'The room is closed, so it accepts no change.',
  },
  RATE_LIMITED: {
    name: 'RateLimitedError',
    description:
      'A rate limit or a bound of the offline queue is reached, and nothing was done. If `provider` is null, it is the gateway’s own limit for this caller. In a subscription that has started: events may be missing.',
  },
  PROVIDER_UNAVAILABLE: {
    name: 'ProviderUnavailableError',
    description: 'The provider cannot be reached or does not respond. Nothing was done.',
  },
  PROVIDER_ERROR: {
    name: 'ProviderError',
    description: 'The provider rejected the request, or sent a response that the gateway cannot read.',
  },
  OUTCOME_UNKNOWN: {
    name: 'OutcomeUnknownError',
    description:
      'The request was sent and no response arrived, so it may or may not have been carried out. Read the current state before you try again.',
  },
} as const satisfies Record<ErrorCode, { readonly name: string; readonly description: string }>

const ErrorCodeType = builder.enumType('ErrorCode', {
  description: 'Reason why a mutation, a field or a subscription failed.',
  values: errorTypes,
})

const UserError = builder.interfaceRef<MutationFailure>('UserError').implement({
  description:
    'Interface of all expected errors of mutations. The text is called `detail` and not `message`, so that you can select it next to the `message: Message!` of a payload without an alias.',
  resolveType: ({ error }) => errorTypes[error.code].name,
  fields: (t) => ({
    code: t.field({
      type: ErrorCodeType,
      description: 'Stable code, for programs.',
      resolve: ({ error }) => error.code,
    }),
    detail: t.string({
      description: 'Explanation in English, for people. It may change; programs should use `code`.',
      resolve: ({ error }) => error.message,
    }),
  }),
})

function errorType(code: ErrorCode) {
  const { name, description } = errorTypes[code]
  return builder.objectRef<MutationFailure>(name).implement({ description, interfaces: [UserError] })
}

const providerField = {
  nullable: true,
  description: 'Configured name of the provider that caused the error; null if no provider did.',
  resolve: ({ error }: MutationFailure) => error.provider,
} as const

function providerErrorType(code: ErrorCode) {
  const ref = errorType(code)
  builder.objectField(ref, 'provider', (t) => t.string(providerField))
  return ref
}

const InvalidInputError = errorType('INVALID_INPUT')
builder.objectField(InvalidInputError, 'field', (t) =>
  t.string({
    nullable: true,
    description:
      'Path of the input field that is not acceptable, for example `text`; null if it is none in particular.',
    resolve: ({ error }) => error.field,
  }),
)

const RateLimitedError = providerErrorType('RATE_LIMITED')
builder.objectField(RateLimitedError, 'retryAfterMs', (t) =>
  t.int({
    nullable: true,
    description: 'Milliseconds after which a new attempt can succeed; null if unknown.',
    resolve: ({ error }) => error.retryAfterMs,
  }),
)

const allErrorTypes = [
  errorType('UNAUTHENTICATED'),
  errorType('FORBIDDEN'),
  InvalidInputError,
  errorType('NOT_FOUND'),
  errorType('CONFLICT'),
  providerErrorType('UNSUPPORTED'),
  errorType('ROOM_CLOSED'),
  RateLimitedError,
  providerErrorType('PROVIDER_UNAVAILABLE'),
  providerErrorType('PROVIDER_ERROR'),
  providerErrorType('OUTCOME_UNKNOWN'),
]

/** Declares the result of a mutation: the union of its payload and all errors. */
export function mutationResultType<T extends object>(
  name: string,
  payload: ObjectRef<typeof builder.$inferSchemaTypes, T>,
) {
  return builder.unionType(name, {
    description: `Result of the mutation: ${payload.name} if it succeeded, else one of the errors, which all implement UserError.`,
    types: [payload, ...allErrorTypes],
    resolveType: (value) => ('error' in value ? errorTypes[value.error.code].name : payload.name),
  })
}

/** Runs a mutation and returns an expected error as its result. Other errors remain exceptions. */
export async function toMutationResult<T>(run: () => Promise<T>): Promise<T | MutationFailure> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof ChatError) return { error }
    throw error
  }
}
