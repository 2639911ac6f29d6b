import { useTexts } from '../texts/language-context.tsx'
import { type DisplayedError, describeError } from './displayed-errors.ts'

/** Lists errors above the partial data. */
export function ErrorList({ errors }: { readonly errors: readonly DisplayedError[] }) {
  const texts = useTexts()
  const explanations = new Set(errors.map((error) => describeError(error, texts.errors)))
  if (explanations.size === 0) return null
  return (
    <div className="errors" role="alert">
      <ul>
        {[...explanations].map((explanation) => (
          <li key={explanation}>{explanation}</li>
        ))}
      </ul>
    </div>
  )
}
