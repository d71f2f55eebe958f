import { isUtf8 } from 'node:buffer'
import type { LdapSettings } from '../../app/ports'
import { stateAttributes } from '../account-state'
import type { Entry } from '../entry'
import { formatGuid, parseGuid } from '../guid'
import { uuidAttributes } from '../person-mapping'
import { formatSid, parseSid } from '../sid'
import { createAliases, type Aliases } from './aliases'
import { redactedSettings } from './redacted-settings'
import { baseName } from './snapshot-attributes'

export interface Redaction {
  readonly entry: (entry: Entry) => Entry
  /** Only the entry's own name is changed. */
  readonly named: (entry: Entry) => Entry
  readonly alias: (text: string) => string
  /** Settings that find the same people and groups in the redacted file. */
  readonly settings: Readonly<Record<string, string>>
}

/** States and what a directory says of itself: nothing of anybody. */
const plain: ReadonlySet<string> = new Set(
  [
    ...['objectClass', 'structuralObjectClass', ...stateAttributes],
    ...['vendorName', 'vendorVersion', 'domainFunctionality', 'forestFunctionality'],
    ...['domainControllerFunctionality', 'ipaTopologyPluginVersion', 'ipaDomainLevel'],
  ].map(baseName),
)
const isPlain = (name: string) => plain.has(name) || name.startsWith('supported')

/** Hides who and where, and keeps what a sign-in decides by: equal stays equal, groups and nesting stay. */
export function createRedaction(settings: LdapSettings, aliases: Aliases = createAliases()): Redaction {
  const ids = settings.uuidAttribute === null ? uuidAttributes : [settings.uuidAttribute]
  const context: Context = { aliases, ids: new Set(ids.map(baseName)) }
  return {
    entry: (entry) => ({
      dn: aliases.dn(entry.dn),
      attributes: new Map(
        [...entry.attributes].map(([name, values]) => [
          name,
          values.map((value) => changed(context, name, value)),
        ]),
      ),
    }),
    named: (entry) => ({ ...entry, dn: aliases.dn(entry.dn) }),
    alias: aliases.text,
    settings: redactedSettings(settings, aliases),
  }
}

interface Context {
  readonly aliases: Aliases
  /** Attributes that hold lasting identities. */
  readonly ids: ReadonlySet<string>
}

function changed({ aliases, ids }: Context, description: string, value: Buffer): Buffer {
  const name = baseName(description)
  if (isPlain(name) || value.toString('latin1').trim() === '') return value
  if (name === 'objectsid') return sidAlias(aliases, value)
  if (name === 'objectguid') return guidAlias(aliases, value)
  if (!isUtf8(value)) return aliases.bytes(value)
  const text = value.toString('utf8')
  if (ids.has(name))
    return Buffer.from(/^[0-9a-f-]{16,}$/i.test(text) ? aliases.hex(text) : aliases.text(text))
  if (name === 'primarygroupid' || name === 'gidnumber') return Buffer.from(numberAlias(aliases, text))
  if (name === 'objectcategory') return Buffer.from(categoryAlias(aliases, text))
  return Buffer.from(text.includes('=') ? aliases.dn(text) : aliases.text(text))
}

function sidAlias({ sid, text }: Aliases, value: Buffer): Buffer {
  if (formatSid(value) !== null) return sid(value)
  const bytes = parseSid(value.toString('latin1'))
  return Buffer.from(bytes ? (formatSid(sid(bytes)) ?? '') : text(value.toString('utf8')))
}

/** Stored bytes and their text are one identity, and stay one. */
function guidAlias({ hex, text }: Aliases, value: Buffer): Buffer {
  const isBytes = value.length === 16
  const bytes = isBytes ? value : parseGuid(value.toString('latin1'))
  if (!bytes) return Buffer.from(text(value.toString('utf8')))
  const alias = hex(formatGuid(bytes))
  return isBytes ? (parseGuid(alias) ?? value) : Buffer.from(alias)
}

export function numberAlias({ number, text }: Aliases, value: string): string {
  const known = value.trim()
  return /^\d{1,10}$/.test(known) ? String(number(Number(known))) : text(known)
}

/** `CN=Person,CN=Schema,CN=Configuration,DC=…`: the category's own name is the schema's. */
function categoryAlias({ dn }: Aliases, value: string): string {
  const [, category = '', rest] = /^(CN=[^,]+,)(CN=Schema,.*)$/i.exec(value) ?? []
  return rest === undefined ? dn(value) : `${category}${dn(rest)}`
}
