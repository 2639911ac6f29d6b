import { writeFileSync } from 'node:fs'
import { isAbstractType, lexicographicSortSchema, printSchema } from 'graphql'
import { schema } from '../src/schema/index.ts'

const sorted = lexicographicSortSchema(schema)
writeFileSync('schema.graphql', `${printSchema(sorted)}\n`)

// Apollo Client needs it for fragments on interfaces and unions, as its cache knows no schema.
const possibleTypes = Object.values(sorted.getTypeMap())
  .filter(isAbstractType)
  .map((type) => [type.name, sorted.getPossibleTypes(type).map(({ name }) => name)] as const)
writeFileSync('possible-types.json', `${JSON.stringify(Object.fromEntries(possibleTypes), null, 2)}\n`)
