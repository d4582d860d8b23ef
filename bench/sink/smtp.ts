import net from "node:net"

/** Handles a mail; the response is sent when it resolves. */
export type Accept = (recipient: string, source: string) => Promise<void>

const END_OF_DATA = "\r\n.\r\n"

/**
 * The least of an SMTP server that a client needs, without parsing: a full server
 * takes as much CPU as the measured clients, and they would all look alike.
 */
export function smtpServer(accept: Accept): net.Server {
  return net.createServer((socket) => serve(socket, accept))
}

function serve(socket: net.Socket, accept: Accept): void {
  let received = ""
  let recipient = ""
  let isData = false
  let isBusy = false

  const takeMail = (end: number) => {
    const source = received.slice(0, end)
    received = received.slice(end + END_OF_DATA.length)
    isData = false
    isBusy = true
    void accept(recipient, source).then(() => {
      isBusy = false
      reply("250 accepted")
      work()
    })
  }
  const takeLine = (end: number) => {
    const line = received.slice(0, end)
    received = received.slice(end + 2)
    const command = line.slice(0, 4).toUpperCase()
    if (command === "DATA") {
      isData = true
      reply("354 go ahead")
    } else if (command === "QUIT") {
      socket.end("221 bye\r\n")
    } else {
      if (command === "RCPT") recipient = /<(.*)>/.exec(line)?.[1] ?? ""
      reply("250 ok")
    }
  }
  const reply = (line: string) => {
    if (socket.writable) socket.write(`${line}\r\n`)
  }
  const work = () => {
    while (!isBusy) {
      const end = received.indexOf(isData ? END_OF_DATA : "\r\n")
      if (end < 0) return
      if (isData) takeMail(end)
      else takeLine(end)
    }
  }

  socket.setNoDelay(true)
  // A client may be killed in the middle of a mail.
  socket.on("error", () => socket.destroy())
  socket.on("data", (chunk) => {
    received += chunk.toString("latin1")
    work()
  })
  reply("220 sink")
}
