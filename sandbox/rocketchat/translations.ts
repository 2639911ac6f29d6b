const TEXTS = {
  en: {
    closedByVisitor: 'Closed by visitor',
    invalidFieldValue: 'Invalid value for {field} field',
    offlineSent: 'Livechat offline message sent',
    offlineFailed: 'Error sending livechat offline message',
    transcriptSent: 'Omnichannel transcript sent',
  },
  de: {
    closedByVisitor: 'Vom Besucher geschlossen',
    invalidFieldValue: 'Ungültiger Wert für das Feld {field}',
    offlineSent: 'Livechat-Offline-Nachricht gesendet',
    offlineFailed: 'Fehler beim Senden der Livechat-Offline-Nachricht',
    transcriptSent: 'Omnichannel-Transkript gesendet',
  },
} as const

/** A text that the server translates, in the language of the `Language` setting, English where that is unknown. */
export function translate(language: string, text: keyof (typeof TEXTS)['en']): string {
  return language === 'de' ? TEXTS.de[text] : TEXTS.en[text]
}
