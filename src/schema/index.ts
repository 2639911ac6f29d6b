import './scalars.ts'
import './viewer.ts'
import './provider.ts'
import './node.ts'
import './room.ts'
import './rooms.ts'
import './offline-messages.ts'
import './mutations-on-rooms.ts'
import './mutations-on-messages.ts'
import './offline-message.ts'
import './offline-mutations.ts'
import './events.ts'
import './live.ts'
import { builder } from './builder.ts'
import { withMutationLimit } from './limit-mutations.ts'

/** The whole GraphQL schema; `schema.graphql` is printed from it. */
export const schema = withMutationLimit(builder.toSchema())
