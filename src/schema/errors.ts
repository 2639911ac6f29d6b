import type { ObjectRef } from '@pothos/core'
import { ChatError, type ErrorCode } from '../domain/errors.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { ErrorCodeType } from './enums.ts'

/** The object type of each failure. */
const typeNames = {
  UNAUTHENTICATED: 'UnauthenticatedError',
  FORBIDDEN: 'ForbiddenError',
  INVALID_INPUT: 'InvalidInputError',
  NOT_FOUND: 'NotFoundError',
  CONFLICT: 'ConflictError',
  UNSUPPORTED: 'UnsupportedError',
  ROOM_CLOSED: 'RoomClosedError',
  RATE_LIMITED: 'RateLimitedError',
  PROVIDER_UNAVAILABLE: 'ProviderUnavailableError',
  PROVIDER_ERROR: 'ProviderError',
  OUTCOME_UNKNOWN: 'OutcomeUnknownError',
} as const satisfies Record<ErrorCode, string>

/** A failure as a value: an Error itself would be thrown again by the executor that is handed it. */
export interface MutationFailure {
  readonly failed: ChatError
}

const UserError = builder.interfaceRef<MutationFailure>('UserError').implement({
  description:
    'Every expected failure of a mutation. `detail` is for people; it is not called `message`, so that a payload’s `message: Message!` can be selected beside it without an alias.',
  resolveType: ({ failed }) => typeNames[failed.code],
  fields: (t) => ({
    code: t.field({
      type: ErrorCodeType,
      description: 'For programs.',
      resolve: ({ failed }) => failed.code,
    }),
    detail: t.string({ description: 'For people.', resolve: ({ failed }) => failed.message }),
  }),
})

const providerField = {
  nullable: true,
  description: 'The configured name of the provider that is the reason.',
  resolve: ({ failed }: MutationFailure) => failed.provider,
} as const

function failure(code: ErrorCode, description: string) {
  return builder
    .objectRef<MutationFailure>(typeNames[code])
    .implement({ description, interfaces: [UserError] })
}

function providerFailure(code: ErrorCode, description: string) {
  return builder.objectRef<MutationFailure>(typeNames[code]).implement({
    description,
    interfaces: [UserError],
    fields: (t) => ({ provider: t.string(providerField) }),
  })
}

const InvalidInputError = builder.objectRef<MutationFailure>(typeNames.INVALID_INPUT).implement({
  description: 'The input cannot be accepted as it is.',
  interfaces: [UserError],
  fields: (t) => ({
    field: t.string({
      nullable: true,
      description: 'The input field at fault, e.g. `text`.',
      resolve: ({ failed }) => failed.field,
    }),
  }),
})

const RateLimitedError = builder.objectRef<MutationFailure>(typeNames.RATE_LIMITED).implement({
  description:
    'Nothing was done: the provider accepts no more calls for the moment, or, where `provider` is null, the gateway no more mutations of this caller.',
  interfaces: [UserError],
  fields: (t) => ({
    provider: t.string(providerField),
    retryAfterMs: t.int({
      nullable: true,
      description: 'Milliseconds until another try makes sense.',
      resolve: ({ failed }) => failed.retryAfterMs,
    }),
  }),
})

const everyFailure = [
  failure('UNAUTHENTICATED', 'This needs a credential, or a valid one.'),
  failure('FORBIDDEN', 'The caller may not do this.'),
  InvalidInputError,
  failure('NOT_FOUND', 'There is no such thing, or it is not the caller’s to see.'),
  failure('CONFLICT', 'It contradicts what already is: a key used with another input, nobody online.'),
  providerFailure('UNSUPPORTED', 'The provider, as configured, cannot do this; it was not asked.'),
  failure('ROOM_CLOSED', 'The room is closed.'),
  RateLimitedError,
  providerFailure('PROVIDER_UNAVAILABLE', 'The provider does not answer; nothing was done.'),
  providerFailure('PROVIDER_ERROR', 'The provider refused, or answered what could not be understood.'),
  providerFailure(
    'OUTCOME_UNKNOWN',
    'The request went out and no answer came: it may or may not have been done. Look before asking again.',
  ),
]

/** The result of a mutation: its payload, or any failure. */
export function mutationResultType<T extends object>(
  name: string,
  payload: ObjectRef<typeof builder.$inferSchemaTypes, T>,
  payloadName: string,
) {
  return builder.unionType(name, {
    description: 'What came of it.',
    types: [payload, ...everyFailure],
    resolveType: (value) => ('failed' in value ? typeNames[value.failed.code] : payloadName),
  })
}

/** Runs a mutation as its caller and gives its expected failures as values; the unforeseen stays an error. */
export async function toMutationResult<T>(
  ctx: Context,
  work: () => Promise<T>,
): Promise<T | MutationFailure> {
  // Mutations of one request run one after another, and an earlier one may have gone on as a new visitor.
  if (ctx.call.caller !== ctx.initialCaller) ctx.actAs(ctx.initialCaller)
  try {
    return await work()
  } catch (error) {
    if (error instanceof ChatError) return { failed: error }
    throw error
  }
}
