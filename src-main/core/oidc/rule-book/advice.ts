import type { Code } from '../../../contract/errors'
import type { ProviderProduct } from '../../../contract/oidc-product'
import { ruleBookTexts } from '../../../contract/texts/en/rule-book'
import type { Texts } from '../../app/texts'
import type { MessageRule } from './messages'
import type { Product } from './products'

export const nameOf = (t: Texts, product: Product): string => t(`ruleBook.product.${product}.name`)

/** Where to click at this product for a code; null where the book has nothing of its own. */
export function productAdvice(t: Texts, product: Product | null, code: Code): string | null {
  if (product === null || !Object.hasOwn(ruleBookTexts.product[product].advice, code)) return null
  const key = `ruleBook.product.${product}.advice.${code}`
  return t(key as 'ruleBook.product.entra.advice.OIDC_NO_EMAIL')
}

/** The same; without a rule of the product's own, what the code itself advises. */
export const adviceFor = (t: Texts, product: Product | null, code: Code): string =>
  productAdvice(t, product, code) ?? t(`codes.${code}.next`)

/** A recognised product as a page shows it. */
export function productView(t: Texts, product: Product | null): ProviderProduct | null {
  if (product === null) return null
  const register = adviceFor(t, product, 'OIDC_REDIRECT_MISMATCH')
  return { id: product, name: nameOf(t, product), limits: limitsOf(t, product), register }
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
