import { z } from 'zod'
import { invalidInput } from '../../domain/errors.ts'
import { anyone } from '../access/access-rule.ts'
import { requireCapability } from '../access/provider-access.ts'
import { builder } from '../builder.ts'
import { withCallCost } from '../call-cost.ts'
import { mutationResultType, toMutationResult } from '../errors.ts'
import { parseInput } from '../input.ts'

interface RenewedVisitor {
  readonly visitorToken: string
  readonly renewalToken: string
}

const RenewVisitorPayload = builder.objectRef<RenewedVisitor>('RenewVisitorPayload').implement({
  description: 'Payload of `renewVisitor`: new tokens of the same visitor.',
  fields: (t) => ({
    visitorToken: t.exposeString('visitorToken', {
      description:
        'The visitor’s new credential, for the X-Visitor-Token header of later requests. Its rooms are those of the old one. It is a secret of this visitor.',
    }),
    renewalToken: t.exposeString('renewalToken', {
      nullable: true,
      description:
        'Token for the next renewal; keep it in place of the one that was sent. It is as secret as the visitor token.',
    }),
  }),
})

const RenewVisitorInput = builder.inputType('RenewVisitorInput', {
  description: 'Input of `renewVisitor`.',
  fields: (t) => ({
    renewalToken: t.string({
      required: true,
      description: 'The `renewalToken` of `startRoom` or of the last renewal.',
    }),
  }),
})

/** Longer than any renewal token. */
const MAX_TOKEN_LENGTH = 2_048
const NOT_RENEWABLE = 'Must be a renewal token of this gateway, not older than a year.'

const renewVisitorInput = z.object({ renewalToken: z.string().max(MAX_TOKEN_LENGTH, NOT_RENEWABLE) })

builder.mutationField('renewVisitor', (t) =>
  t.field({
    type: mutationResultType('RenewVisitorResult', RenewVisitorPayload),
    description:
      'Exchanges an expired visitor token for a new one of the same visitor. Needs no credential but the renewal token. INVALID_INPUT at `renewalToken` means that it will never work: start a new room without a token. Usually costs one call.',
    access: anyone,
    ...withCallCost({ otherCalls: 1, isPublicWrite: true }),
    args: {
      input: t.arg({ type: RenewVisitorInput, required: true, description: 'The renewal token.' }),
    },
    resolve: (_root, args, ctx) =>
      toMutationResult(async () => {
        const input = parseInput(renewVisitorInput, args.input)
        const visitor = ctx.renewalTokens.verify(input.renewalToken)
        const adapter = visitor && ctx.registry.find(visitor.provider)
        if (!adapter) throw invalidInput('renewalToken', NOT_RENEWABLE)
        requireCapability(adapter, 'RENEW_VISITOR', ctx)
        const visitorToken = await adapter.renewVisitor(visitor.visitorId, ctx.call)
        return { visitorToken, renewalToken: ctx.renewalTokens.issue(visitor) }
      }),
  }),
)
