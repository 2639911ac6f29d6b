import type { ProviderKind } from '../../generated/graphql.ts'
import type { Conversation } from '../room/conversation.ts'
import { useFormats, useTexts } from '../texts/language-context.tsx'
import { Icon } from '../ui/icon.tsx'

interface RatingProps {
  readonly rating: NonNullable<Conversation['room']['rating']>
  readonly kind: ProviderKind
}

const STARS = [1, 2, 3, 4, 5] as const
/** LiveChat knows two scores, which the gateway reads as 5 and 1. */
const GOOD = 4

/** The visitor's rating: stars, or LiveChat's good and bad. */
export function Rating({ rating: { score, comment }, kind }: RatingProps) {
  const { details: t } = useTexts()
  const { number } = useFormats()
  return (
    <div className="rating">
      {kind === 'LIVECHAT' ? (
        <span className={score >= GOOD ? 'rating-score good' : 'rating-score bad'}>
          {score >= GOOD ? t.ratedGood : t.ratedBad}
        </span>
      ) : (
        <>
          <span aria-hidden="true" className="stars">
            {STARS.map((star) => (
              <span key={star} className={star <= score ? 'star full' : 'star'}>
                <Icon name="star" />
              </span>
            ))}
          </span>
          <span>{t.stars(number(score))}</span>
        </>
      )}
      {comment && <blockquote dir="auto">{comment}</blockquote>}
    </div>
  )
}
