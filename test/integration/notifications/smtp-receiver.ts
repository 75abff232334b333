import { createServer, type AddressInfo, type Socket } from 'node:net';

export interface ReceivedMail {
  from: string;
  to: string[];
  /** As it came, header and body, with the dots of the transport taken off. */
  raw: string;
}

export interface SmtpReceiver {
  /** `smtp://127.0.0.1:<port>` */
  url: string;
  received: ReceivedMail[];
  /** The reply to a command, undefined for the usual one; `DATA-END` is the end of a message. */
  refuse: (command: string) => string | undefined;
  close(): Promise<void>;
}

/** As much of SMTP (RFC 5321) as a client needs to hand over mail without TLS or sign-in. */
export async function startSmtpReceiver(): Promise<SmtpReceiver> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    serve(socket, receiver);
  });
  const receiver: SmtpReceiver = {
    url: '',
    received: [],
    refuse: () => undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  receiver.url = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return receiver;
}

function serve(socket: Socket, receiver: SmtpReceiver): void {
  let mail: ReceivedMail = { from: '', to: [], raw: '' };
  let data: string[] | undefined;
  let rest = '';
  const say = (line: string): void => void socket.write(`${line}\r\n`);
  const usual = (line: string): string => {
    const address = /<([^>]*)>/.exec(line)?.[1] ?? '';
    if (/^EHLO/i.test(line)) return '250-receiver.test\r\n250-8BITMIME\r\n250 SMTPUTF8';
    if (/^MAIL/i.test(line)) mail = { from: address, to: [], raw: '' };
    if (/^RCPT/i.test(line)) mail.to.push(address);
    if (/^QUIT/i.test(line)) return '221 bye';
    return '250 ok';
  };
  const take = (line: string): void => {
    if (data !== undefined && line !== '.') {
      data.push(line.replace(/^\./, ''));
    } else if (data !== undefined) {
      mail.raw = data.join('\r\n');
      data = undefined;
      const refusal = receiver.refuse('DATA-END');
      if (refusal === undefined) receiver.received.push(mail);
      say(refusal ?? '250 taken');
    } else if (/^DATA/i.test(line) && receiver.refuse(line) === undefined) {
      data = [];
      say('354 go on');
    } else {
      say(receiver.refuse(line) ?? usual(line));
    }
  };
  say('220 receiver.test');
  socket.on('data', (chunk) => {
    const lines = `${rest}${chunk.toString('utf8')}`.split('\r\n');
    rest = lines.pop() ?? '';
    lines.forEach(take);
  });
}
