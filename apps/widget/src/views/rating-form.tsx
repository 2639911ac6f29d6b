import { sendMutation } from '@switchboard/client'
import { useState } from 'preact/hooks'
import { rateDocument } from '../documents.ts'
import { useEnvironment } from '../environment.ts'
import type { Visitor } from '../gateway/visitor.ts'
import { useWrite } from '../state/use-write.ts'
import { fill, formatNumber } from '../texts/language.ts'
import { Field, fieldValue } from './field.tsx'
import { GoodIcon, StarIcon } from './icons.tsx'
import { Problem } from './problem.tsx'

interface RatingFormProps {
  readonly visitor: Visitor
  /** Whether the provider knows only good and bad, which are 5 and 1. */
  readonly isBinary: boolean
  /** Whether the provider reports a rating. Not all of them do. */
  readonly isRated: boolean
}

/** Asks for a rating of the conversation. */
export function RatingForm({ visitor, isBinary, isRated }: RatingFormProps) {
  const { texts, locale } = useEnvironment()
  const [score, setScore] = useState<number | null>(null)
  const { isBusy, failure, follow } = useWrite()
  const [isSent, setSent] = useState(false)
  if (isRated || isSent) {
    return (
      <p class="note" role="status">
        {texts.rated}
      </p>
    )
  }
  const submit = async (form: HTMLFormElement) => {
    if (score === null) return
    const input = { roomId: visitor.roomId, score, comment: fieldValue(form, 'comment') }
    const { status } = await follow(sendMutation(visitor.session, rateDocument, { input }))
    setSent(status === 'done')
  }
  const choices = isBinary ? [5, 1] : [1, 2, 3, 4, 5]
  const nameOf = (value: number) =>
    isBinary ? (value === 5 ? texts.good : texts.bad) : fill(texts.stars, formatNumber(value, locale))
  return (
    <form
      class="rating"
      onSubmit={(event) => {
        event.preventDefault()
        void submit(event.currentTarget)
      }}
    >
      <fieldset class="stars">
        <legend>{texts.rate}</legend>
        {choices.map((value) => (
          <label
            key={value}
            class={`${isBinary && value === 1 ? 'turned ' : ''}${isChosen(value, score, isBinary) ? 'chosen' : ''}`}
            title={nameOf(value)}
          >
            <input
              type="radio"
              name="score"
              class="unseen"
              aria-label={nameOf(value)}
              checked={score === value}
              onChange={() => setScore(value)}
            />
            {isBinary ? <GoodIcon /> : <StarIcon />}
          </label>
        ))}
      </fieldset>
      {score !== null && (
        <>
          <Field name="comment" label={texts.ratingComment} isOptional />
          <button type="submit" class="primary" disabled={isBusy}>
            {texts.sendRating}
          </button>
        </>
      )}
      <Problem failure={failure} />
    </form>
  )
}

function isChosen(value: number, score: number | null, isBinary: boolean): boolean {
  return score !== null && (isBinary ? value === score : value <= score)
}
