import { describe, expect, it } from 'vitest'
import { cacheFolder } from '../../../build/provision/cache-folder.mjs'

const account = () => '/home/account'

describe('cacheFolder', () => {
  it.each([
    { uses: 'the home', env: { HOME: '/home/ada' }, platform: 'linux', folder: '/home/ada/.cache/authdesk' },
    {
      uses: 'a folder that is named',
      env: { HOME: '/home/ada', XDG_CACHE_HOME: '/big' },
      platform: 'linux',
      folder: '/big/authdesk',
    },
    {
      uses: 'not a relative one',
      env: { HOME: '/home/ada', XDG_CACHE_HOME: 'big' },
      platform: 'linux',
      folder: '/home/ada/.cache/authdesk',
    },
    {
      uses: 'the account’s home for an empty one',
      env: { HOME: '' },
      platform: 'linux',
      folder: '/home/account/.cache/authdesk',
    },
    {
      uses: 'the account’s home for none',
      env: {},
      platform: 'linux',
      folder: '/home/account/.cache/authdesk',
    },
    {
      uses: 'macOS’ place',
      env: { HOME: '/Users/ada' },
      platform: 'darwin',
      folder: '/Users/ada/Library/Caches/authdesk',
    },
  ])('uses $uses', ({ env, platform, folder }) => {
    expect(cacheFolder(env, platform, account)).toBe(folder)
  })
})
