import { readFileSync } from 'node:fs'
import { buildSchema, findBreakingChanges } from 'graphql'
import { expect, it } from 'vitest'
import { schema } from '../../src/schema/index.ts'

/**
 * Clients rely on the released schema. A field that is removed, or an argument that becomes required, breaks them. A
 * release with a deliberate breaking change lists it in the CHANGELOG and replaces the file.
 */
it('keeps every type, field, argument and enum value of the released schema', () => {
  const released = buildSchema(readFileSync(new URL('./released-schema.graphql', import.meta.url), 'utf8'))
  expect(findBreakingChanges(released, schema)).toEqual([])
})
