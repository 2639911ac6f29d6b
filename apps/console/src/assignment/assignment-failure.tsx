import { useTexts } from '../texts/language-context.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import type { Assignment } from './use-assignment.ts'

/** Why an assignment failed. An operator that does not accept chats can change that here. */
export function AssignmentFailure({ assignment }: { readonly assignment: Assignment }) {
  const { assignment: t } = useTexts()
  const { failure, acceptAndRetry, retry, dismiss } = assignment
  return (
    <FailureNote failure={failure} onRetry={retry} onDismiss={dismiss}>
      {acceptAndRetry && (
        <button type="button" className="small" onClick={acceptAndRetry}>
          {t.acceptAndTake}
        </button>
      )}
    </FailureNote>
  )
}
