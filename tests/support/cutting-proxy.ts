import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface CuttingProxy {
  readonly port: number
  /** Bytes that the server has sent through it since the last `cutAfter`. */
  readonly passed: () => number
  /** From now on the connection is killed once the server has sent so many bytes. */
  readonly cutAfter: (bytes: number) => void
  /** From now on nothing more comes through once the server has sent so many bytes; the connection stays. */
  readonly holdAfter: (bytes: number) => void
  readonly stop: () => Promise<void>
}

/** Stands between client and server and kills the connection in the middle of what the server sends. */
export async function startCuttingProxy(target: { host: string; port: number }): Promise<CuttingProxy> {
  const sockets = new Set<Socket>()
  let [passed, limit] = [0, Infinity]
  let end: 'cut' | 'hold' = 'cut'
  const server = createServer((client) => {
    const upstream = connect(target)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
    }
    client.on('data', (chunk) => upstream.write(chunk))
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
    upstream.on('data', (chunk: Buffer) => {
      const through = chunk.subarray(0, Math.max(0, limit - passed))
      passed += through.length
      if (through.length === chunk.length) client.write(chunk)
      else client.write(through, () => end === 'cut' && client.resetAndDestroy())
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    passed: () => passed,
    cutAfter: (bytes) => {
      ;[passed, limit] = [0, bytes]
      end = 'cut'
    },
    holdAfter: (bytes) => {
      ;[passed, limit] = [0, bytes]
      end = 'hold'
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
