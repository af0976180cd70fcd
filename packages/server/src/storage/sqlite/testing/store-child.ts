import { writeSync } from 'node:fs';
import { sampleRecord } from '../../testing/sample-event.ts';
import { openSqliteStore } from '../open-sqlite-store.ts';

/** Writes a line that is out of this process when the call returns, whatever happens to the process next. */
const say = (line: string): void => {
  writeSync(1, `${line}\n`);
};

const [task = '', directory = ''] = process.argv.slice(2);

const main = async (): Promise<void> => {
  const store = await openSqliteStore(directory);
  const applied = await store.migrate();
  if (task === 'migrate') {
    say(applied.join(' '));
    await store.close();
    return;
  }
  for (let size = 1; ; size = (size % 64) + 1) {
    const records = Array.from({ length: size }, (_, at) => sampleRecord({ time: Date.now() + at }));
    await store.record(records);
    for (const { event } of records) say(event.id);
  }
};

void main();
