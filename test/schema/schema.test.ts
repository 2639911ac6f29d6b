import { readFileSync } from 'node:fs'
import {
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  lexicographicSortSchema,
  printSchema,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import { schema } from '../../src/schema/index.ts'

describe('the schema', () => {
  it('is printed in schema.graphql', () => {
    const printed = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8')
    expect(printed).toBe(`${printSchema(lexicographicSortSchema(schema))}\n`)
  })

  it('describes every type, field, argument, input field and enum value', () => {
    const undescribed = elements.filter(({ description }) => !description)
    expect(undescribed.map(({ name }) => name)).toEqual([])
  })

  it('has no description of a single word, and ends each with a full stop', () => {
    const fragments = elements.filter(
      ({ description }) => !/^(?:[A-Z]|`)\S*\s\S.*\.$/s.test(description ?? ''),
    )
    expect(fragments.map(({ name, description }) => `${name}: ${description}`)).toEqual([])
  })
})

interface Element {
  readonly name: string
  readonly description: string | null | undefined
}

/** Everything of the schema that can have a description, by its full name. */
const elements = Object.values(schema.getTypeMap())
  .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
  .flatMap((type): Element[] => [type, ...membersOf(type)])

function membersOf(type: GraphQLNamedType): Element[] {
  const named = (name: string, { description }: Omit<Element, 'name'>): Element => ({
    name: `${type.name}.${name}`,
    description,
  })
  if (isEnumType(type)) return type.getValues().map((value) => named(value.name, value))
  if (isInputObjectType(type)) return Object.values(type.getFields()).map((field) => named(field.name, field))
  if (!isObjectType(type) && !isInterfaceType(type)) return []
  return Object.values(type.getFields()).flatMap((field) => [
    named(field.name, field),
    ...field.args.map((arg) => named(`${field.name}(${arg.name})`, arg)),
  ])
}
