import { type FormEvent, useState } from 'react'
import { isOperatorKey } from './session.ts'
import { useTexts } from './texts/language-context.tsx'

interface SignInProps {
  /** The gateway has refused the key with which somebody was signed in here. */
  readonly isKeyRefused: boolean
  readonly onEnter: (key: string) => void
}

/** Asks for an operator's key, and checks it. */
export function SignIn({ isKeyRefused, onEnter }: SignInProps) {
  const { session, errors } = useTexts()
  const [key, setKey] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      if (await isOperatorKey(key)) onEnter(key)
      else setError(session.unknownKey)
    } catch {
      setError(errors.unreachable)
    } finally {
      setBusy(false)
    }
  }

  return (
    <main className="sign-in">
      <form onSubmit={(event) => void submit(event)}>
        <h1>Switchboard</h1>
        {isKeyRefused && (
          <p role="status" className="note">
            {session.keyRefused}
          </p>
        )}
        <p>{session.explanation}</p>
        <label htmlFor="key">{session.key}</label>
        <input
          id="key"
          type="password"
          autoComplete="current-password"
          required
          value={key}
          aria-describedby="key-error"
          onChange={({ target }) => setKey(target.value)}
        />
        <p id="key-error" role="alert" className="error">
          {error}
        </p>
        <button type="submit" disabled={busy}>
          {session.signIn}
        </button>
      </form>
    </main>
  )
}
