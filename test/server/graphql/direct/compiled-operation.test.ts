import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql'
import { createYoga } from 'graphql-yoga'
import { describe, expect, it } from 'vitest'
import type { Context } from '../../../../src/schema/context.ts'
import { compileOperation } from '../../../../src/server/graphql/direct/compiled-operation.ts'
import { pathOfFirstNull } from '../../../support/first-null.ts'
import { failingFields, failingSchema } from './failing-schema.ts'

type Variables = Readonly<Record<string, unknown>>

const yoga = createYoga({ schema: failingSchema, logging: false, maskedErrors: false })
const { contextFactory, execute: executeByEngine } = yoga.getEnveloped({})
const ITEM =
  '{ name getter method(suffix: "x") methodWithoutArguments promised promisedItem { name } fails failsLater item { name } requiredItem { name } later { name fails } }'
const PET = '{ __typename name }'
const STRICT_ITEM = '{ name mustNotFail mustNotFailLater alsoMustNotFail fails failsLater item { name } }'

/** All selections of a field that are compared. */
function selectionsOf(field: string): readonly string[] {
  const type = String(failingSchema.getQueryType()?.getFields()[field]?.type)
  if (type.includes('Item'))
    return [
      `${field} ${ITEM}`,
      `${field} ${STRICT_ITEM}`,
      `${field} { name later { later { alsoMustNotFail mustNotFailLater } } item { item ${STRICT_ITEM} } }`,
    ]
  if (type.includes('Named')) return [`${field} ${PET}`, `${field} { required ... on Dog { color } }`]
  if (type.includes('Pet'))
    return [`${field} { __typename ... on Named { name required } ... on Dog { color } }`]
  return [field]
}

/** The engine shows clients the first of these defects, and leaves rejected promises of the others without a handler. */
const worseInEngine = ['wrongTypes', 'nullInRequiredItems', 'rejectedRequiredItems']
const selections = failingFields.filter((field) => !worseInEngine.includes(field)).flatMap(selectionsOf)

describe('a compiled operation has the result of the GraphQL engine', () => {
  it.each(selections)('query { %s }', async (selection) => {
    await expectEqualResults(`{ ${selection} }`)
    await expectEqualResults(`{ ok ${selection} last: ok }`)
    await expectEqualResults(`{ item { item { name } } ${selection} items { name later { fails } } }`)
  })

  it.each(selections)('mutation { %s }', async (selection) => {
    await expectEqualResults(`mutation { ok ${selection} last: ok }`)
  })

  it('with several failing fields at once', async () => {
    for (const selection of selections)
      await expectEqualResults(`{ a: petThrows { __typename } ${selection} b: rejectedItems { name } ok }`)
  })

  it.each([
    '{ ...F @include(if: $a) ...F @skip(if: $b) } fragment F on Query { ok item { name } }',
    '{ item @include(if: $a) { ...I } item { method } } fragment I on Item { name fails }',
    '{ pets { ... on Cat @include(if: $a) { ...N } ... on Dog @skip(if: $b) { ...N } } } fragment N on Named { name required }',
    '{ item { name @skip(if: $a) ... @include(if: $b) { name promised } } }',
    '{ a: ok @skip(if: $a) @include(if: $b) b: ok a: ok }',
    '{ item @skip(if: $a) { name } }',
    '{ item { item @include(if: $a) { name } item @include(if: $b) { promised } } }',
    '{ toString: ok @include(if: $a) __proto__: ok @skip(if: $b) }',
  ])('with conditions: %s', async (selection) => {
    const values = [true, false].flatMap((a) => [true, false].map((b) => ({ a, b })))
    const text = `query ($a: Boolean!, $b: Boolean = false) ${selection}`
    const run = compile(text, false)
    for (const variables of [...values, { a: true }, { a: false }, ...values])
      await expectEqualResults(text, variables, run)
  })

  it.each<[call: string, definitions: string, ...variables: Variables[]]>([
    ['', ''],
    ['choice: {}', ''],
    ['choice: { key: null, count: null, colors: RED }', ''],
    ['colors: [RED, GREEN], days: "2026-01-02"', ''],
    ['text: null, flag: false', ''],
    ['id: $id', '$id: Int = 4', {}, { id: 1 }],
    ['text: $text', '$text: String', {}, { text: null }, { text: '__proto__' }],
    ['text: $text', '$text: String = "own"', {}, { text: null }],
    ['choice: { key: $key, count: $count }', '$key: String, $count: Int', {}, { key: 'k' }, { count: null }],
    ['choice: { day: $day }', '$day: Day = "2026-01-02"', {}, { day: '2026-02-03' }, { day: null }],
    ['days: [$day, "2026-01-02"]', '$day: Day', {}, { day: '2026-02-03' }, { day: null }],
    ['days: $days', '$days: [Day] = ["2026-01-02"]', {}, { days: '2026-02-03' }, { days: [null] }],
    ['colors: [$color]', '$color: Color = RED', {}, { color: 'GREEN' }, { color: null }],
    ['choice: $choice', '$choice: Choice', {}, { choice: {} }, { choice: { count: 1, colors: 'RED' } }],
    ['choice: $choice', '$choice: Choice = { key: "own" }', {}, { choice: null }, { choice: { day: 'x' } }],
    ['text: $constructor', '$constructor: String, $toString: String', {}, { toString: 'x' }],
    ['text: "__MAGIC_NAN__57f286b9_4c20_487f_b409_79804ddcb4f8"', ''],
    ['text: "\\"}});throw 1;//\\u2028`"', ''],
  ])('with arguments: (%s) (%s)', async (call, definitions, ...variables) => {
    const text = `query ${definitions && `(${definitions})`} { echo${call && `(${call})`} ok }`
    const run = compile(text, false)
    for (const values of variables.length > 0 ? variables : [{}]) await expectEqualResults(text, values, run)
  })

  it('except with variables that are not valid: then it executes nothing', async () => {
    const run = compile('query ($id: Int!, $colors: [Color!]) { echo(id: $id, colors: $colors) }')
    for (const variables of [{}, { id: null }, { id: '1' }, { id: 2 ** 31 }, { id: 1, colors: ['BLUE'] }])
      expect(await run({}, variables)).toEqual({})
    const conditional = compile('query ($a: Boolean = true) { ok @skip(if: $a) }')
    expect(await conditional({}, JSON.parse('{ "a": null }'))).toEqual({})
  })
})

it('has a handler for each promise of a list that has failed', async () => {
  const lists = ['nullInRequiredItems', 'rejectedRequiredItems', 'failingIterator', 'failingIteratorLater']
  for (const list of lists) {
    const { data, errors } = await compile(`{ ${list} { later { mustNotFailLater } } }`)({}, {})
    expect({ data, errors }).toEqual({ data: { [list]: null }, errors: [expect.any(GraphQLError)] })
  }
})

it('masks errors of types, which are defects', async () => {
  const { data, errors = [] } = await compile('{ wrongTypes { __typename } }')({}, {})
  expect(data).toEqual({ wrongTypes: [null, null, null, null] })
  expect(errors.map(isMasked)).toEqual([true, true, true, true])
})

/** Compiles the only operation of a document, which must be valid. */
function compile(text: string, isStrict = true) {
  const document = parse(text)
  if (isStrict) expect(validate(failingSchema, document)).toEqual([])
  const operation = compileOperation(failingSchema, document, operationOf(document))
  // No resolver of this schema uses the context. Variables that are not valid give an empty result.
  return (context: object, variables: Variables) => {
    const prepared = operation.prepare(variables)
    return prepared ? operation.execute(prepared, context as Context) : {}
  }
}

function operationOf({ definitions }: DocumentNode): OperationDefinitionNode {
  const operation = definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('the document has no operation')
  return operation
}

async function expectEqualResults(
  text: string,
  variables: Variables = {},
  run = compile(text),
): Promise<void> {
  const contextValue = await contextFactory()
  const document = parse(text)
  const expected = await executeByEngine({
    schema: failingSchema,
    document,
    contextValue,
    variableValues: variables,
  })
  const actual = await run({}, variables)
  expect(comparedParts(actual), text).toEqual(comparedParts(expected))
  // The order of members is that of the document.
  expect(JSON.stringify(actual.data)).toBe(JSON.stringify(expected.data))
}

/**
 * What must be equal in two results: the data, and the errors, whose order and, if masked, messages do not matter. Which of
 * several errors below the same null is reported depends on the order in which they occur.
 */
function comparedParts({ data, errors = [] }: ExecutionResult): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(data))
  const byNull = new Map<string, string>()
  for (const error of errors) {
    const { path = [], ...rest } = error.toJSON()
    const nullPath = pathOfFirstNull(copy, path)
    const key = nullPath.join('.')
    if (nullPath.length === path.length)
      byNull.set(key, JSON.stringify({ ...rest, ...(isMasked(error) && { message: 'masked' }) }))
    else if (!byNull.has(key)) byNull.set(key, 'an error below')
  }
  return { data: copy, errors: Object.fromEntries(byNull) }
}

function isMasked(error: unknown): boolean {
  if (!(error instanceof GraphQLError)) return true
  return error.originalError ? isMasked(error.originalError) : false
}
