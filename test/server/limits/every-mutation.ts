import {
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql'
import { schema } from '../../../src/schema/index.ts'

/** A field of Mutation, and a valid call of it. */
export interface MutationCall {
  readonly name: string
  /** The call in GraphQL, without a selection. */
  readonly call: string
}

/** Every field of Mutation, with a value for each argument that it requires. */
export const everyMutation: readonly MutationCall[] = Object.values(
  schema.getMutationType()?.getFields() ?? {},
).map(({ name, args }) => {
  const values = args.map((argument) => `${argument.name}: ${literalOf(argument.type)}`)
  return { name, call: values.length === 0 ? name : `${name}(${values.join(', ')})` }
})

/** One operation that calls a mutation several times, under the aliases `m0`, `m1` and so on. */
export function repeatMutation({ call }: MutationCall, times: number): string {
  const fields = Array.from(
    { length: times },
    (_, at) =>
      `m${at}: ${call} { __typename ... on UserError { code detail } ... on RateLimitedError { provider retryAfterMs } }`,
  )
  return `mutation { ${fields.join(' ')} }`
}

/** A literal that the type accepts; of input objects only the required fields. */
function literalOf(type: GraphQLInputType): string {
  if (isNonNullType(type)) return literalOf(type.ofType)
  if (isListType(type)) return '[]'
  if (isEnumType(type)) return type.getValues()[0]?.name ?? ''
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(isRequiredInputField)
    return `{ ${fields.map((field) => `${field.name}: ${literalOf(field.type)}`).join(', ')} }`
  }
  const literals: Readonly<Record<string, string>> = { Int: '1', Float: '1', Boolean: 'true' }
  return literals[type.name] ?? '"x"'
}
