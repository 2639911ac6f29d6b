import { readFileSync } from 'node:fs'
import {
  type GraphQLNamedType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
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

  it('describes every type, field, argument and input field', () => {
    const silent = Object.values(schema.getTypeMap())
      .filter((type) => !isIntrospectionType(type))
      .flatMap((type) => [type, ...membersOf(type)])
      .filter((part) => !part.description)
    expect(silent.map(({ name }) => name)).toEqual([])
  })
})

interface Part {
  readonly name: string
  readonly description?: string | null | undefined
}

function membersOf(type: GraphQLNamedType): Part[] {
  if (isInputObjectType(type)) return Object.values(type.getFields())
  if (!isObjectType(type) && !isInterfaceType(type)) return []
  return Object.values(type.getFields()).flatMap((field): Part[] => [field, ...field.args])
}
