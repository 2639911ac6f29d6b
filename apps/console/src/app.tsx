import { useEffect, useState } from 'react'
import { Provider } from 'urql'
import { connect, type Gateway } from './client.ts'
import { ConnectionContext, FilesContext } from './gateway-context.ts'
import { clearKey, fetchSandboxKey, loadKey, saveKey } from './session.ts'
import { Shell } from './shell.tsx'
import { SignIn } from './sign-in.tsx'

/** The console: sign-in, then everything over one connection. */
export function App() {
  const [key, setKey] = useState(loadKey)
  const [asked, setAsked] = useState(false)
  const [gateway, setGateway] = useState<Gateway | null>(null)

  useEffect(() => {
    if (key !== null) return
    let wanted = true
    void fetchSandboxKey().then((found) => {
      if (!wanted) return
      if (found === null) setAsked(true)
      else setKey(found)
    })
    return () => {
      wanted = false
    }
  }, [key])

  useEffect(() => {
    if (key === null) return
    const opened = connect(key)
    setGateway(opened)
    return () => {
      opened.close()
      setGateway(null)
    }
  }, [key])

  if (key === null) {
    if (!asked) return null
    const enter = (entered: string) => {
      saveKey(entered)
      setKey(entered)
    }
    return <SignIn onEnter={enter} />
  }
  if (!gateway) return null
  const leave = () => {
    clearKey()
    setAsked(true)
    setKey(null)
  }
  return (
    <Provider value={gateway.client}>
      <ConnectionContext value={gateway.connection}>
        <FilesContext value={gateway.readFile}>
          <Shell onLeave={leave} />
        </FilesContext>
      </ConnectionContext>
    </Provider>
  )
}
