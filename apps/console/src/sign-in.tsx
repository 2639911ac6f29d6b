import { type FormEvent, useState } from 'react'
import { isOperatorKey } from './session.ts'

/** Asks for an operator's key, and checks it. */
export function SignIn({ onEnter }: { readonly onEnter: (key: string) => void }) {
  const [key, setKey] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      if (await isOperatorKey(key)) onEnter(key)
      else setError('The gateway knows no operator with this key.')
    } catch {
      setError('The gateway cannot be reached.')
    } finally {
      setBusy(false)
    }
  }

  return (
    <main className="sign-in">
      <form onSubmit={(event) => void submit(event)}>
        <h1>Switchboard</h1>
        <p>Sign in with an operator’s key, one of the gateway’s OPERATOR_KEYS.</p>
        <label htmlFor="key">Operator key</label>
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
          Sign in
        </button>
      </form>
    </main>
  )
}
