import { expect, it, onTestFinished, vi } from 'vitest'
import { DirectExecution } from '../../../../src/server/graphql/direct/direct-execution.ts'
import { post } from '../../../support/http.ts'
import { asAnonymous, createTestGateway } from '../../../support/test-gateway.ts'

const QUERY = 'query ($a: Boolean!) { providers { name kind @skip(if: $a) } }'

it('a request that is remembered keeps neither its operation nor a plan in memory', async () => {
  const { url } = await createTestGateway()
  const prepare = vi.spyOn(DirectExecution.prototype, 'prepare')
  onTestFinished(() => prepare.mockRestore())
  for (let time = 1; time <= 3; time += 1)
    await post(url, { query: QUERY, variables: { a: time > 2 } }, asAnonymous)
  const request = prepare.mock.results.at(-1)?.value
  expect(request).toMatchObject({ text: QUERY, kind: 'query' })
  // An object that refers to an operation has functions, which cannot be cloned. A plan takes a hundred times the memory of a body.
  const { argumentsByField, ...values } = request?.variables ?? {}
  expect(argumentsByField).toBeInstanceOf(WeakMap)
  expect(structuredClone({ ...request, variables: values })).toEqual({ ...request, variables: values })
})
