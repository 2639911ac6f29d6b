import { render } from 'preact'
import { accentOf } from './accent.ts'
import { type Environment, EnvironmentContext } from './environment.ts'
import { createGateway } from './gateway/gateway.ts'
import { createPageApi } from './page-api.ts'
import { reportToDeveloper } from './report.ts'
import { readSettings } from './settings.ts'
import { createVisitorStorage } from './state/visitor-storage.ts'
import { loadLanguage } from './texts/language.ts'
import { Widget } from './views/widget.tsx'
import css from './widget.css?inline'

const script = document.currentScript
if (window.SwitchboardChat) reportToDeveloper('the page has its script twice.')
else if (!(script instanceof HTMLScriptElement))
  reportToDeveloper('load widget.js as a script, not as a module.')
else void start(script)

/** Shows the widget as soon as the page has a body, and its own texts are there. */
async function start(script: HTMLScriptElement): Promise<void> {
  const settings = readSettings(script)
  const { locale, gatewayUrl, textsUrl, color } = settings
  const { api, control } = createPageApi()
  window.SwitchboardChat = api
  const gateway = createGateway(gatewayUrl)
  const language = await loadLanguage(locale, textsUrl, gateway.urlOf)
  if (!document.body)
    await new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve, { once: true }))
  const environment: Environment = {
    settings,
    gateway,
    storage: createVisitorStorage(gatewayUrl),
    ...language,
  }
  render(
    <EnvironmentContext.Provider value={environment}>
      <Widget control={control} />
    </EnvironmentContext.Provider>,
    attachHost(color),
  )
}

/** Adds the widget's element to the page. Its shadow root keeps the styles of the page out, and those of the widget in. */
function attachHost(color: string | null): ShadowRoot {
  const host = document.createElement('switchboard-chat')
  const root = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  root.adoptedStyleSheets = [sheet]
  if (color !== null) {
    const { accent, onAccent } = accentOf(color)
    const brand = new CSSStyleSheet()
    brand.replaceSync(`.widget { --accent: ${accent}; --on-accent: ${onAccent} }`)
    root.adoptedStyleSheets.push(brand)
  }
  // What the visitor writes must not work as the page's keyboard shortcuts.
  for (const type of ['keydown', 'keypress', 'keyup'])
    host.addEventListener(type, (event) => event.stopPropagation())
  document.body.append(host)
  return root
}
