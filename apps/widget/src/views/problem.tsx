import { useEnvironment } from '../environment.ts'
import type { Failure } from '../gateway/gateway.ts'
import { describeFailure } from '../texts/language.ts'

/** Says why something failed. It stays in the page, so that screen readers notice a change. */
export function Problem({ failure }: { readonly failure: Failure | null }) {
  const { texts, gateway } = useEnvironment()
  return (
    <p class="error" role="alert">
      {failure && describeFailure(failure, texts, gateway.session.url)}
    </p>
  )
}
