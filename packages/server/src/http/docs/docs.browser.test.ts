import { type Browser, launchDriven, type Page } from '@whorl/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useTestServer } from '../../testing/use-test-server.ts';

const { server } = useTestServer();

let url: string;
let browser: Browser;
let page: Page;
const asked: string[] = [];
const complaints: string[] = [];

beforeAll(async () => {
  url = await server().app.listen({ host: '127.0.0.1', port: 0 });
  browser = await launchDriven();
  page = await browser.newPage();
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.addInitScript(`addEventListener('securitypolicyviolation', (event) => {
    console.error('blocked by the policy: ' + event.violatedDirective + ' ' + event.blockedURI);
  })`);
});
afterAll(() => browser?.close());

const shows = (text: string | RegExp) => page.locator('.opblock-summary-path', { hasText: text }).first().waitFor();

describe('/docs', () => {
  it('shows the endpoints of each API, reached by the keyboard', async () => {
    await page.goto(`${url}/docs`);
    await shows('/v4/events/{event_id}');
    for (const [name, path] of [
      ['Server API v3', '/related-visitors'],
      ['Management API', '/admin/v1/workspaces'],
    ] as const) {
      await page.getByRole('link', { name }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: new RegExp(name, 'i') }).waitFor();
      await shows(path);
    }
  });

  it('asks the server with the key that was given', async () => {
    await page.goto(`${url}/docs/v4#/Events/searchEvents`);
    await page.getByRole('button', { name: 'Authorize' }).first().click();
    await page.getByLabel('auth-bearer-value').fill(server().secretKey);
    await page.locator('.auth-btn-wrapper').getByRole('button', { name: 'Apply credentials' }).click();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    expect(await page.getByRole('button', { name: 'Execute' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Try it out' }).click();
    await page.getByRole('button', { name: 'Execute' }).click();
    const live = page.locator('.live-responses-table');
    await live.locator('.response-col_status', { hasText: '200' }).first().waitFor();
    expect(await live.locator('.highlight-code').first().textContent()).toContain('"events": []');
    expect(asked.some((each) => each.startsWith(`${url}/v4/events?`))).toBe(true);
  });

  it('fills in the example of a body, once somebody wants to try', async () => {
    await page.goto(`${url}/docs/management#/Workspaces/changeWorkspace`);
    await page.getByRole('button', { name: 'Try it out' }).click();
    const body = page.locator('textarea.body-param__text');
    await body.waitFor();
    expect(JSON.parse(await body.inputValue())).toEqual({ active: true });
  });

  it('sends nothing to anyone else, keeps no key, and is stopped by no policy', async () => {
    expect(asked.filter((each) => !each.startsWith(`${url}/`) && !each.startsWith('data:'))).toEqual([]);
    expect(await page.evaluate('JSON.stringify([localStorage, sessionStorage])')).not.toContain(server().secretKey);
    expect(complaints).toEqual([]);
  });
});
