import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * - pass: bytes go through
 * - refuse: nobody listens, so that new connections are refused as by a host that is down
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
  /** Sets a trap for one call; several can be set at once, each springs once. */
  trap(trap: Trap): Trapped;
  close(): Promise<void>;
}

export interface Trap {
  /** What is kept: the call before it arrives, or its answer after it was carried out. */
  readonly keep: 'call' | 'answer';
  /**
   * Is this the call? `call` is what the connection has sent since its last answer, `sent` all it sent so far, the end
   * of both.
   */
  readonly asked: (call: string, sent: string) => boolean;
  /** For an answer: is this the one to keep? Any is, by default. */
  readonly answered?: (answer: string) => boolean;
}

export interface Trapped {
  readonly sprung: Promise<Kept>;
  /** Undefined until it has sprung. */
  kept(): Kept | undefined;
  /** Takes an unsprung trap away. */
  remove(): void;
}

export interface Kept {
  /** Cuts the connection whose call or answer was kept back, with a reset. */
  cut(): void;
}

interface TrapSet extends Trap {
  spring(kept: Kept): void;
}

/** How much of what a connection sent a trap can look back on. */
const MEMORY_BYTES = 256 * 1024;

/** A line on 127.0.0.1 to a server on the same machine, whose faults are made on purpose. */
export async function openLine(target: { host: string; port: number }): Promise<Line> {
  const open = new Set<Socket>();
  const traps = new Set<TrapSet>();
  let mode: LineMode = 'pass';

  const server = createServer((near) => {
    const far = connect(target.port, target.host);
    open.add(near).add(far);
    joinEnds(near, far, { traps, passes: () => mode === 'pass' });
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
  const { port } = server.address() as AddressInfo;

  const trap = (wanted: Trap): Trapped => {
    let kept: Kept | undefined;
    let remove = (): void => undefined;
    const sprung = new Promise<Kept>((resolve) => {
      const set: TrapSet = {
        ...wanted,
        spring: (caught) => {
          remove();
          kept = caught;
          resolve(caught);
        },
      };
      remove = () => void traps.delete(set);
      traps.add(set);
    });
    return {
      sprung,
      kept: () => kept,
      remove: () => {
        remove();
      },
    };
  };

  return {
    port,
    mode: (next) => {
      if (next === 'refuse' && server.listening) server.close();
      if (next !== 'refuse' && !server.listening) server.listen(port, '127.0.0.1');
      mode = next;
    },
    reset: () => {
      for (const socket of open) slam(socket);
    },
    keepAnswerBack: (asked, answered) => trap({ keep: 'answer', asked: (_call, sent) => asked(sent), answered }).sprung,
    trap,
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Resets a connection. One whose other end is just going away may swallow the reset, so it is destroyed in any case. */
function slam(socket: Socket): void {
  socket.resetAndDestroy();
  setImmediate(() => socket.destroy());
}

/** Passes bytes both ways until a trap springs; from then on nothing passes on this connection. */
function joinEnds(near: Socket, far: Socket, line: { readonly traps: ReadonlySet<TrapSet>; passes(): boolean }): void {
  let sent = '';
  let call = '';
  let kept = false;
  const springs = (keep: Trap['keep'], answer: string): boolean => {
    const found = [...line.traps].find(
      (trap) => trap.keep === keep && trap.asked(call, sent) && (keep === 'call' || (trap.answered?.(answer) ?? true)),
    );
    if (found === undefined) return false;
    kept = true;
    found.spring({
      cut: () => {
        slam(near);
        far.destroy();
      },
    });
    return true;
  };
  near.on('data', (bytes) => {
    const text = bytes.toString('latin1');
    sent = (sent + text).slice(-MEMORY_BYTES);
    call = (call + text).slice(-MEMORY_BYTES);
    if (!kept && !springs('call', '') && line.passes()) far.write(bytes);
  });
  far.on('data', (bytes) => {
    if (!kept && !springs('answer', line.traps.size > 0 ? bytes.toString('latin1') : '') && line.passes())
      near.write(bytes);
    call = '';
  });
}
