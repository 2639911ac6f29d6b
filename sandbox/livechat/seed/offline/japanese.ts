import { formLabels } from '../../classic/form-labels.ts'
import type { OfflineMessageDraft } from '../../classic/offline-message.ts'

const labels = formLabels.japanese

/** Offline messages left through the Japanese form, whose labels end in a full-width colon. */
export const japaneseMessages: readonly OfflineMessageDraft[] = [
  {
    labels,
    visitorName: '佐藤 花子',
    email: 'hanako.sato@yubin.test',
    skill: 2,
    text: 'お世話になっております。\n\n注文番号 JP-3301 の商品がまだ届きません。\nご確認をお願いいたします。\n\n佐藤',
    extraFields: { '電話番号：': '+81 3 5550 0142', '注文番号：': 'JP-3301' },
  },
  {
    labels,
    visitorName: '田中太郎',
    email: 'taro.tanaka@yubin.test',
    text: '営業時間を教えてください。',
  },
  {
    labels,
    visitorName: '鈴木 一郎',
    email: 'ichiro@suzuki.test',
    skill: 1,
    text: 'ログインできません😢\nメッセージ：\n「パスワードが正しくありません」と表示されます。',
  },
  {
    labels,
    visitorName: 'ヤマダ　リサ',
    email: 'risa@yamada.test',
    text: 'ｶﾀｶﾅ と 全角　スペースのテスト',
  },
  {
    labels,
    visitorName: '高橋 健',
    email: 'ken.takahashi@yubin.test',
    skill: 3,
    text: '見積書をいただけますでしょうか。\n\n・椅子　２０脚\n・机　　５台',
    extraFields: { '電話番号：': '+81 6 5550 0165' },
  },
  {
    labels,
    visitorName: '𠮷野 葵',
    email: 'aoi.yoshino@yubin.test',
    text: '名前の漢字「𠮷」が文字化けしています。',
  },
  {
    labels,
    visitorName: '伊藤 さくら',
    email: 'sakura.ito@yubin.test',
    skill: 2,
    text: '返品したいです。よろしくお願いします🙇‍♀️',
    extraFields: { '注文番号：': 'JP-3318' },
  },
]
