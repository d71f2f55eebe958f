import type { Details } from '../../contract/errors'
import type { ChainPicture } from '../../contract/chain'
import type { TimeSample } from '../diagnostics/clock-offset'
import { offsetOf } from '../diagnostics/clock-offset'
import { certificateFacets, type Facets } from '../diagnostics/facets'
import { timeOf } from './lockout-counter'
import type { Attempt } from './network-stages'
import type { PolicyAnswer } from './policy-control'
import type { RootDse } from './root-dse'

/** What one way to the directory showed that can be different the next time. */
export function attemptFacets({ facets, stages, rootDse }: Attempt): Facets {
  const chain = stages.find(({ id }) => id === 'tls')?.chain
  return { ...facets, ...chainFacets(chain), ...(rootDse && rootDseFacets(rootDse)) }
}

function chainFacets(chain: ChainPicture | undefined): Facets {
  if (chain === undefined) return {}
  const certificates = chain.certificates.map((one) => ({
    ...one,
    validFrom: new Date(one.validFrom),
    validTo: new Date(one.validTo),
  }))
  return {
    ...certificateFacets(certificates),
    'chain.missing': chain.missing?.subject ?? null,
    'tls.expectedName': chain.expectedName,
    'tls.verdict': chain.verdict,
  }
}

function rootDseFacets(rootDse: RootDse): Facets {
  const { kind, product, namingContexts, defaultNamingContext, announced } = rootDse
  return {
    'rootdse.kind': kind,
    'rootdse.product': product,
    'rootdse.namingContexts': [...namingContexts],
    'rootdse.defaultNamingContext': defaultNamingContext,
    ...(announced && {
      'rootdse.controls': [...announced.controls],
      'rootdse.extensions': [...announced.extensions],
      'rootdse.mechanisms': [...announced.mechanisms],
      'rootdse.versions': [...announced.versions],
    }),
  }
}

/** Of a handshake, good or refused. */
export function tlsFacets(evidence: Details): Facets {
  const text = (name: string) => (typeof evidence[name] === 'string' ? evidence[name] : null)
  if (text('protocol') === null) return {}
  return {
    'tls.protocol': text('protocol'),
    'tls.cipher': text('cipher'),
    'tls.trustedBy': text('trustSource'),
    'chain.root': text('root'),
  }
}

/** Only the few directories that tell their time say anything of it. */
export function clockFacets(
  rootDse: RootDse | null,
  asked: Pick<TimeSample, 'sentAt' | 'receivedAt'>,
): Facets {
  const stated = timeOf(rootDse?.announced?.currentTime ?? '')
  if (stated === null) return {}
  return { 'clock.offset': offsetOf({ source: 'directory', stated: new Date(stated), ...asked }) }
}

export function bindFacets(bindDn: string | null, answer: PolicyAnswer | null): Facets {
  if (answer === null) return {}
  return {
    'bind.identity': bindDn,
    'bind.graceSignIns': answer.graceSignIns === null ? null : String(answer.graceSignIns),
    'bind.passwordExpires': answer.expiresIn === null ? null : 'soon',
  }
}
