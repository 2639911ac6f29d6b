import type { Rating as RatingModel } from '../../domain/model.ts'
import { builder } from '../builder.ts'

export const Rating = builder.objectRef<RatingModel>('Rating').implement({
  description: 'A visitor’s rating of a room.',
  fields: (t) => ({
    score: t.exposeInt('score', {
      description: 'From 1 (bad) to 5 (good). LiveChat knows only good and bad: 5 and 1.',
    }),
    comment: t.exposeString('comment', {
      nullable: true,
      description: 'The visitor’s comment; null if there is none.',
    }),
    ratedAt: t.expose('ratedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Time of the rating; null if the provider does not report it.',
    }),
  }),
})
