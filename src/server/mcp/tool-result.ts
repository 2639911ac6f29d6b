import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql'
import { z } from 'zod'
import { isJsonObject, type JsonObject } from '../../domain/json.ts'

/** Why a call failed, or why a part of its result is missing. */
export interface Failure {
  /** The code of a `UserError`, or of an error in `errors[]`. */
  readonly code: string
  /** Explanation in English. */
  readonly detail: string
  /** The path of the input field at fault; in the result of a tool, its argument. */
  readonly field?: string | undefined
  /** The provider that failed. */
  readonly provider?: string | undefined
  readonly retryAfterMs?: number | undefined
  /** The id of the log line of an unexpected error. */
  readonly requestId?: string | undefined
  /** The key with which the call can be repeated without a second effect. */
  readonly idempotencyKey?: string | undefined
}

/** Data of a document, and why parts of it are missing. */
export interface DataOutcome {
  readonly data: JsonObject
  readonly failures: readonly Failure[]
}

/** What a document returned: data, or why there is none. */
export type Outcome = DataOutcome | { readonly data: null; readonly failure: Failure }

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined)

const failureDetails = z.object({
  field: text,
  provider: text,
  retryAfterMs: z
    .number()
    .nullish()
    .transform((value) => value ?? undefined),
  requestId: text,
})
/** A member of a mutation's result that implements `UserError`. */
const userError = z.object({ code: z.string(), detail: z.string(), ...failureDetails.shape })
/** The extensions of an error in `errors[]`. */
const errorExtensions = z.object({ code: z.string().catch('BAD_REQUEST'), ...failureDetails.shape })

const NOT_FOUND: Failure = {
  code: 'NOT_FOUND',
  detail: 'The object does not exist, or you are not allowed to see it.',
}

/** Reads the result of a document. */
export function readOutcome({ data, errors = [] }: FormattedExecutionResult): Outcome {
  const failures = errors.map(toFailure)
  const [failure] = failures
  const fields = Object.values(data ?? {})
  const userErrors = fields.flatMap((field) => userError.safeParse(field).data ?? [])
  if (userErrors[0]) return { data: null, failure: userErrors[0] }
  if (!isJsonObject(data) || fields.every((field) => field === null))
    return { data: null, failure: failure ?? NOT_FOUND }
  return { data, failures }
}

function toFailure({ message, extensions = {} }: GraphQLFormattedError): Failure {
  const { code, ...details } = errorExtensions.parse(extensions)
  return { code, detail: message, ...details }
}

/** The result of a call in the form of the protocol. */
export interface ToolResult {
  readonly content: { type: 'text'; text: string }[]
  readonly structuredContent: Record<string, unknown>
  readonly isError: boolean
  readonly [member: string]: unknown
}

/**
 * Creates the result of a call: the data as structured content, and for clients that show models only texts as JSON. The
 * first text is the gateway's own, and contains nothing that people wrote.
 */
export function toToolResult({ data, failures }: DataOutcome, notice: string): ToolResult {
  const structuredContent = failures.length === 0 ? data : { ...data, errors: failures }
  const sentences = [...describeLists(data), ...failures.map(describeGap), notice]
  return result(sentences.filter(Boolean).join(' ') || 'Done.', structuredContent, false)
}

/** Creates the result of a call that failed. */
export function failedResult(failure: Failure): ToolResult {
  const { code, field } = failure
  return result(
    field === undefined ? `Failed: ${code}.` : `Failed: ${code} at ${field}.`,
    { error: failure },
    true,
  )
}

function result(summary: string, structuredContent: JsonObject, isError: boolean): ToolResult {
  const texts = [summary, JSON.stringify(structuredContent)]
  return {
    content: texts.map((text) => ({ type: 'text' as const, text })),
    structuredContent: { ...structuredContent },
    isError,
  }
}

function describeGap({ code, provider }: Failure): string {
  return provider === undefined ? `Incomplete: ${code}.` : `Incomplete: ${code} at ${provider}.`
}

const connection = z.object({
  nodes: z.array(z.unknown()),
  pageInfo: z.object({ hasNextPage: z.boolean().optional(), hasPreviousPage: z.boolean().optional() }),
})

/** Says how many items each list of a result has, and how to get more. */
function* describeLists(object: JsonObject): Generator<string> {
  for (const [name, value] of Object.entries(object)) {
    const page = connection.safeParse(value).data
    if (page) yield describePage(name, page)
    else if (Array.isArray(value)) yield `${name}: ${value.length}.`
    else if (isJsonObject(value)) yield* describeLists(value)
  }
}

function describePage(name: string, { nodes, pageInfo }: z.output<typeof connection>): string {
  if (pageInfo.hasNextPage)
    return `${name}: ${nodes.length}, and more: repeat with \`after\` of \`pageInfo.endCursor\`.`
  if (pageInfo.hasPreviousPage)
    return `${name}: ${nodes.length}, and earlier ones: repeat with \`before\` of \`pageInfo.startCursor\`.`
  return `${name}: ${nodes.length}.`
}
