// Runs inside the cluster: asks for a name again and again, and tells how many datagrams went out and came back.
// Usage: ask-names-main.ts <name> <how often>
import { lookup } from 'node:dns/promises';
import { readFileSync } from 'node:fs';

const [, , name = '', times = '0'] = process.argv;
/** As many as Node has threads that ask. */
const lanes = 4;

const before = countDatagrams();
await Promise.all(Array.from({ length: lanes }, () => ask(Math.ceil(Number(times) / lanes))));
const after = countDatagrams();
const report = { sent: after.sent - before.sent, received: after.received - before.received };
process.stdout.write(`${JSON.stringify(report)}\n`);

async function ask(count: number): Promise<void> {
  for (let asked = 0; asked < count; asked += 1) await lookup(name);
}

/** Of all programs of this pod since it began. */
function countDatagrams(): { readonly sent: number; readonly received: number } {
  const lines = readFileSync('/proc/net/snmp', 'utf8').split('\n');
  const [names = [], values = []] = lines.filter((line) => line.startsWith('Udp: ')).map((line) => line.split(' '));
  const of = (wanted: string) => Number(values[names.indexOf(wanted)]);
  return { sent: of('OutDatagrams'), received: of('InDatagrams') };
}
