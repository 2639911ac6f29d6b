import { formLabels } from '../../classic/form-labels.ts'
import type { OfflineMessageDraft } from '../../classic/offline-message.ts'

const labels = formLabels.polish

/** Offline messages left through the Polish form. */
export const polishMessages: readonly OfflineMessageDraft[] = [
  {
    labels,
    visitorName: 'Łucja Żółkiewska',
    email: 'lucja@zolkiewska.test',
    skill: 2,
    text: 'Dzień dobry,\nprzesyłka 00712 utknęła w Łodzi.\n\nProszę o kontakt.\nŁucja',
    extraFields: { 'Telefon:': '+48 22 555 01 90', 'Numer zamówienia:': 'PL/2026/712' },
  },
  {
    labels,
    visitorName: 'Michał Gęś',
    email: 'michal.ges@poczta.test',
    text: 'Czy macie w ofercie wersję z polskim językiem? 🇵🇱',
  },
  {
    labels,
    visitorName: 'Zażółć Gęślą Jaźń',
    email: 'pangram@poczta.test',
    skill: 1,
    text: 'Test polskich znaków: ąćęłńóśźż ĄĆĘŁŃÓŚŹŻ',
  },
  {
    labels,
    visitorName: 'Krzysztof Brzęczyszczykiewicz',
    email: 'k.b@poczta.test',
    skill: 3,
    text: 'Proszę o fakturę VAT na firmę:\n\nImię i nazwisko: Grzegorz Brzęczyszczykiewicz\nNIP: 525-000-11-22',
    extraFields: { 'Numer zamówienia:': 'PL/2026/698' },
  },
  {
    labels,
    visitorName: 'Ola',
    email: 'ola@poczta.test',
    text: 'hej, kiedy będzie promocja? 😍',
  },
  {
    labels,
    visitorName: 'Jan Nowak',
    email: 'jan.nowak@poczta.test',
    skill: 2,
    text: 'Zwrot wysłałem 3 tygodnie temu, a pieniędzy nie ma.\n\nBardzo proszę o pilną odpowiedź!',
    extraFields: { 'Telefon:': '+48 61 555 01 12' },
  },
  {
    labels,
    visitorName: 'Agnieszka Wójcik',
    email: 'a.wojcik@poczta.test',
    skill: 1,
    text: 'Nie mogę zmienić adresu e-mail na koncie. Przycisk „Zapisz” jest szary.',
  },
]
