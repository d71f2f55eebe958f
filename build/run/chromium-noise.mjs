const noise = [
  /^\[\d+:(\d+:)?\d{4}\/\d{6}\.\d+:(INFO|WARNING|ERROR|VERBOSE\d*):/,
  /^\((electron|process|authdesk):\d+\): (Gtk|Gdk|GLib|dconf|libnotify|dbind)\S*-(WARNING|CRITICAL|Message)/i,
  /^(libva|MESA|libGL|Fontconfig|ATTENTION: default value of option)\b.*/,
  /^\s*$/,
]

/**
 * Whether a line on Electron's error stream is Chromium talking to itself rather than Authdesk.
 * @param {string} line
 * @returns {boolean}
 */
export function isChromiumNoise(line) {
  return noise.some((pattern) => pattern.test(line))
}

/**
 * Cuts a stream of text into lines and passes on those that are wanted, the unfinished last one too.
 * @param {NodeJS.ReadableStream} stream
 * @param {(line: string) => void} pass
 */
export function passLines(stream, pass) {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (text) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    lines.forEach(pass)
  })
  stream.on('end', () => {
    if (rest) pass(rest)
  })
}
