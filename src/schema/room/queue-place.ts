import type { QueuePlace as QueuePlaceModel } from '../../domain/model.ts'
import { builder } from '../builder.ts'
import { toGraphQLInt } from '../graphql-int.ts'

export const QueuePlace = builder.objectRef<QueuePlaceModel>('QueuePlace').implement({
  description: 'Place of a room in the queue.',
  fields: (t) => ({
    position: t.exposeInt('position', {
      nullable: true,
      description: 'Position, from 1; null if the provider does not report it. Only LiveChat does.',
    }),
    estimatedWaitMs: t.int({
      nullable: true,
      description:
        'Estimated time to wait in milliseconds; null if the provider does not report it. Only LiveChat does.',
      resolve: ({ estimatedWaitMs }) => toGraphQLInt(estimatedWaitMs),
    }),
    since: t.expose('since', {
      type: 'DateTime',
      nullable: true,
      description: 'Time at which the room entered the queue; null if the provider does not report it.',
    }),
  }),
})
