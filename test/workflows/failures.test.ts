import { ActivityFailure, ApplicationFailure, RetryState } from '@temporalio/common';
import { classify } from '../../activities/classify';
import { refused, transient, type CantusError } from '../../domain/errors';
import { DEFAULT_RULES } from '../../domain/order/plan-rules';
import type { Problem } from '../../domain/order/steps';
import { problemFrom } from '../../workflows/order/failures';

const problemOf = (error: unknown): Problem => {
  const cause = classify(error);
  const failure = new ActivityFailure(
    'failed',
    'shipTicket',
    '1',
    RetryState.MAXIMUM_ATTEMPTS_REACHED,
    'worker',
    cause,
  );
  return problemFrom(failure, 'shipTicket:G', 1, 0, DEFAULT_RULES);
};

describe('P-20 what lasts is never called an outage', () => {
  test.each<[string, CantusError | Error, string]>([
    ['a refusal that nobody foresaw', refused({ code: 'shopRefused', message: 'No.' }), 'misconfigured'],
    [
      'a firewall that stays',
      transient({ code: 'shopBlocked', reason: 'misconfigured', message: '403.' }),
      'misconfigured',
    ],
    ['a fault in Cantus itself', new TypeError('x is undefined'), 'misconfigured'],
    ['a system that does not answer', transient({ code: 'shopTimeout', message: 'No answer.' }), 'systemDown'],
  ])('%s', (_what, error, reason) => {
    expect(problemOf(error)).toMatchObject({ reason, retryAt: expect.any(Number) as number });
  });

  test('a fault in Cantus itself is named as that, without its words', () => {
    const { message, code } = problemOf(new TypeError('ada@shop.example is undefined'));
    expect(code).toBe('unexpected');
    expect(message).toContain('TypeError');
    expect(message).not.toContain('ada@');
  });

  test('an activity that never came back is an outage', () => {
    const cause = ApplicationFailure.create({ message: 'heartbeat timeout' });
    const failure = new ActivityFailure('failed', 'observe', '1', RetryState.TIMEOUT, 'worker', cause);
    expect(problemFrom(failure, 'observe', 1, 0, DEFAULT_RULES)).toMatchObject({
      reason: 'systemDown',
      code: 'noAnswer',
    });
  });
});

test('P-24 a refused capture is tried again by nobody', () => {
  const error = refused({ code: 'captureRefused', reason: 'captureRefused', message: 'No.', sentAt: 'then' });
  expect(problemOf(error)).toMatchObject({ retryAt: null, sentAt: 'then' });
});
