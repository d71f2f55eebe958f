import { chmodSync } from 'node:fs'
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import { dependencies } from './package.json'

/** The oldest Electron this runs in: 33 has Node 20.18 and Chromium 130. */
const nodeTarget = 'node20.18'
const chromiumTarget = 'chrome130'
const command = 'cli/authdesk'

/**
 * What is written in JavaScript is bundled: finding hundreds of small files in node_modules would take the command line
 * longer than its work. What has native parts stays outside.
 */
const native = ['@node-rs/argon2', 'sqlite3']
const bundled = Object.keys(dependencies).filter((name) => !native.includes(name))

/** What Sequelize asks for in dialects that are not used here. */
const unused = ['pg-hstore']

/** Makes the command line a program of its own. */
function executable(): Plugin {
  return {
    name: 'authdesk-executable',
    writeBundle(options, bundle) {
      const file = `${command}.js`
      if (options.dir !== undefined && file in bundle) chmodSync(resolve(options.dir, file), 0o755)
    },
  }
}

export default defineConfig({
  main: {
    plugins: [executable()],
    build: {
      target: nodeTarget,
      outDir: 'out',
      emptyOutDir: false,
      externalizeDeps: { exclude: bundled },
      rolldownOptions: {
        external: unused,
        input: {
          'main/main': resolve('src-main/hosts/electron/main.ts'),
          [command]: resolve('src-main/hosts/cli/main.ts'),
        },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'shared/[name]-[hash].js',
          banner: (chunk) => (chunk.name === command ? '#!/usr/bin/env -S node --' : ''),
        },
      },
    },
  },
  preload: {
    build: {
      target: nodeTarget,
      outDir: 'out/preload',
      emptyOutDir: false,
      externalizeDeps: false,
      rolldownOptions: {
        input: resolve('src-main/hosts/electron/preload.ts'),
        output: { format: 'cjs', entryFileNames: 'preload.cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    plugins: [react()],
    build: {
      target: chromiumTarget,
      outDir: 'out/renderer',
      emptyOutDir: false,
      rolldownOptions: { input: resolve('src-renderer/index.html') },
    },
  },
})
