import { formLabels } from '../../classic/form-labels.ts'
import type { OfflineMessageDraft } from '../../classic/offline-message.ts'

const labels = formLabels.german

/** Offline messages left through the German form. */
export const germanMessages: readonly OfflineMessageDraft[] = [
  {
    labels,
    visitorName: 'Jürgen Weiß',
    email: 'j.weiss@beispiel.test',
    skill: 2,
    text: 'Guten Tag,\n\ndie Lieferung ist unvollständig: es fehlen zwei Schrauben (Größe M8).\n\nMit freundlichen Grüßen\nJürgen Weiß',
    extraFields: { 'Telefon:': '+49 30 5550 1188', 'Bestellnummer:': 'B-4471/2' },
  },
  {
    labels,
    visitorName: 'Käthe Schröder',
    email: 'kaethe@schroeder.test',
    text: 'Kann ich auch auf Rechnung bezahlen?',
  },
  {
    labels,
    visitorName: 'Ömer Yıldız',
    email: 'oemer.yildiz@post.test',
    skill: 1,
    text: 'Die App stürzt beim Start ab (Android 14). Fehler: „Nachricht: ungültiges Token“.',
  },
  {
    labels,
    visitorName: 'Birgit Haß-Neumann',
    email: 'bhn@kanzlei.test',
    skill: 3,
    text: 'Bitte senden Sie mir die Rechnung 2026-118 erneut zu.\nNachricht:\nMeine Assistentin hat sie leider gelöscht.',
  },
  {
    labels,
    visitorName: 'Lukas',
    email: 'lukas@post.test',
    text: 'wann macht der laden in köln wieder auf? 🙂',
  },
  {
    labels,
    visitorName: 'Familie Brandstätter',
    email: 'brandstaetter@post.test',
    skill: 2,
    text: 'Wir ziehen um! Neue Anschrift:\nAm Bächle 3\n79098 Freiburg\n\nBitte für alle offenen Bestellungen übernehmen.',
    extraFields: { 'Bestellnummer:': 'B-4502/1' },
  },
  {
    labels,
    visitorName: 'Heike Zöllner',
    email: 'heike.zoellner@post.test',
    text: 'Gibt es den Katalog auch gedruckt?\n\nVielen Dank im Voraus!',
  },
  {
    labels,
    visitorName: 'Max Mustermann',
    email: 'max@mustermann.test',
    skill: 1,
    text: 'Passwort vergessen, Mail kommt nicht an. Auch nicht im Spam.',
  },
]
