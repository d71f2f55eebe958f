import { messageRules, type MessageRule } from './messages'
import { productRules, products, type Product, type SignField } from './products'

type Described = Readonly<Partial<Record<SignField, unknown>>>

const fits = (pattern: RegExp, value: unknown) => typeof value === 'string' && pattern.test(value)

function hasSigns(described: Described, product: Product): boolean {
  return productRules[product].signs.some((signs) =>
    Object.entries(signs).every(([field, pattern]) => fits(pattern, described[field as SignField])),
  )
}

/** Which product a discovery document comes from; null where no rule, or more than one, says so. */
export function productOf(metadata: Described): Product | null {
  const fitting = products.filter((product) => hasSigns(metadata, product))
  return fitting.length === 1 ? (fitting[0] ?? null) : null
}

/** Which product an issuer belongs to by its form alone; null where it could be any. */
export function productOfIssuer(issuer: string): Product | null {
  return products.find((product) => productRules[product].issuer?.test(issuer) === true) ?? null
}

/**
 * What a provider's own words stand for. Known to be that product's, its rules alone are read: two products may say
 * the same.
 */
export function messageOf(text: string, product: Product | null = null): MessageRule | null {
  return (
    messageRules.find((rule) => (product === null || rule.product === product) && rule.pattern.test(text)) ??
    null
  )
}
