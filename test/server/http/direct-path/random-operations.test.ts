import { expect, it } from 'vitest'
import { schema } from '../../../../src/schema/index.ts'
import { randomSeed } from '../../../support/random-seed.ts'
import { asOperator, asVisitor } from '../../../support/test-gateway.ts'
import { type GatewayPair, openGatewayPair } from './gateway-pair.ts'
import { Random } from './random.ts'
import { type OperationSource, randomOperation } from './random-operation.ts'

/** Operations whose seeds never change, and others of the run's seed. `npm run fuzz:requests` sends more of the latter. */
const FIXED_COUNT = 100
const { FUZZ_SEED, FUZZ_COUNT = '40' } = process.env
const MS_PER_OPERATION = 500
const others = new Random(randomSeed)
const seeds = FUZZ_SEED
  ? [Number(FUZZ_SEED)]
  : [
      ...Array.from({ length: FIXED_COUNT }, (_, seed) => seed),
      ...Array.from({ length: Number(FUZZ_COUNT) }, () => others.below(2 ** 31)),
    ]

it(
  'random operations get the response of the GraphQL engine',
  async () => {
    const pair = await openGatewayPair()
    const source = await readSource(pair)
    const callers = [asOperator, asOperator, asOperator, asVisitor(pair.token), asVisitor('nobody-4711'), {}]
    let direct = 0
    let withErrors = 0
    for (const seed of seeds) {
      const random = new Random(seed)
      const headers = random.pick(callers)
      const body = randomOperation(random, source)
      const { isDirect, response } = await pair.compare(`FUZZ_SEED=${seed} npm run fuzz:requests`, {
        headers,
        body,
      })
      if (isDirect) direct += 1
      if (JSON.stringify(response.body).includes('"errors"')) withErrors += 1
    }
    if (process.env['FUZZ_COUNT'])
      process.stdout.write(`${seeds.length} operations: ${direct} direct, ${withErrors} with errors\n`)
    if (!FUZZ_SEED) expect(direct).toBeGreaterThan(seeds.length / 4)
  },
  60_000 + MS_PER_OPERATION * seeds.length,
)

/** Reads the ids of the demo data. Afterwards both gateways have verified the visitor. */
async function readSource({ compare, token }: GatewayPair): Promise<OperationSource> {
  const query = `{
    providers { id name departments { id } }
    rooms(first: 40) { nodes { id nativeId messages(last: 3) { nodes { id nativeId } pageInfo { endCursor startCursor } } } pageInfo { endCursor } }
    offlineMessages(first: 10) { nodes { id nativeId } pageInfo { endCursor } }
  }`
  const { response } = await compare('the ids', { headers: asOperator, body: { query } })
  const ids: string[] = []
  const texts: string[] = ['rocketchat', 'livechat', 'nowhere', 'hello']
  JSON.stringify(response.body, (name, value: unknown) => {
    if (typeof value === 'string') {
      if (name === 'id') ids.push(value)
      if (name === 'nativeId' || name.endsWith('Cursor')) texts.push(value)
    }
    return value
  })
  const roomId = ids.find((id) => Buffer.from(id, 'base64url').toString().includes('"r"')) ?? ''
  await compare('the visitor', {
    headers: asVisitor(token),
    body: { query: `{ node(id: "${roomId}") { id } }` },
  })
  const garbage = ['', 'x', '0', 'W10', Buffer.from('[1,"r","nowhere","x"]').toString('base64url')]
  return {
    schema,
    pool: { ids: [...ids, ...garbage], texts },
    mutationPool: { ids: garbage, texts: ['nowhere', '', 'nobody@mail.test', 'text'] },
  }
}
