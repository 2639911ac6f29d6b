/** The labels of the licence's offline form, as the agent configured them; the rendered line is label, space, answer. */
export interface FormLabels {
  readonly name: string
  readonly email: string
  /** Stands alone on its line; the text follows below. */
  readonly message: string
}

/**
 * Labels by language. Only the English ones are attested (docs/providers/livechat.md 1.1); the others are how
 * such forms are translated.
 */
export const formLabels = {
  english: { name: 'Your name:', email: 'E-mail:', message: 'Message:' },
  german: { name: 'Ihr Name:', email: 'E-Mail-Adresse:', message: 'Nachricht:' },
  polish: { name: 'Imię i nazwisko:', email: 'Adres e-mail:', message: 'Wiadomość:' },
  arabic: { name: 'الاسم:', email: 'البريد الإلكتروني:', message: 'الرسالة:' },
  japanese: { name: 'お名前：', email: 'メールアドレス：', message: 'メッセージ：' },
  russian: { name: 'Ваше имя:', email: 'Эл. почта:', message: 'Сообщение:' },
} as const satisfies Record<string, FormLabels>
