import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { schema } from '../../../src/schema/index.ts'
import { compileOperation } from '../../../src/server/graphql/compiled-operation.ts'

describe('a compiled operation', () => {
  it('runs no code of a document', () => {
    // graphql-jit replaces this prefix in the code that it generates, and the string is a part of the code then.
    const date = '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d'
    const escaped = date.replace('_', String.raw`\u005f`)
    for (const prefix of [date, escaped]) {
      const document = parse(`{ room(id: "${prefix}0,globalThis.injected=true") { id } }`)
      expect(compileOperation(schema, document)).toBeNull()
    }
  })
})
