import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * - pass: bytes go through
 * - refuse: new connections are closed at once, as by a host that is down
 * - blackHole: bytes are taken and never answered; no FIN, no reset
 */
export type LineMode = 'pass' | 'refuse' | 'blackHole';

export interface Line {
  readonly port: number;
  mode(mode: LineMode): void;
  /** Cuts every open connection with a reset. */
  reset(): void;
  /**
   * Lets the other side carry out what it was asked, keeps the answer back, and resolves at that moment: the caller
   * can now kill whoever waits for it. `asked` sees what one connection has sent so far, `answered` its next answer.
   */
  keepAnswerBack(asked: (sent: string) => boolean, answered: (answer: string) => boolean): Promise<Kept>;
  close(): Promise<void>;
}

export interface Kept {
  /** Cuts the connection whose answer was kept back, with a reset. */
  cut(): void;
}

interface Trap {
  readonly asked: (sent: string) => boolean;
  readonly answered: (answer: string) => boolean;
  readonly sprung: (kept: Kept) => void;
}

/** How much of what a connection sent a trap can look back on. */
const MEMORY_BYTES = 256 * 1024;

/** A line on 127.0.0.1 to a server on the same machine, whose faults are made on purpose. */
export async function openLine(target: { host: string; port: number }): Promise<Line> {
  const open = new Set<Socket>();
  let mode: LineMode = 'pass';
  let trap: Trap | undefined;

  const server = createServer((near) => {
    if (mode === 'refuse') {
      near.resetAndDestroy();
      return;
    }
    const far = connect(target.port, target.host);
    open.add(near).add(far);
    let sent = '';
    let kept = false;
    near.on('data', (bytes) => {
      sent = (sent + bytes.toString('latin1')).slice(-MEMORY_BYTES);
      if (mode === 'pass') far.write(bytes);
    });
    far.on('data', (bytes) => {
      if (trap?.asked(sent) === true && trap.answered(bytes.toString('latin1'))) {
        const { sprung } = trap;
        trap = undefined;
        kept = true;
        sprung({ cut: () => near.resetAndDestroy() });
      }
      if (mode === 'pass' && !kept) near.write(bytes);
    });
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    port: (server.address() as AddressInfo).port,
    mode: (next) => {
      mode = next;
    },
    reset: () => {
      for (const socket of open) socket.resetAndDestroy();
    },
    keepAnswerBack: (asked, answered) =>
      new Promise((resolve) => {
        trap = { asked, answered, sprung: resolve };
      }),
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
