import type { Permission } from '../../../domain/caller.ts'

/** What a tool does to the world, for clients that ask a person before they run it. */
export interface ToolHints {
  /** It changes nothing. */
  readonly readOnlyHint: boolean
  /** It can replace or end something, as opposed to only adding to it. */
  readonly destructiveHint: boolean
  /** Repeating it with the same arguments changes nothing more. */
  readonly idempotentHint: boolean
  /** It shows what visitors wrote, or reaches them. */
  readonly openWorldHint: boolean
}

/** A tool: a named GraphQL document, and what a model needs to know to choose it. */
export interface Tool {
  /** Title for people. */
  readonly title: string
  /** Explanation for the model: when to use the tool, and what it costs. */
  readonly description: string
  /** The permission without which the tool is not listed. The schema decides whether it may be used. */
  readonly permission: Permission
  readonly hints: ToolHints
  /** A document with one operation, whose name is the tool's and whose variables are its arguments. */
  readonly document: string
  /** Descriptions of arguments for which the schema's does not fit. */
  readonly argumentDescriptions?: Readonly<Record<string, string>>
}

/** Hints of a tool that shows what visitors wrote. */
export const readsConversations: ToolHints = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: true,
}

/** Hints of a tool that reads nothing that visitors wrote. */
export const readsFacts: ToolHints = { ...readsConversations, openWorldHint: false }

/** Hints of a tool that writes in a room: repeating it writes again. */
export const addsMessage: ToolHints = {
  readOnlyHint: false,
  destructiveHint: false,
  idempotentHint: false,
  openWorldHint: true,
}

/** Hints of a tool that sets a state: it replaces another, and repeating it changes nothing more. */
export const replacesState: ToolHints = {
  readOnlyHint: false,
  destructiveHint: true,
  idempotentHint: true,
  openWorldHint: false,
}

/** Arguments of a list in pages. */
export const pageArguments = {
  first: 'Number of items, 1 to 100. Small pages are cheaper; continue with `after`.',
  after: 'Continues after this cursor: `pageInfo.endCursor` of the page before.',
} as const

/** The argument with which a write is repeated safely. */
export const idempotencyArgument = {
  idempotencyKey:
    'Leave it out: the gateway makes a new key for each call. Only to repeat a call that failed with a key in its error, send that key with the same arguments; nothing is written twice then.',
} as const

/** The selection of an expected error in the result of a mutation: the fragment `Failure`. */
export const failureFragment = /* GraphQL */ `
  fragment Failure on UserError {
    code
    detail
    ... on InvalidInputError { field }
    ... on RateLimitedError { provider retryAfterMs }
    ... on OutcomeUnknownError { provider }
    ... on ProviderError { provider }
    ... on ProviderUnavailableError { provider }
    ... on UnsupportedError { provider }
  }
`
