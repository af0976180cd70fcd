import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { type Browser, findChromium, launchDriven } from '@whorl/testing';
import { ratio, summarise, type Visit } from './figures.ts';
import { benchFiles } from './pages.ts';
import { startWireResponder } from './wire-responder.ts';

const HELP = `The agent's time from script start to answer, against its three libraries run together without it, in headless
Chromium, the two taking turns. --runs <n> visits each (default 20), --throttle <n> slows the CPU down so many times,
--out <file> writes the figures as JSON.`;

/** A fresh context each time: nothing cached, nothing stored, no warm worker. */
const visit = async (browser: Browser, url: string, throttle: number): Promise<Visit> => {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    if (throttle > 1) {
      const devtools = await context.newCDPSession(page);
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: throttle });
    }
    await page.goto(url);
    return (await page.evaluate('window.__result')) as Visit;
  } finally {
    await context.close();
  }
};

const gzipBytes = (text: string): number => gzipSync(text, { level: 9 }).length;

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '20' },
      throttle: { type: 'string', default: '1' },
      out: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const runs = Number(values.runs);
  const throttle = Number(values.throttle);

  const { files, gzipped } = await benchFiles();
  const responder = await startWireResponder(files);
  const chromium = await findChromium();
  const browser = await launchDriven({ browser: chromium });
  const visits: Record<'libraries' | 'agent', Visit[]> = { libraries: [], agent: [] };
  try {
    // The first visit of each warms up the browser's own processes and is thrown away.
    for (let run = -1; run < runs; run++) {
      for (const side of ['libraries', 'agent'] as const) {
        const seen = await visit(browser, `${responder.origin}/${side}`, throttle);
        if (run >= 0) visits[side].push(seen);
      }
    }
  } finally {
    await browser.close();
    await responder.stop();
  }

  const libraries = summarise(visits.libraries);
  const agent = summarise(visits.agent);
  const size = { libraries: gzipBytes(gzipped.libraries), agent: gzipBytes(gzipped.agent) };
  const figures = {
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.version}, ${chromium.version}`,
    throttle,
    ratios: {
      median: ratio(agent.median, libraries.median),
      p90: ratio(agent.p90, libraries.p90),
      longTaskMs: ratio(agent.longTaskMs, libraries.longTaskMs),
      gzip: ratio(size.agent, size.libraries),
    },
    libraries: { ...libraries, gzipBytes: size.libraries },
    agent: { ...agent, gzipBytes: size.agent },
  };
  console.log('agent / libraries', figures.ratios);
  console.table({ libraries: figures.libraries, agent: figures.agent });
  if (values.out !== undefined) await writeFile(values.out, `${JSON.stringify(figures, null, 2)}\n`);
};

await main();
