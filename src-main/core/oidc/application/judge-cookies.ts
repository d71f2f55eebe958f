import type { Texts } from '../../app/texts'
import { parseAddress } from '../addresses'
import type { Evidence, Finding } from '../oidc-ladder'
import { droppedBecause, largestCookie, withheldBecause, type AppCookie } from './cookie-jar'

export interface CookiesOf {
  readonly cookies: readonly AppCookie[]
  readonly request: URL
  readonly from: URL
  /** The number of the request whose answer sends people off. */
  readonly lastHop: number
}

interface Fault {
  readonly status: 'failed' | 'warning'
  readonly cookie: AppCookie
  readonly word: string
}

/** Whether what ties the answer to the browser will still be there when the provider sends the browser back. */
export function judgeCookies(of: CookiesOf, t: Texts): Finding {
  const tied = tiedTo(of)
  const faults = of.cookies.flatMap((cookie) => faultsOf(cookie, tied.includes(cookie), of))
  const detail = of.cookies.map((cookie) => described(cookie, t))
  const fault = faults.find(({ status }) => status === 'failed') ?? faults[0]
  if (fault !== undefined) {
    const { name, size, path, from } = fault.cookie
    const words = {
      name,
      size,
      path,
      host: from.hostname,
      most: largestCookie,
      to: callbackOf(of)?.href ?? '',
    }
    return {
      ...{ status: fault.status, code: 'OIDC_APP_COOKIE' },
      summary: t(`oidcApp.cookie.${fault.word}`, words),
      detail,
      next: t(`oidcApp.cookieNext.${fault.word}`, words),
    }
  }
  const word = of.cookies.length === 0 ? 'none' : 'passed'
  return { status: 'passed', summary: t(`oidcApp.cookie.${word}`, { count: of.cookies.length }), detail }
}

const stateNames = /state|nonce|oidc|oauth|openid|sso|sess|sid$|binding|verifier|pkce/i

/** The cookies that the answer needs: what was set when leaving, by name where there are several. */
function tiedTo({ cookies, lastHop }: CookiesOf): readonly AppCookie[] {
  const leaving = cookies.filter(({ hop }) => hop === lastHop)
  const candidates = leaving.length > 0 ? leaving : cookies
  const named = candidates.filter(({ name }) => stateNames.test(name))
  return named.length > 0 || candidates.length > 1 ? named : candidates
}

const callbackOf = ({ request }: CookiesOf): URL | null =>
  parseAddress((request.searchParams.get('redirect_uri') ?? '').replace(/[?#].*$/, ''))

function faultsOf(cookie: AppCookie, isTied: boolean, of: CookiesOf): Fault[] {
  const dropped = droppedBecause(cookie)
  if (dropped !== null) return [{ status: 'failed', cookie, word: dropped }]
  const lost = isTied ? lostBecause(cookie, of) : null
  if (lost !== null) return [{ status: 'failed', cookie, word: lost }]
  const isOpen = cookie.from.protocol === 'https:' && !cookie.secure
  if (isOpen) return [{ status: 'warning', cookie, word: 'notSecure' }]
  return isTied && !cookie.httpOnly ? [{ status: 'warning', cookie, word: 'notHttpOnly' }] : []
}

/** The provider's answer comes from another site: by a link, or, with form_post, by a form. */
function lostBecause(cookie: AppCookie, of: CookiesOf): string | null {
  const to = callbackOf(of)
  const withheld = to === null ? null : withheldBecause(cookie, to)
  if (withheld !== null) return withheld
  if (cookie.sameSite === 'strict') return 'strict'
  const isPosted = of.request.searchParams.get('response_mode') === 'form_post'
  return isPosted && cookie.sameSite !== 'none' ? 'posted' : null
}

function described(cookie: AppCookie, t: Texts): Evidence {
  const { name, secure, httpOnly, sameSite, path, domain, size, from } = cookie
  const not = (word: string): string => t('oidcApp.without', { word })
  const parts = [
    secure ? 'Secure' : not('Secure'),
    httpOnly ? 'HttpOnly' : not('HttpOnly'),
    sameSite === null ? not('SameSite') : `SameSite=${sameSite}`,
    `Path=${path}`,
    domain === null ? from.hostname : `Domain=${domain}`,
    t('oidcApp.bytes', { count: size }),
  ]
  return { label: t('oidcApp.cookieNamed', { name: name.slice(0, 100) }), value: parts.join(', ') }
}
