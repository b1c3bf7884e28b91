import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Mailbox {
  readonly url: string;
  readonly mails: string[];
  readonly rejected: string[];
  /** So many mails are refused before one is taken. */
  refuse: number;
  close(): Promise<void>;
}

/** A mail server that really listens. */
export async function openMailbox(): Promise<Mailbox> {
  const box = { mails: [] as string[], rejected: [] as string[], refuse: 0 };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 100,
    onData(stream, _session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const text = Buffer.concat(parts).toString('utf8').replace(/=\r\n/g, '').replace(/=3D/g, '=');
        if (box.refuse > 0) {
          box.refuse -= 1;
          box.rejected.push(text);
          done(Object.assign(new Error('try again later'), { responseCode: 451 }));
          return;
        }
        box.mails.push(text);
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return Object.assign(box, {
    url: `smtp://127.0.0.1:${String(port)}`,
    close: () => new Promise<void>((resolve) => server.close(resolve)),
  });
}

export interface Hook {
  readonly url: string;
  readonly posts: { readonly key: string; readonly body: Record<string, unknown> }[];
  close(): Promise<void>;
}

/** An endpoint that really listens. */
export async function openHook(): Promise<Hook> {
  const posts: Hook['posts'] = [];
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      posts.push({
        key: String(request.headers['idempotency-key']),
        body: JSON.parse(Buffer.concat(parts).toString('utf8')) as Record<string, unknown>,
      });
      response.end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}/hook`,
    posts,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
