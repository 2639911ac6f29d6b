import type { Endpoint } from './endpoint.ts'
import { toGatewayError } from './errors.ts'
import { type MutateOptions, type Outcome, write } from './outcome.ts'
import { sendOperation } from './request.ts'
import type { TypedDocument } from './typed-document.ts'

/** What the result of a mutation is: one field, which is its payload or one of the errors. */
export type MutationResult<Data> = NonNullable<Data[Exclude<keyof Data, '__typename'>]>
/** The result of a mutation that has succeeded. */
export type PayloadOf<Data> = Exclude<MutationResult<Data>, { readonly code: unknown }>

/** Variables of a mutation: those of the gateway have one input. */
export interface MutationVariables {
  readonly input: object & { readonly idempotencyKey?: string | null | undefined }
}

/**
 * Sends a mutation whose document selects `... on UserError { code detail }`. With an `idempotencyKey` in its input it is sent
 * again, with the same key, until the gateway has responded.
 */
export function sendMutation<Data extends object, V extends MutationVariables>(
  endpoint: Endpoint,
  document: TypedDocument<Data, V>,
  variables: V,
  options: MutateOptions = {},
): Promise<Outcome<PayloadOf<Data>>> {
  const attempt = async () => {
    const { data, errors } = await sendOperation(endpoint, document, variables, options)
    const result = data && resultOf(data)
    if (result && isPayload<Data>(result)) return result
    throw errors[0] ?? toGatewayError(result, Object(result).detail)
  }
  return write(endpoint, variables.input.idempotencyKey ?? null, attempt, options)
}

function resultOf<Data extends object>(data: Data): MutationResult<Data> | null {
  const { __typename, ...fields } = Object(data)
  const [result = null] = Object.values<MutationResult<Data> | null>(fields)
  return result
}

function isPayload<Data>(result: MutationResult<Data>): result is PayloadOf<Data> {
  return typeof Object(result).code !== 'string'
}
