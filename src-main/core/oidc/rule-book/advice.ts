import type { Code } from '../../../contract/errors'
import { ruleBookTexts } from '../../../contract/texts/en/rule-book'
import type { Texts } from '../../app/texts'
import type { MessageRule } from './messages'
import type { Product } from './products'

export const nameOf = (t: Texts, product: Product): string => t(`ruleBook.product.${product}.name`)

/** Where to click at this product for a code; without a rule of its own, what the code itself advises. */
export function adviceFor(t: Texts, product: Product | null, code: Code): string {
  const advised = product !== null && Object.hasOwn(ruleBookTexts.product[product].advice, code)
  const key = `ruleBook.product.${product ?? 'entra'}.advice.${code}`
  return advised ? t(key as 'ruleBook.product.entra.advice.OIDC_NO_EMAIL') : t(`codes.${code}.next`)
}

/** What the product is known not to do, or to do its own way. */
export function limitsOf(t: Texts, product: Product): string[] {
  return Object.keys(ruleBookTexts.product[product].limits).map((limit) =>
    t(`ruleBook.product.${product}.limits.${limit}` as 'ruleBook.product.entra.limits.groups'),
  )
}

/** A product's message in plain words. */
export function meaningOf(t: Texts, { product, id }: MessageRule): string {
  return t(`ruleBook.message.${product}.${id}` as 'ruleBook.message.entra.AADSTS50011')
}
