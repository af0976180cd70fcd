import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { StateNotReadyError, TooManyRequestsError } from './errors.ts';
import { sendError } from './send-error.ts';

/** What a scope answers whose only route throws this. */
const answerTo = async (thrown: unknown) => {
  const app = fastify();
  app.setErrorHandler(sendError);
  app.get('/', () => {
    throw thrown;
  });
  const answer = await app.inject({ url: '/' });
  await app.close();
  return answer;
};

describe('sendError', () => {
  it('answers an error of v4 as it is', async () => {
    const answer = await answerTo(new StateNotReadyError());
    expect(answer.statusCode).toBe(409);
    expect(answer.json()).toEqual({
      error: { code: 'state_not_ready', message: 'resource is not mutable yet, try again' },
    });
  });

  it('says how long to wait', async () => {
    expect((await answerTo(new TooManyRequestsError(17))).headers['retry-after']).toBe('17');
  });

  it('answers what the framework cannot read as a body that is not valid', async () => {
    const answer = await answerTo(Object.assign(new Error('secret detail'), { statusCode: 415 }));
    expect([answer.statusCode, answer.json().error]).toEqual([
      400,
      { code: 'request_cannot_be_parsed', message: 'request body is not valid' },
    ]);
  });

  it.each([new Error('secret detail'), Object.assign(new Error('secret detail'), { statusCode: 503 })])(
    'answers a failure of ours without its reason',
    async (thrown) => {
      const answer = await answerTo(thrown);
      expect([answer.statusCode, answer.json()]).toEqual([
        500,
        { error: { code: 'failed', message: 'internal server error' } },
      ]);
    },
  );
});
