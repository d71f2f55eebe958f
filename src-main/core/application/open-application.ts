import { AppError } from '../../contract/errors'
import type { Settings } from '../app/ports'
import type { Texts } from '../app/texts'
import type { ApplicationDatabase } from './application-database'
import type { ApplicationPlace } from './application-place'
import type { ApplicationSourceOptions } from './application-source'

async function databaseAt(place: ApplicationPlace, password: string | null): Promise<ApplicationDatabase> {
  if (place.dialect === 'sqlite') {
    const { sqliteDatabase } = await import('./sqlite-store')
    return sqliteDatabase(place.file, place.opened)
  }
  const { postgresDatabase } = await import('./postgres-store')
  return postgresDatabase(place, password)
}

/** The application's database as a profile's settings name it; nothing is connected before it is asked. */
export async function openApplication(settings: Settings, texts: Texts): Promise<ApplicationSourceOptions> {
  const { place, password, columns } = settings.application
  const { name } = settings.profile
  if (place === null)
    throw new AppError('CONFIG_MISSING', { text: 'applicationDbMissing', details: { profile: name } })
  return {
    ...{ profile: name, method: settings.method, hand: columns, texts },
    database: await databaseAt(place, password),
  }
}
