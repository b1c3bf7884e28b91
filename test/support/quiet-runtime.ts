import { DefaultLogger, Runtime } from '@temporalio/worker';

/** The engine's own log would drown the tests' output; what goes wrong is asserted, not read. */
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: 'OFF', forward: {} } },
});
