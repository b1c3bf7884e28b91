import pino, { type Logger } from 'pino';

/** One JSON line per event on standard output; secrets and tokens never get in. */
export const createLog = (level = process.env['CANTUS_LOG_LEVEL'] ?? 'info'): Logger =>
  pino({
    level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ['*.token', '*.password', '*.headers.Authorization', 'err.config', 'err.cause.config'],
      censor: '[hidden]',
    },
  });
