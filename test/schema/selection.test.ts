import { buildSchema, execute, getOperationAST, isObjectType, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import type { Context } from '../../src/schema/context.ts'
import { selectedFields } from '../../src/schema/selection.ts'
import { compileOperation } from '../../src/server/graphql/direct/compiled-operation.ts'

const schema = buildSchema(`
  interface Named { name: String }
  type Cat implements Named { name: String lives(of: Int): Int home: Cat }
  type Dog implements Named { name: String tricks: Int }
  union Pet = Cat | Dog
  type Query { cat: Cat named: Named pet: Pet }
`)

type Variables = Readonly<Record<string, boolean>>

const engines = {
  'an interpreted': (source: string, variableValues: Variables) =>
    execute({ schema, document: parse(source), variableValues }),
  'a compiled': (source: string, variableValues: Variables) => {
    const document = parse(source)
    const definition = getOperationAST(document)
    const operation = definition && compileOperation(schema, document, definition)
    const prepared = operation?.prepare(variableValues)
    // No resolver of this schema uses the context.
    return prepared && operation?.execute(prepared, {} as Context)
  },
}

/** Lists the fields of a Cat that an operation selects, as the resolver of its root field sees them. */
function listSelectedFields(source: string, variables: Variables, run: (typeof engines)['a compiled']) {
  const type = schema.getType('Cat')
  if (!isObjectType(type)) throw new Error('there is no type Cat')
  let names: readonly string[] = []
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    field.resolve = (_root, _args, _context, info) => {
      names = selectedFields(info, type).map(({ name }) => name.value)
      return null
    }
  }
  run(source, variables)
  return names
}

const cases: readonly (readonly [what: string, source: string, fields: readonly string[]])[] = [
  ['fields by their names', '{ cat { a: name __typename lives(of: 2) } }', ['name', '__typename', 'lives']],
  ['no fields of these fields', '{ cat { home { lives } } }', ['home']],
  [
    'fields of fragments',
    '{ cat { ...A ... { lives } } } fragment A on Cat { home { name } }',
    ['home', 'lives'],
  ],
  [
    'a fragment once',
    '{ cat { ...A ...A } } fragment A on Cat { name ...B ...B } fragment B on Cat { lives }',
    ['name', 'lives'],
  ],
  [
    'fields of fragments on the type, its interfaces and unions',
    '{ pet { ... on Cat { lives } ... on Named { name } ... on Pet { __typename } } }',
    ['lives', 'name', '__typename'],
  ],
  [
    'no fields of other types',
    '{ named { ... on Dog { tricks } ...D name } } fragment D on Dog { name }',
    ['name'],
  ],
  [
    'no fields that are skipped',
    'query($yes: Boolean!, $no: Boolean!) { cat { name @skip(if: $yes) lives @include(if: $no) home @skip(if: $no) @include(if: $yes) { name } } }',
    ['home'],
  ],
  [
    'no fragments that are skipped',
    'query($yes: Boolean!) { cat { ...A @skip(if: $yes) ... @skip(if: true) { lives } ... on Cat @include(if: $yes) { name } } } fragment A on Cat { home { name } }',
    ['name'],
  ],
  [
    'a fragment that is skipped once and included once',
    'query($yes: Boolean!) { cat { ...A @skip(if: $yes) ...A } } fragment A on Cat { name }',
    ['name'],
  ],
  [
    'fields by the default of a variable',
    'query($maybe: Boolean = false) { cat { name lives @include(if: $maybe) } }',
    ['name'],
  ],
]

describe.each(Object.entries(engines))('the look-ahead in %s execution', (_engine, run) => {
  it.each(cases)('lists %s', (_what, source, fields) => {
    const declared = Object.entries({ yes: true, no: false }).filter(([name]) => source.includes(`$${name}`))
    expect(listSelectedFields(source, Object.fromEntries(declared), run)).toEqual(fields)
  })
})
