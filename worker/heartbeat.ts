import type { Context } from '@temporalio/activity';
import { LIMITS } from '../domain/limits';
import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from '@temporalio/worker';

/** Beats while an activity runs, so that a killed worker is noticed within the heartbeat time-out, not after minutes. */
export class Heartbeat implements ActivityInboundCallsInterceptor {
  constructor(private readonly context: Context) {}

  async execute(input: ActivityExecuteInput, next: Next<ActivityInboundCallsInterceptor, 'execute'>): Promise<unknown> {
    this.context.heartbeat();
    const timer = setInterval(() => {
      this.context.heartbeat();
    }, LIMITS.heartbeatEveryMs);
    try {
      return await next(input);
    } finally {
      clearInterval(timer);
    }
  }
}
