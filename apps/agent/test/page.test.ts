import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findChromium } from './support/find-chromium.ts';
import { startTestAgent, stopTestAgents } from './support/test-agent.ts';

const executablePath = findChromium();
const describeWithChromium = executablePath === undefined ? describe.skip : describe;

describeWithChromium('the page in Chromium', () => {
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    const { url } = await startTestAgent();
    browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ['--no-sandbox'] });
    page = await browser.newPage({ viewport: { width: 1100, height: 800 } });
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(url);
  });
  afterAll(async () => {
    await browser?.close();
    await stopTestAgents();
  });

  it('adds a task by asking for it, and shows tool call, answer and cache outcome', async () => {
    await page.getByLabel('What should be done?').fill('add a task: book the venue by Friday');
    await page.keyboard.press('Enter');
    await page.getByText('Added “book the venue”').waitFor();
    await page.getByText('create_task done').waitFor();
    await page.getByText('step 1 cache: miss').waitFor();
    await page.locator('#tasks').getByText('book the venue').waitFor();
    if (process.env.SCREENSHOT !== undefined) await page.screenshot({ path: process.env.SCREENSHOT });
  });

  it('can be used with the keyboard and names its parts for assistive technology', async () => {
    expect(await page.locator(':focus').getAttribute('id')).toBe('input');
    await page.getByRole('log', { name: 'Messages' }).waitFor();
    await page.getByRole('heading', { name: 'Tasks' }).waitFor();
    expect(await page.getByRole('button', { name: 'Send' }).isEnabled()).toBe(true);
  });

  it('stays within its content security policy and logs nothing', () => {
    expect(problems).toEqual([]);
  });
});
